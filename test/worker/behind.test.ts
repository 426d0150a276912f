import { readSchedule } from '../../src/domain/read-schedule.ts';
import { heardFromChannel } from '../../src/usecases/destinations.ts';
import { refreshes } from '../../src/usecases/import-council/refreshes.ts';
import { setPreElection } from '../../src/usecases/pre-election.ts';
import { runCycle } from '../../src/usecases/run-cycle.ts';
import { setSchedule } from '../../src/usecases/set-schedule.ts';
import type { Answer } from '../support/fake-connector.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox } from '../support/outbox.ts';

const year = { tenant: kentTenant, year: '2009/10' };
const council = { ...year, year: null };
let outbox: KentOutbox;
/** Two posts in a channel that isn't cleared, the later in place of the earlier. */
beforeEach(async () => {
  outbox = await openKentOutbox();
  answersAsUsual();
  outbox.teams.answering(() => fault ?? undefined);
  await outbox.post('highways');
  await outbox.deliver();
  const grace = await outbox.kent.as('Grace Adeyemi');
  const read = readSchedule('on 16 October 2009 at 9', grace.today);
  if (!read.ok) throw new Error(read.sentence);
  await setSchedule(outbox.kent.deps, grace, 'highways', read.rules);
  await deliverAfter(2 * day);
  await round();
  await deliverAfter(60);
  expect(outbox.requests()).toEqual(['POST highways', 'POST highways']);
});
afterEach(() => outbox.close());

const day = 24 * 3600;
const deliverAfter = (seconds: number) => outbox.deliver(seconds);
/** A round of the cycle, as each council has one every five minutes. */
const round = () => runCycle(outbox.kent.deps, kentTenant, 'test');
const edits = () => outbox.requests().filter((request) => request.startsWith('PUT')).length;
/** What Teams answers to edits; null for as usual. */
let fault: Answer | null = null;
const answers = (status: number, code: string) => {
  fault = { status, body: { error: { code } } };
};
const answersAsUsual = () => {
  fault = null;
};

/** Highways becomes exempt, and the digests are brought in line as after an import. */
async function makeExempt(): Promise<void> {
  const { id, version, data } = (await outbox.kent.store.read(year, 'plan', 'KHS'))!;
  const exempt = { ...data, classification: 'exempt' } as const;
  await outbox.kent.store.write(year, [{ change: 'replace', kind: 'plan', id, version, data: exempt }]);
  await refreshes(outbox.kent.deps, kentTenant, year.year);
}

/** The channel is found to be stopped by an edit of its newest post. */
async function stop(code: string): Promise<void> {
  answers(403, code);
  await outbox.correct();
  await deliverAfter(60);
  expect(await outbox.channel('highways')).toMatchObject({ stopped: { code } });
  answersAsUsual();
}

async function somebodyWrites(): Promise<void> {
  const where = { id: 'highways', serviceUrl: outbox.teams.serviceUrl };
  await heardFromChannel(outbox.kent.deps, kentTenant, where, 'test');
}

const digests = async () =>
  (await outbox.kent.store.list(year, 'digest', { channel: 'highways' })).map(({ data }) => data);
/** Whether a post in the channel still tells of Highways. */
const tellingOfHighways = async () =>
  (await digests()).map(({ shown }) => Object.hasOwn(shown?.lines ?? {}, 'KHS'));

test.each(['MessageWritesBlocked', 'BotDisabledByAdmin', 'BotNotInConversationRoster'])(
  'what became exempt during a stop for %s is taken out of all posts once somebody writes there',
  async (code) => {
    await stop(code);
    await makeExempt();
    await deliverAfter(60);
    expect(await tellingOfHighways()).toEqual([true, true]);
    await somebodyWrites();
    await deliverAfter(60);
    expect(await tellingOfHighways()).toEqual([false, false]);
  },
);

test('a post has lost its quotes once somebody writes there, though the pre-election period began during a stop', async () => {
  await stop('MessageWritesBlocked');
  await setPreElection(outbox.kent.deps, await outbox.kent.as('Sam Whitlock'), true);
  await deliverAfter(60);
  await somebodyWrites();
  await deliverAfter(60);
  expect(edits()).toBe(2);
  for (const { revision, sentRevision } of await digests()) expect(sentRevision).toBe(revision);
});

test('the next round sees to it, where a process ended as somebody wrote', async () => {
  await stop('BotDisabledByAdmin');
  await makeExempt();
  await deliverAfter(60);
  const { id, version, data } = (await outbox.kent.store.read(council, 'channel', 'highways'))!;
  const { stopped: _stopped, ...heard } = data;
  await outbox.kent.store.write(council, [{ change: 'replace', kind: 'channel', id, version, data: heard }]);
  await round();
  await deliverAfter(60);
  expect(await tellingOfHighways()).toEqual([false, false]);
});

test.each([
  ['could not be made in eight tries', 503],
  ['Teams refused', 500],
])('an edit that %s is made by a later round', async (_what, status) => {
  answers(status, 'ServiceError');
  await makeExempt();
  for (let minutes = 0; minutes < 30; minutes++) await deliverAfter(60);
  expect(await tellingOfHighways()).toEqual([true, true]);
  answersAsUsual();
  await deliverAfter(3600);
  expect(await tellingOfHighways()).toEqual([true, true]);
  await round();
  await deliverAfter(60);
  expect(await tellingOfHighways()).toEqual([false, false]);
});

test('an edit that is refused each time is tried once an hour', async () => {
  answers(500, 'ServiceError');
  await outbox.correct();
  await deliverAfter(60);
  const before = edits();
  for (let rounds = 0; rounds < 36; rounds++) {
    await round();
    await deliverAfter(300);
  }
  expect(edits() - before).toBeGreaterThanOrEqual(3);
  expect(edits() - before).toBeLessThanOrEqual(4);
});

test('an earlier post that somebody deleted is let be', async () => {
  const [first] = (await digests()).filter(({ supersededBy }) => supersededBy !== null);
  outbox.teams.answering(({ path }) =>
    path.endsWith(first!.activityId!)
      ? { status: 404, body: { error: { code: 'ActivityNotFound' } } }
      : undefined,
  );
  await makeExempt();
  await deliverAfter(60);
  expect(edits()).toBe(2);
  await round();
  await deliverAfter(3600);
  await round();
  await deliverAfter(60);
  expect(outbox.requests().slice(2)).toEqual(['PUT highways', 'PUT highways']);
});
