import { readFileSync } from 'node:fs';
import { codeBlocksIn, tablesIn } from '../docs/markdown.ts';
import { type BicepFile, readInfra } from './bicep.ts';

const page = readFileSync('docs/operations.md', 'utf8');
let files = new Map<string, BicepFile>();
beforeAll(async () => {
  files = await readInfra();
});
const main = () => files.get('infra/azure.bicep')!;

test('docs/operations.md lists every parameter that can be chosen, with its default', () => {
  const { rows } = tablesIn('docs/operations.md').find(({ columns }) => columns[0] === 'Parameter')!;
  const listed = rows.flatMap(({ Parameter, Default }) =>
    Parameter!.split(', ').map((name, at) => [name, Default!.split(', ')[at] ?? Default!] as const),
  );
  // What everyone gives, and what nobody needs to.
  const others = ['resourceBaseName', 'alertEmail', 'imageTag', 'location', 'botDisplayName'];
  const named = listed.map(([name]) => name);
  expect(named.filter((name) => !main().params.has(name))).toEqual([]);
  expect([...main().params.keys()].filter((name) => ![...named, ...others].includes(name))).toEqual([
    'cosmosMaxThroughput',
  ]);
  const inWords: Record<string, unknown> = { yes: true, no: false, none: '', nobody: [] };
  for (const [name, written] of listed) {
    const { default: real } = main().params.get(name)!;
    if (typeof real === 'string' && real.includes('(')) continue;
    const expected =
      name === 'tags' ? {} : (inWords[written] ?? written.replace('NAME', '${resourceBaseName}'));
    expect([name, typeof real === 'number' ? String(real) : real]).toEqual([name, expected]);
  }
});

test('the parameters file that docs/operations.md shows gives what has no default, and only what there is', () => {
  const shown = codeBlocksIn('docs/operations.md').find((block) =>
    block.startsWith("using 'infra/azure.bicep'"),
  )!;
  const given = [...shown.matchAll(/^param (\w+) = /gm)].map(([, name]) => name!);
  expect(given.filter((name) => !main().params.has(name))).toEqual([]);
  const needed = [...main().params].filter(([, { hasDefault }]) => !hasDefault).map(([name]) => name);
  expect(needed.filter((name) => !given.includes(name))).toEqual([]);
});

test('every resource that a command of docs/operations.md names is one that the template makes', () => {
  const texts = [...files.values()].map(({ text }) => text).join('\n');
  const made = [...texts.matchAll(/\$\{resourceBaseName\}-([a-z-]+)/g)].map(([, end]) => end);
  // The accounts of a restore and of its drill.
  const restored = ['cosmos2', 'drill'];
  const named = [...page.matchAll(/\bNAME-([a-z-]+\d?)/g)].map(([, end]) => end!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((end) => ![...made, ...restored].includes(end))).toEqual([]);
  for (const [, lock] of page.matchAll(/az lock delete --name (\S+)/g)) expect(texts).toContain(`'${lock}'`);
  for (const [, role] of page.matchAll(/--role-definition-id (\S+)/g)) expect(texts).toContain(`'${role}'`);
});
