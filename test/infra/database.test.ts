import { readFileSync } from 'node:fs';
import { containerDefinition } from '../../src/store/cosmos/container.ts';
import { indexes } from '../../src/store/filter.ts';
import { at, type BicepFile, readInfra, resourceOf, type Tree } from './bicep.ts';

let files = new Map<string, BicepFile>();
beforeAll(async () => {
  files = await readInfra();
});
const main = () => files.get('infra/azure.bicep')!;
const moduleOf = (name: string) => files.get(`infra/modules/${name}.bicep`)!;

describe('the database', () => {
  const account = () => resourceOf(moduleOf('cosmos'), 'Microsoft.DocumentDB/databaseAccounts');
  const documents = () =>
    at(
      resourceOf(moduleOf('cosmos'), 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers'),
      'properties.resource',
    ) as Tree;

  test('has the container that the store would make', () => {
    expect(documents()).toEqual({
      id: containerDefinition.id,
      partitionKey: { ...containerDefinition.partitionKey, kind: 'Hash' },
      indexingPolicy: { ...containerDefinition.indexingPolicy, automatic: true },
    });
  });

  test('indexes every field that the store asks by, and no other', () => {
    const asked = readFileSync('src/store/cosmos/queries.ts', 'utf8').matchAll(/\bc\.(?!data\b)(\w+)/g);
    const fields = [...new Set([...asked].map(([, field]) => field))];
    expect(fields.sort()).toEqual(['dueAt', 'kind', 'pk']);
    const paths = (at(documents(), 'indexingPolicy.includedPaths') as { path: string }[]).map(
      ({ path }) => path,
    );
    const inData = Object.keys(indexes).map((field) => `data/${field}`);
    expect(paths.sort()).toEqual([...fields, ...inData].map((field) => `/${field}/?`).sort());
  });

  test('needs no composite index: no query sorts by two fields, or by one that has none of its own', () => {
    const queries = readFileSync('src/store/cosmos/queries.ts', 'utf8');
    const sorted = [...queries.matchAll(/ORDER BY ([^`']*)/g)].map(([, by]) => by);
    expect(new Set(sorted)).toEqual(new Set(['c.dueAt']));
  });

  test('takes no keys, no old TLS, and can be restored to any second', () => {
    expect(account()).toMatchObject({
      properties: {
        disableLocalAuth: true,
        disableKeyBasedMetadataWriteAccess: true,
        minimalTlsVersion: 'Tls12',
        publicNetworkAccess: 'publicNetworkAccess',
        backupPolicy: { type: 'Continuous' },
      },
    });
  });

  test('is serverless unless it is asked for otherwise', () => {
    expect(main().params.get('cosmosCapacity')!.default).toBe('serverless');
    expect(at(account(), 'properties.capabilities')).toContain('EnableServerless');
    // A serverless account refuses any throughput, on the database and on the container.
    const { text } = moduleOf('cosmos');
    expect(text.match(/hroughput/g)).toHaveLength(text.match(/maxThroughput/g)!.length);
    expect(text).toMatch(
      /options: capacity == 'autoscale' \? \{\n\s+autoscaleSettings: [^}]*\}\n\s+\} : \{\}/,
    );
  });

  test('lets the identity read and write documents of this database, and nothing else', () => {
    const { value } = moduleOf('cosmos').resources.find(({ name }) => name === 'contributors')!;
    expect(at(value, 'properties.scope')).toBe('${account.id}/dbs/${databaseName}');
    const role = moduleOf('cosmos').resources.find(({ name }) => name === 'dataContributor')!;
    expect(role.value.name).toBe('00000000-0000-0000-0000-000000000002');
    // The only roles of the subscription: pull images, send metrics.
    const roles = [...files.values()].flatMap(({ resources }) =>
      resources
        .filter(({ type }) => type.startsWith('Microsoft.Authorization/roleAssignments'))
        .map(({ name }) => name),
    );
    expect(roles.sort()).toEqual(['publisher', 'pull']);
  });
});
