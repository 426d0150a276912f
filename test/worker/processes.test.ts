import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { connectChannel } from '../../src/usecases/connect-channel.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { openSession } from '../../src/usecases/session.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { message } from '../support/activities.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { type FakeConnector, startFakeConnector } from '../support/fake-connector.ts';
import { kentTenant } from '../support/kent.ts';
import { plainCard, quiet } from '../support/outbox.ts';

let folder: string;
let teams: FakeConnector;
let bot: Awaited<ReturnType<typeof startBotProcess>>;
let store: Store;
let deps: Deps;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-'));
  const file = join(folder, 'planwatch.db');
  teams = await startFakeConnector();
  bot = await startBotProcess(file);
  store = openSqliteStore({ file });
  deps = {
    store,
    now: () => '2009-10-14T09:00:00.000Z',
    wallNow: () => new Date().toISOString(),
    newId: randomUUID,
  };
}, 30_000);
afterEach(async () => {
  bot.kill('SIGKILL');
  await bot.exited;
  await teams.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

const year = { tenant: kentTenant, year: '2009/10' };
const states = async () =>
  Object.fromEntries(
    (await store.list(year, 'delivery')).map(({ data }) => [data.conversation.id, data.state]),
  );

async function postTo(id: string): Promise<void> {
  const people = await store.list({ ...year, year: null }, 'person');
  const grace = people.find(({ data }) => data.name === 'Grace Adeyemi')!.data;
  const session = await openSession(deps, kentTenant, grace, 'test');
  const where = { id, serviceUrl: teams.serviceUrl, name: id };
  await connectChannel(deps, session, where, { audience: 'scrutiny', cleared: false });
  await postDigest(deps, session, id);
}

/** Has Teams take requests about a conversation without answering, until told to; resolves with the first. */
function holdBack(conversation: string) {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  teams.answering(({ path }) => {
    if (!path.includes(conversation)) return undefined;
    arrived.resolve();
    return { status: 201, body: { id: 'late' }, after: answer.promise };
  });
  return { arrived: arrived.promise, answer: answer.resolve };
}

test('asked to stop, it finishes the turn and the delivery under way, takes on no more, and ends within ten seconds', async () => {
  const turn = holdBack('personal-chat');
  const delivery = holdBack('slow');
  await postTo('slow');
  const answered = bot.send(message(teams.serviceUrl, 'hi'));
  await Promise.all([turn.arrived, delivery.arrived]);
  expect([await bot.get('/livez'), await bot.get('/readyz')]).toEqual([200, 200]);

  const askedAt = performance.now();
  bot.kill('SIGTERM');
  while ((await bot.get('/readyz')) === 200);
  expect([await bot.get('/livez'), await bot.get('/readyz')]).toEqual([200, 503]);
  await postTo('later');
  turn.answer();
  delivery.answer();
  expect((await answered).status).toBe(200);
  expect(await bot.exited).toEqual([0, null]);
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  expect(await states()).toEqual({ slow: 'sent', later: 'waiting' });
}, 30_000);

test('asked to stop while Teams answers nothing at all, it ends within ten seconds all the same', async () => {
  const turn = holdBack('personal-chat');
  const delivery = holdBack('slow');
  await postTo('slow');
  bot.send(message(teams.serviceUrl, 'hi')).catch(() => {});
  await Promise.all([turn.arrived, delivery.arrived]);
  const askedAt = performance.now();
  bot.kill('SIGTERM');
  await bot.exited;
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  expect(await states()).toEqual({ slow: 'sending' });
}, 30_000);

test('what a killed process left is taken over within a minute, and nothing is posted twice', async () => {
  let passed = 0;
  const other = createOutbox({
    ...deps,
    wallNow: () => new Date(Date.now() + passed).toISOString(),
    elapsed: () => performance.now() + passed,
    connector: createConnector(new TeamsAdapter(null)),
    digestCard: plainCard,
    noticeCard: () => ({}),
    cycle: { card: () => ({}), anyHour: true },
    workerId: 'other',
    random: () => 0,
    log: quiet,
    telemetry: noTelemetry,
  });
  const delivery = holdBack('cut-off');
  await postTo('cut-off');
  await delivery.arrived;
  bot.kill('SIGKILL');
  await bot.exited;
  await postTo('waiting');
  await other.round();
  await other.settled();
  expect(await states()).toEqual({ 'cut-off': 'sending', waiting: 'waiting' });

  passed = 60_000;
  await other.round();
  await other.settled();
  expect(await states()).toEqual({ 'cut-off': 'unknown', waiting: 'sent' });
  expect(teams.received.map(({ path }) => /conversations\/([^/]+)/.exec(path)![1])).toEqual([
    'cut-off',
    'waiting',
  ]);
}, 30_000);
