import { createLog } from '../../src/log.ts';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { metricNames } from '../../src/telemetry/instruments.ts';
import { openTelemetry } from '../../src/telemetry/open-telemetry.ts';
import type { Telemetry } from '../../src/telemetry/telemetry.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox, outboxDeps } from '../support/outbox.ts';

let collector: Collector;
let telemetry: Telemetry;
let kent: KentOutbox;
beforeEach(async () => {
  collector = await startCollector();
  const to = { otlp: collector.endpoint, azureMonitor: null, traceShare: 1 };
  telemetry = await openTelemetry(to, createLog('silent'));
  kent = await openKentOutbox(telemetry);
});
afterEach(async () => {
  await kent.close();
  await collector.stop();
});

/** How many tries there were of each outcome, once all is told. */
async function tries(): Promise<Record<string, number>> {
  await telemetry.close();
  const points = collector.points().filter(({ name }) => name === metricNames.deliveries);
  return Object.fromEntries(points.map(({ attributes, value }) => [attributes.state, value]));
}
const year = { tenant: kentTenant, year: '2009/10' };

test('many corrections that go out as one edit are one try', async () => {
  await kent.post('highways');
  await kent.deliver();
  for (let at = 0; at < 20; at++) await kent.correct();
  await kent.deliver(1);
  expect(kent.requests()).toEqual(['POST highways', 'PUT highways']);
  expect(await tries()).toEqual({ sent: 2 });
});

test('a digest that had not changed, and so is not sent, is no try', async () => {
  await kent.post('highways');
  await kent.deliver();
  const [first] = await kent.kent.store.list(year, 'delivery');
  const data = { ...first!.data, state: 'waiting' } as const;
  await kent.kent.store.write(year, [
    { change: 'create', kind: 'delivery', id: 'again', data, dueAt: '2009-10-14T09:00:00.000Z' },
  ]);
  await kent.deliver(60);
  expect((await kent.deliveries()).map(({ reason }) => reason)).toContain('nothing had changed');
  expect(await tries()).toEqual({ sent: 1 });
});

test('each time that Teams asks to wait is a try of its own, and so is the last', async () => {
  const answers = [{ status: 429 }, { status: 503 }];
  kent.teams.answering(() => answers.shift());
  await kent.post('highways');
  for (let minute = 0; minute < 4; minute++) await kent.deliver(60);
  expect(await tries()).toEqual({ retry: 2, sent: 1 });
});

test('a refusal is a try, and what is not sent to the place afterwards is none', async () => {
  kent.teams.answering(() => ({ status: 403, body: { error: { code: 'BotDisabledByAdmin' } } }));
  await kent.post('highways');
  await kent.deliver();
  await kent.correct();
  await kent.deliver(60);
  expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['dead', 'dead']);
  expect(await tries()).toEqual({ dead: 1 });
});

test('waiting for another delivery’s first post is no try', async () => {
  await kent.post('highways');
  const [first] = await kent.kent.store.list(year, 'delivery');
  const [digest] = await kent.kent.store.list(year, 'digest');
  const { id, version, data } = digest!;
  await kent.kent.store.write(year, [
    { change: 'replace', kind: 'digest', id, version, data: { ...data, postedBy: 'another' } },
    {
      change: 'create',
      kind: 'delivery',
      id: 'another',
      data: { ...first!.data, state: 'sending', claimedBy: 'another process' },
      dueAt: '2009-10-14T12:00:00.000Z',
    },
  ]);
  for (let second = 0; second < 5; second++) await kent.deliver(1);
  expect((await kent.deliveries()).map(({ reason }) => reason)).toContain(
    'another delivery is making the first post',
  );
  expect(await tries()).toEqual({});
});

test('a digest that is written anew while its post is on its way leaves it one try', async () => {
  await kent.post('highways');
  const askAgain = async () => {
    await kent.correct();
    await kent.post('highways');
  };
  kent.teams.answering(({ method }) =>
    method === 'POST' ? { status: 201, body: { id: 'post' }, after: askAgain() } : undefined,
  );
  await kent.deliver();
  await kent.deliver(60);
  expect(await tries()).toEqual({ sent: 2 });
});

test('a post that another process took for dead is counted once, by that one', async () => {
  await kent.post('highways');
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const slow = {
    ...createConnector(new TeamsAdapter(null)),
    post: async () => {
      asked.resolve();
      await answer.promise;
      return { outcome: 'accepted', activityId: 'post' } as const;
    },
  };
  const paused = createOutbox({ ...outboxDeps(kent.kent, slow, 'paused'), telemetry });
  await paused.round();
  await asked.promise;
  for (let second = 0; second < 60; second++) await kent.deliver(1);
  answer.resolve();
  await paused.settled();
  expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['sent']);
  expect(await tries()).toEqual({ unknown: 1 });
});
