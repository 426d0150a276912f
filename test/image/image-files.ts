import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Instruction = { word: string; rest: string };

/** The Dockerfile's instructions in order, with its arguments filled in. */
export function instructionsIn(text: string): Instruction[] {
  const read = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ word: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1).trim() }));
  const args = new Map(
    read.filter(({ word }) => word === 'ARG').map(({ rest }) => rest.split(/=(.*)/) as [string, string]),
  );
  return read.map(({ word, rest }) => ({
    word,
    rest: word === 'FROM' ? rest.replaceAll(/\$\{(\w+)\}/g, (_, name) => args.get(name) ?? '') : rest,
  }));
}

export const dockerfile = () => instructionsIn(readFileSync('Dockerfile', 'utf8'));

/** A pattern of .dockerignore as Docker reads it: it also means everything beneath what it matches. */
function matcher(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^$()|[\]{}]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** Whether a file of the project is kept from whoever builds the image: the last pattern that matches decides. */
export function isIgnored(path: string, text = readFileSync('.dockerignore', 'utf8')): boolean {
  let ignored = false;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const isKept = line.startsWith('!');
    if (matcher(isKept ? line.slice(1) : line).test(path)) ignored = !isKept;
  }
  return ignored;
}

/** What the last stage takes from the project, as the builder sees it: path in the project → path in the image. */
export function copiedFiles(): Map<string, string> {
  const lines = dockerfile();
  const lastStage = lines.slice(lines.findLastIndex(({ word }) => word === 'FROM'));
  const copied = new Map<string, string>();
  for (const { word, rest } of lastStage) {
    if (word !== 'COPY' || rest.startsWith('--from')) continue;
    const [target, ...sources] = rest.split(' ').toReversed() as [string, ...string[]];
    for (const source of sources) {
      for (const file of filesIn(source)) {
        if (isIgnored(file)) continue;
        copied.set(
          file,
          statSync(source).isDirectory() ? join(target, file.slice(source.length)) : join(target, file),
        );
      }
    }
  }
  return copied;
}

const filesIn = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesIn(join(path, name))) : [path];

/** Puts the image's own files into a folder. */
export function copyImageTo(folder: string): void {
  for (const [file, target] of copiedFiles()) {
    mkdirSync(dirname(join(folder, target)), { recursive: true });
    cpSync(file, join(folder, target));
  }
}
