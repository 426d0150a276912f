import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { metricNames } from '../../src/telemetry/instruments.ts';
import { message } from '../support/activities.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { startFakeConnector } from '../support/fake-connector.ts';

const instrumentation = '6b1f0d5e-2009-4010-8a38-00000000a111';
const botId = '6b1f0d5e-2009-4010-8a38-0000000000b0';
const tenantId = '6b1f0d5e-2009-4010-8a38-000000000001';

let folder: string;
let insights: Collector;
let environment: Record<string, string>;

/** Application Insights' receiving end, which the exporter talks to over HTTPS alone. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-insights-'));
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  const trusted = join(folder, 'certificate.pem');
  writeFileSync(trusted, pems.cert);
  insights = await startCollector({
    answer: JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] }),
    tls: { cert: pems.cert, key: pems.private },
  });
  environment = {
    NODE_EXTRA_CA_CERTS: trusted,
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${instrumentation};IngestionEndpoint=${insights.endpoint}/`,
  };
});
afterEach(() => void insights.received.splice(0));
afterAll(async () => {
  await insights.stop();
  rmSync(folder, { recursive: true });
});

type Item = {
  iKey: string;
  tags: Record<string, string>;
  data: { baseType: string; baseData: { name?: string; metrics?: { name: string }[] } };
};
const items = (): Item[] => insights.received.flatMap(({ text }) => JSON.parse(text));
const metricsSent = () =>
  items().flatMap(({ data }) => (data.baseData.metrics ?? []).map(({ name }) => name));

test('Application Insights gets each turn as a request that the correlation id finds, and the measures', async () => {
  const teams = await startFakeConnector();
  const bot = await startBotProcess(join(folder, 'playground.db'), environment);
  await bot.send(message(teams.serviceUrl, 'help'));
  bot.kill('SIGTERM');
  expect(await bot.exited).toEqual([0, null]);
  await teams.stop();
  expect(new Set(insights.received.map(({ path }) => path))).toEqual(new Set(['/v2.1/track']));
  expect(items().every(({ iKey }) => iKey === instrumentation)).toBe(true);
  const [turn] = items().filter(({ data }) => data.baseType === 'RequestData');
  expect(turn!.data.baseData.name).toBe('turn help');
  expect(turn!.tags['ai.operation.id']).toMatch(/^[0-9a-f]{32}$/);
  expect(turn!.tags['ai.cloud.role']).toBe('planwatch');
  expect(metricsSent()).toEqual(
    expect.arrayContaining([metricNames.turnDuration, metricNames.heartbeatAge, metricNames.queueAge]),
  );
}, 60_000);

/** What a container app has in place of a password: an address on the machine itself that gives out tokens. */
async function startIdentityEndpoint() {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url!, 'http://localhost'));
    response.setHeader('content-type', 'application/json');
    const expires = Math.floor(Date.now() / 1000) + 3600;
    response.end(
      JSON.stringify({ access_token: 'of-the-identity', expires_on: String(expires), token_type: 'Bearer' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`,
    stop: () => server.close(),
  };
}

test('with a managed identity it signs in as that identity', async () => {
  const identity = await startIdentityEndpoint();
  const bot = await startBotProcess(join(folder, 'teams.db'), {
    ...environment,
    PLANWATCH_MODE: 'teams',
    HOST: '127.0.0.1',
    BOT_TYPE: 'UserAssignedMSI',
    BOT_ID: botId,
    BOT_TENANT_ID: tenantId,
    ALLOWED_TENANTS: tenantId,
    IDENTITY_ENDPOINT: identity.endpoint,
    IDENTITY_HEADER: 'a-header',
  });
  expect(await bot.get('/readyz')).toBe(200);
  bot.kill('SIGTERM');
  expect(await bot.exited).toEqual([0, null]);
  identity.stop();
  const asked = identity.asked.map(({ searchParams }) => Object.fromEntries(searchParams));
  expect(asked.length).toBeGreaterThan(0);
  for (const query of asked) {
    expect(query).toMatchObject({ resource: expect.stringContaining('monitor.azure.com'), client_id: botId });
  }
  expect(metricsSent()).toContain(metricNames.heartbeatAge);
  for (const { headers } of insights.received) expect(headers.authorization).toBe('Bearer of-the-identity');
}, 60_000);
