import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseEnv } from 'node:util';
import { runCommandLine } from '../src/cli/run.ts';
import { readConfig } from '../src/config.ts';
import { tables } from '../src/import/columns.ts';
import { anchorsIn, codeBlocksIn, codeIn, linksIn, picturesIn, tablesIn } from './docs/markdown.ts';
import { variablesRead } from './docs/variables-read.ts';

const inFolder = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => normalize(join(folder, name)));
const pages = [...inFolder('.'), ...inFolder('docs')];

it.each(pages)('every link in %s leads somewhere', (page) => {
  const broken = linksIn(page).filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path, anchor] = decodeURI(link).split('#');
    const target = path ? join(dirname(page), path) : page;
    return !existsSync(target) || (anchor !== undefined && !anchorsIn(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

it('every picture is small and says in words what it shows', () => {
  const pictures = pages.flatMap(picturesIn);
  expect(pictures.length).toBeGreaterThan(0);
  for (const { file, words } of pictures) {
    expect(statSync(file).size).toBeLessThan(200_000);
    expect(words).not.toBe('');
  }
});

it('every path in the README’s tree is there', () => {
  const tree = codeBlocksIn('README.md').find((block) => block.startsWith('src/'))!;
  const above: string[] = [];
  const paths = tree
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, indent, name] = /^( *)(\S+)/.exec(line)!;
      above[indent!.length / 2] = name!;
      return above.slice(0, indent!.length / 2 + 1).join('');
    });
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);

it.each(pages)('every npm command in %s exists', (page) => {
  const text = [...codeIn(page), ...codeBlocksIn(page)].join('\n');
  const named = [...text.matchAll(/\bnpm (?:run )?(?!ci\b|install\b)([a-z]+)/g)].map(([, name]) => name!);
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

it('the environment is documented variable by variable', () => {
  const table = tablesIn('docs/operations.md').find(({ columns }) => columns[0] === 'Variable')!;
  expect(table.rows.map(({ Variable }) => Variable).sort()).toEqual(variablesRead());
});

it('.env.example has every variable', () => {
  const named = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(variablesRead());
});

it('the defaults that are documented are the defaults', () => {
  const { rows } = tablesIn('docs/operations.md').find(({ columns }) => columns[0] === 'Variable')!;
  const documented = Object.fromEntries(rows.map(({ Variable, Default }) => [Variable!, Default!]));
  expect(readConfig(documented)).toEqual(readConfig({}));
});

it.each(pages)('%s names no variable that isn’t read', (page) => {
  const words = codeIn(page).flatMap((code) => code.match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? []);
  const constants = ['SCHEMA_VERSION'];
  /** By OpenTelemetry's exporters themselves. */
  const ofTheSdk = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TIMEOUT'];
  const elsewhere = [
    ...constants,
    ...ofTheSdk,
    ...Object.keys(parseEnv(readFileSync('env/.env.dev', 'utf8'))),
  ];
  expect(words.filter((word) => ![...variablesRead(), ...elsewhere].includes(word))).toEqual([]);
});

it('the council folder is documented table by table and column by column', () => {
  const { rows } = tablesIn('docs/council-folder.md').find(({ columns }) => columns[0] === 'Table')!;
  const listed = (cell: string | undefined) => (cell ? cell.split(', ') : []);
  const documented = Object.fromEntries(
    rows.map((row) => [
      row.Table,
      { required: listed(row['Required columns']), optional: listed(row['Further columns']) },
    ]),
  );
  expect(documented).toEqual(tables);
});

it('every command of the command line is documented', async () => {
  let help = '';
  const out = (text: string) => {
    help += text;
  };
  await runCommandLine(['--help'], { env: {}, out, err: out, now: () => new Date().toISOString() });
  const offered = [...help.matchAll(/^ {2}([a-z-]+) +\S/gm)].map(([, name]) => name!);
  const { rows, columns } = tablesIn('docs/operations.md').find(({ columns: [first] }) =>
    first?.startsWith('npm run planwatch'),
  )!;
  expect(rows.map((row) => row[columns[0]!]!.split(' ')[0]).sort()).toEqual(offered.sort());
});
