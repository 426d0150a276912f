import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricNames } from '../../src/telemetry/instruments.ts';
import { message } from '../support/activities.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { makeCertificate } from '../support/certificate.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { startFakeConnector } from '../support/fake-connector.ts';
import { startIdentityEndpoint } from '../support/identity-endpoint.ts';

const instrumentation = '6b1f0d5e-2009-4010-8a38-00000000a111';
const botId = '6b1f0d5e-2009-4010-8a38-0000000000b0';
const tenantId = '6b1f0d5e-2009-4010-8a38-000000000001';

let folder: string;
let insights: Collector;
let certificate: Awaited<ReturnType<typeof makeCertificate>>;
let environment: Record<string, string>;

/** Application Insights' receiving end, which the exporter talks to over HTTPS alone. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-insights-'));
  certificate = await makeCertificate();
  insights = await startCollector({
    answer: JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] }),
    tls: certificate.tls,
  });
  environment = {
    ...certificate.environment,
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${instrumentation};IngestionEndpoint=${insights.endpoint}/`,
  };
});
afterEach(() => void insights.received.splice(0));
afterAll(async () => {
  await insights.stop();
  certificate.remove();
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
    ...identity.environment,
  });
  expect(await bot.get('/readyz')).toBe(200);
  bot.kill('SIGTERM');
  expect(await bot.exited).toEqual([0, null]);
  await identity.stop();
  expect(identity.asked.length).toBeGreaterThan(0);
  for (const asked of identity.asked) {
    expect(asked).toMatchObject({ client_id: botId, header: identity.environment.IDENTITY_HEADER });
    expect(asked.resource).toContain('monitor.azure.com');
  }
  expect(metricsSent()).toContain(metricNames.heartbeatAge);
  for (const { headers } of insights.received) expect(headers.authorization).toBe('Bearer of-the-identity');
}, 60_000);
