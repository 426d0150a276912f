import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelemetryConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { metricNames } from '../../src/telemetry/instruments.ts';
import { openTelemetry } from '../../src/telemetry/open-telemetry.ts';
import type { Route } from '../../src/telemetry/telemetry.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { startCosmosEmulator } from '../support/cosmos-emulator.ts';

let collector: Collector;
let lines: string[];
beforeEach(async () => {
  collector = await startCollector();
  lines = [];
});
afterEach(() => collector.stop());

const open = (more: Partial<TelemetryConfig> = {}) =>
  openTelemetry(
    { otlp: collector.endpoint, azureMonitor: null, traceShare: 1, ...more },
    createLog('info', { write: (line: string) => void lines.push(line) }),
  );
const route = (verb: string): Route => ({ verb, via: 'execute', outcome: 'answered' });
const partition = { tenant: 'tenant', year: null };

test('a turn that fails is marked as failed, and of the error only its kind is told', async () => {
  const telemetry = await open();
  const failing = telemetry.turn(randomUUID(), 'tenant', route('status'), async () => {
    throw new TypeError('the commentary says: the lamps were late');
  });
  await expect(failing).rejects.toThrow(TypeError);
  await telemetry.close();
  expect(collector.spans()).toEqual([
    expect.objectContaining({ name: 'turn status', status: { code: 2, message: 'failed' } }),
  ]);
  expect(collector.points().map(({ attributes }) => attributes)).toEqual([
    { verb: 'status', via: 'execute', outcome: 'failed' },
  ]);
  expect(collector.received.map(({ text }) => text).join()).not.toContain('lamps');
});

test('turns side by side keep their own traces', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  const telemetry = await open();
  const watched = telemetry.watchStore(store);
  const ids = Array.from({ length: 20 }, () => randomUUID());
  await Promise.all(
    ids.map((id) =>
      telemetry.turn(id, 'tenant', route('status'), async () => {
        await watched.list(partition, 'person');
        await watched.read(partition, 'person', 'ann');
      }),
    ),
  );
  await telemetry.close();
  await store.close();
  for (const id of ids) {
    const trace = collector.spans().filter(({ traceId }) => traceId === id.replaceAll('-', ''));
    expect(trace.map(({ name }) => name).sort()).toEqual(['store list', 'store read', 'turn status']);
  }
});

test('a write that others came before is measured as a conflict, and one that throws as failed', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  const telemetry = await open();
  const watched = telemetry.watchStore(store);
  const write = () =>
    watched.write(partition, [
      { change: 'create', kind: 'cycle', id: 'cycle', data: { ranAt: null }, dueAt: null },
    ]);
  await write();
  await write();
  await store.close();
  await expect(write()).rejects.toThrow();
  await telemetry.close();
  const writes = collector.points().filter(({ name }) => name === metricNames.storeDuration);
  expect(writes.map(({ attributes, value }) => [attributes.outcome, value]).sort()).toEqual([
    ['conflict', 1],
    ['failed', 1],
    ['ok', 1],
  ]);
});

test('of the traces a share can be kept, a delivery’s with its turn’s; measures count everything', async () => {
  const telemetry = await open({ traceShare: 0.5 });
  const ids = Array.from({ length: 200 }, () => randomUUID());
  for (const id of ids) {
    await telemetry.turn(id, 'tenant', route('status'), async () => {});
    await telemetry.delivering(id, 'digest', async () => {});
  }
  await telemetry.close();
  const traces = Map.groupBy(collector.spans(), ({ traceId }) => traceId);
  expect(traces.size).toBeGreaterThan(60);
  expect(traces.size).toBeLessThan(140);
  expect([...traces.values()].every((spans) => spans.length === 2)).toBe(true);
  expect(collector.points().map(({ value }) => value)).toEqual([200]);
});

test('what a round of the cycle wrote is delivered in the round’s trace; what a command wrote begins one', async () => {
  const telemetry = await open();
  const id = randomUUID();
  await telemetry.round(id, 'tenant', async () => {});
  await telemetry.delivering(id, 'cycle', async () => {});
  await telemetry.delivering('command line', 'digest', async () => {});
  await telemetry.close();
  const [round, cycle, digest] = collector.spans();
  expect([round!.name, cycle!.name, digest!.name]).toEqual([
    'cycle round',
    'deliver cycle',
    'deliver digest',
  ]);
  expect(round!.traceId).toBe(id.replaceAll('-', ''));
  expect(cycle).toMatchObject({ traceId: round!.traceId, parentSpanId: round!.spanId });
  expect(digest!.traceId).not.toBe(round!.traceId);
  expect(digest!.parentSpanId || null).toBeNull();
});

test('two processes on one machine are told apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-two-'));
  const other = await startBotProcess(join(folder, 'other.db'), {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  });
  other.kill('SIGTERM');
  expect(await other.exited).toEqual([0, null]);
  rmSync(folder, { recursive: true });
  const telemetry = await open();
  telemetry.limited('text');
  await telemetry.close();
  expect(collector.instances().size).toBe(2);
});

test('a flood makes no traces', async () => {
  const telemetry = await open();
  for (let turn = 0; turn < 50; turn++) telemetry.limited('execute');
  await telemetry.close();
  expect(collector.spans()).toEqual([]);
  expect(collector.points()).toEqual([
    {
      name: metricNames.turnDuration,
      attributes: { verb: 'none', via: 'execute', outcome: 'limited' },
      value: 50,
    },
  ]);
});

test('a collector that does not answer holds nothing up, and stopping takes two seconds at most', async () => {
  collector.fallSilent();
  // The exporter itself would go on for ten seconds.
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '4000';
  const telemetry = await open();
  delete process.env.OTEL_EXPORTER_OTLP_TIMEOUT;
  await telemetry.turn(randomUUID(), 'tenant', route('status'), async () => {});
  const began = performance.now();
  await telemetry.close();
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('a collector that refuses is told in the log, without saying what was to be sent', async () => {
  collector.refuse();
  const telemetry = await open();
  await telemetry.turn(randomUUID(), 'tenant', route('status'), async () => {});
  await telemetry.close();
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    expect.arrayContaining([{ level: 40, time: expect.any(String), msg: 'telemetry-not-sent' }]),
  );
});

test('request units of Cosmos DB are counted by operation', async () => {
  const emulator = await startCosmosEmulator();
  const telemetry = await open();
  const { endpoint, key } = emulator;
  const store = await openStore(
    { kind: 'cosmos', endpoint, key, database: 'planwatch' },
    { onCharge: telemetry.requestCharged },
  );
  await store.write(partition, [
    { change: 'create', kind: 'cycle', id: 'cycle', data: { ranAt: null }, dueAt: null },
  ]);
  await store.read(partition, 'cycle', 'cycle');
  await store.list(partition, 'cycle');
  await store.close();
  await emulator.close();
  await telemetry.close();
  const charges = collector.points().filter(({ name }) => name === metricNames.storeRequestCharge);
  expect(charges.map(({ attributes }) => attributes.operation)).toEqual(
    expect.arrayContaining(['batch', 'read', 'query']),
  );
  expect(charges.every(({ value }) => value > 0)).toBe(true);
});
