import { readFileSync } from 'node:fs';
import { readConfig } from '../../src/config.ts';
import { variablesRead } from '../docs/variables-read.ts';
import { at, type BicepFile, readInfra, resourceOf } from './bicep.ts';

let files = new Map<string, BicepFile>();
beforeAll(async () => {
  files = await readInfra();
});
const main = () => files.get('infra/azure.bicep')!;
const moduleOf = (name: string) => files.get(`infra/modules/${name}.bicep`)!;
const container = () =>
  at(resourceOf(moduleOf('app'), 'Microsoft.App/containerApps'), 'properties.template.containers.0');

describe('the container app', () => {
  const environment = () =>
    Object.fromEntries(
      (at(container(), 'env') as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
    );
  /** What the values that are known only when it is deployed look like then. */
  const deployed: Record<string, string> = {
    'string(port)': '3978',
    logLevel: 'info',
    traceShare: '1',
    cosmosEndpoint: 'https://planwatch.documents.azure.com:443/',
    cosmosDatabase: 'planwatch',
    botId: '6b1f0d5e-2009-4010-8a38-0000000000b0',
    botTenantId: '6b1f0d5e-2009-4010-8a38-000000000001',
    allowedTenants: '6b1f0d5e-2009-4010-8a38-000000000001',
    insightsConnection:
      'InstrumentationKey=6b1f0d5e-2009-4010-8a38-0000000000c0;IngestionEndpoint=https://uksouth-1.in.applicationinsights.azure.com/',
  };
  /** Read by the database's client, if not by Planwatch. */
  const ofTheClients = ['AZURE_CLIENT_ID', 'AZURE_TOKEN_CREDENTIALS'];
  /** Of the playground, of another store or place for telemetry, or secrets that a managed identity needs not. */
  const notHere = [
    'PLAYGROUND_PORT',
    'PLANWATCH_SQLITE_FILE',
    'COSMOS_KEY',
    'BOT_PASSWORD',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ];

  test('has every setting that Planwatch reads, and none that it doesn’t', () => {
    const expected = variablesRead().filter((name) => !notHere.includes(name));
    expect(Object.keys(environment()).sort()).toEqual([...expected, ...ofTheClients].sort());
  });

  test('starts in teams mode on Cosmos DB, as the managed identity, with these settings', () => {
    const env = Object.entries(environment()).map(([name, value]) => [name, deployed[value] ?? value]);
    expect(readConfig(Object.fromEntries(env))).toMatchObject({
      ok: true,
      config: {
        mode: 'teams',
        store: { kind: 'cosmos', key: null },
        credentials: { type: 'UserAssignedMSI', password: null },
        telemetry: {
          azureMonitor: {
            connectionString: deployed.insightsConnection,
            managedIdentity: deployed.botId,
          },
        },
      },
    });
  });

  test('listens where the traffic and the probes come in', () => {
    const app = resourceOf(moduleOf('app'), 'Microsoft.App/containerApps');
    const probes = at(container(), 'probes') as { type: string; httpGet: { path: string; port: string } }[];
    const ports = [
      at(app, 'properties.configuration.ingress.targetPort'),
      ...probes.map(({ httpGet }) => httpGet.port),
    ];
    expect(new Set(ports)).toEqual(new Set(['port']));
    expect(environment().PORT).toBe('string(port)');
    const server = readFileSync('src/web/server.ts', 'utf8');
    for (const { httpGet } of probes) expect(server).toContain(`server.get('${httpGet.path}'`);
    const paths = Object.fromEntries(probes.map(({ type, httpGet }) => [type, httpGet.path]));
    expect(paths).toEqual({ Startup: '/livez', Liveness: '/livez', Readiness: '/readyz' });
  });

  test('is reached by https alone, and pulls its image as the identity', () => {
    const app = resourceOf(moduleOf('app'), 'Microsoft.App/containerApps');
    expect(at(app, 'properties.configuration.ingress.allowInsecure')).toBe(false);
    expect(at(app, 'properties.configuration.registries')).toEqual([
      { server: 'registryServer', identity: 'identityId' },
    ]);
    expect(at(app, 'identity.type')).toBe('UserAssigned');
    const registry = resourceOf(moduleOf('registry'), 'Microsoft.ContainerRegistry/registries');
    expect(at(registry, 'properties.adminUserEnabled')).toBe(false);
  });

  test('asks for its probes within what Container Apps takes, and has a minute and more to start', () => {
    const probes = at(container(), 'probes') as {
      type: string;
      periodSeconds: number;
      timeoutSeconds: number;
      failureThreshold: number;
    }[];
    for (const { periodSeconds, timeoutSeconds, failureThreshold } of probes) {
      expect(failureThreshold).toBeLessThanOrEqual(10);
      expect(periodSeconds).toBeLessThanOrEqual(240);
      expect(timeoutSeconds).toBeLessThan(periodSeconds);
    }
    const start = probes.find(({ type }) => type === 'Startup')!;
    expect(start.periodSeconds * start.failureThreshold).toBeGreaterThan(60);
  });

  test('always runs at least twice, and has longer to end than Planwatch needs', () => {
    const app = resourceOf(moduleOf('app'), 'Microsoft.App/containerApps');
    expect(at(app, 'properties.template.scale.minReplicas')).toBe('minReplicas');
    for (const [file, name] of [
      [main(), 'minReplicas'],
      [main(), 'maxReplicas'],
      [moduleOf('app'), 'minReplicas'],
    ] as const) {
      expect(file.params.get(name)!.decorators).toContain('@minValue(2)');
    }
    expect(main().params.get('minReplicas')!.default).toBeGreaterThanOrEqual(2);
    const patience = /patience = (\d+)_000/.exec(readFileSync('src/index.ts', 'utf8'))![1];
    expect(at(app, 'properties.template.terminationGracePeriodSeconds')).toBeGreaterThan(Number(patience));
  });
});

test('nothing can be signed in to with a key: bot, database, logs, traces', () => {
  const bot = resourceOf(
    files.get('infra/botRegistration/azurebot.bicep')!,
    'Microsoft.BotService/botServices',
  );
  expect(bot).toMatchObject({ properties: { msaAppType: 'UserAssignedMSI', disableLocalAuth: true } });
  const insights = resourceOf(moduleOf('logs'), 'Microsoft.Insights/components');
  expect(insights).toMatchObject({
    properties: { DisableLocalAuth: true, WorkspaceResourceId: 'workspace.id' },
  });
  const workspace = resourceOf(moduleOf('logs'), 'Microsoft.OperationalInsights/workspaces');
  expect(at(workspace, 'properties.features.disableLocalAuth')).toBe(true);
});

test('telemetry goes to Application Insights, which takes it from the identity alone', () => {
  expect(moduleOf('logs').outputs.get('insightsConnection')).toBe('insights.properties.ConnectionString');
  const { value } = main().modules.find(({ name }) => name === 'app')!;
  expect(at(value, 'params.insightsConnection')).toBe('logs.outputs.insightsConnection');
  const publisher = moduleOf('logs').resources.find(({ name }) => name === 'publisher')!;
  expect(publisher.value.scope).toBe('insights');
  // Monitoring Metrics Publisher
  expect(moduleOf('logs').text).toContain("'3913510d-42f4-4e42-8a64-420c390055eb'");
});

/** Shortest and longest that Azure takes for what is named after the parameter, and how the name goes on. */
test.each([
  ['the registry', '', 5, 50],
  ['the container app', '-app', 2, 32],
  ['the database', '-cosmos', 3, 44],
  ['the bot', '-bot', 2, 64],
  ['the workspace', '-logs', 4, 63],
])('whatever name is chosen, %s gets one that Azure takes', (_, end, shortest, longest) => {
  const { decorators } = main().params.get('resourceBaseName')!;
  const limit = (word: string) =>
    Number(decorators.find((each) => each.startsWith(`@${word}(`))!.match(/\d+/)![0]);
  expect(limit('minLength') + end.length).toBeGreaterThanOrEqual(shortest);
  expect(limit('maxLength') + end.length).toBeLessThanOrEqual(longest);
});

test('the bot is called at the address that the web server answers', () => {
  const bot = resourceOf(
    files.get('infra/botRegistration/azurebot.bicep')!,
    'Microsoft.BotService/botServices',
  );
  const [, path] = /\$\{botAppDomain\}(.*)$/.exec(at(bot, 'properties.endpoint') as string)!;
  expect(readFileSync('src/web/server.ts', 'utf8')).toContain(`server.post('${path}'`);
});

test('every resource that can, writes its logs to the workspace', () => {
  const logged = [...files.values()].flatMap(({ resources }) =>
    resources.filter(({ type }) => type.includes('/diagnosticSettings@')).map(({ value }) => value.scope),
  );
  expect(logged.sort()).toEqual(['account', 'botService', 'environment', 'registry']);
});
