import { readFileSync } from 'node:fs';
import { type BicepFile, bicepFiles, readInfra, type Tree } from './bicep.ts';

let files = new Map<string, BicepFile>();
beforeAll(async () => {
  files = await readInfra();
});
const main = () => files.get('infra/azure.bicep')!;

describe.each(bicepFiles)('%s', (file) => {
  const read = () => files.get(file)!;

  test('is Bicep', () => {
    expect(read().faults).toEqual([]);
  });

  test('uses every parameter that it declares', () => {
    const { params, used } = read();
    expect([...params.keys()].filter((name) => !used.includes(name))).toEqual([]);
  });

  test('declares every name that it uses, and calls functions of Bicep’s alone', () => {
    const { declared, used, functions } = read();
    expect(used.filter((name) => !declared.has(name))).toEqual([]);
    const known = [
      'allowed',
      'batchSize',
      'concat',
      'description',
      'empty',
      'guid',
      'json',
      'last',
      'loadTextContent',
      'maxLength',
      'maxValue',
      'minLength',
      'minValue',
      'replace',
      'resourceGroup',
      'resourceId',
      'split',
      'string',
      'subscriptionResourceId',
      'tenant',
    ];
    expect(functions.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('gives each module what it asks for, and nothing else', () => {
    for (const { name, path, value } of read().modules) {
      const asked = files.get(path)!.params;
      const given = Object.keys(value.params as Tree);
      expect([name, given.filter((param) => !asked.has(param))]).toEqual([name, []]);
      const needed = [...asked].filter(([, { hasDefault }]) => !hasDefault).map(([param]) => param);
      expect([name, needed.filter((param) => !given.includes(param))]).toEqual([name, []]);
    }
  });

  test('reads outputs of modules that they have', () => {
    const { text, modules } = read();
    for (const [, name, output] of text.matchAll(/\b(\w+)\.outputs\.(\w+)/g)) {
      const { path } = modules.find((each) => each.name === name)!;
      expect([...files.get(path)!.outputs.keys()]).toContain(output);
    }
  });

  test('has no key, password or other secret in it, asked for, made or given out', () => {
    const { resources, functions, params } = read();
    // Where Application Insights is: with local authentication off, which is tested, no secret.
    const text = read().text.replace('insights.properties.ConnectionString', '');
    expect(text).not.toMatch(
      /sharedKey|accountKey|connectionString|clientSecret|password|InstrumentationKey/i,
    );
    expect(functions.filter((name) => name.startsWith('list'))).toEqual([]);
    expect(text).not.toMatch(/\.list[A-Z]\w*\(/);
    expect(
      [...params.values()].flatMap(({ decorators }) => decorators).filter((each) => each === '@secure()'),
    ).toEqual([]);
    for (const { value } of resources) expect(JSON.stringify(value)).not.toContain('"secrets"');
  });

  test('names an API version for each resource, and no preview but where there is nothing else', () => {
    for (const { type } of read().resources) {
      expect(type).toMatch(/^Microsoft\.[A-Za-z.]+(\/[A-Za-z]+)+@20\d\d-\d\d-\d\d(-preview)?$/);
      if (type.endsWith('-preview')) expect(type).toMatch(/^Microsoft\.Insights\/diagnosticSettings@/);
    }
  });
});

test('every Bicep file is used', () => {
  const used = new Set([...files.values()].flatMap(({ modules }) => modules.map(({ path }) => path)));
  expect(bicepFiles.filter((file) => !used.has(file))).toEqual(['infra/azure.bicep']);
});

test('the parameters file gives every parameter that has no default, and only those that there are', () => {
  const given = Object.keys(JSON.parse(readFileSync('infra/azure.parameters.json', 'utf8')).parameters);
  expect(given.filter((name) => !main().params.has(name))).toEqual([]);
  const needed = [...main().params].filter(([, { hasDefault }]) => !hasDefault).map(([name]) => name);
  expect(needed.filter((name) => !given.includes(name))).toEqual([]);
});
