import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/run.ts';
import { copyMade } from '../support/loaded-once.ts';

/** The sample council in a folder of its own, and the command line on it, in this process. */
export type KentCommandLine = {
  folder: string;
  /** A path in the folder. */
  at: (name: string) => string;
  run: (...args: string[]) => Promise<{ exitCode: number; out: string; err: string }>;
  close: () => void;
};

/** One command in this process: its exit code and all that it printed. */
export async function runOnce(args: readonly string[], env: Record<string, string>, now: string) {
  const said = { out: '', err: '' };
  const exitCode = await runCommandLine(args, {
    env,
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    now: () => now,
  });
  return { exitCode, ...said };
}

const on =
  (file: string) =>
  (...args: string[]) =>
    runOnce(args, { PLANWATCH_SQLITE_FILE: file }, '2009-10-14T09:00:00.000Z');

/** With samples/kent-2009-10 as it was loaded on 14 October 2009. */
export async function openKentCommandLine(): Promise<KentCommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-cli-'));
  const at = (name: string) => join(folder, name);
  const file = at('planwatch.db');
  await copyMade('kent-command-line', file, async (part) => {
    const loaded = await on(part)('import', 'samples/kent-2009-10');
    if (loaded.exitCode !== 0) throw new Error(loaded.out);
  });
  return { folder, at, run: on(file), close: () => rmSync(folder, { recursive: true }) };
}
