import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { heardFromChannel } from '../../src/usecases/destinations.ts';
import type { Connector } from '../../src/worker/connector.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import type { Answer } from '../support/fake-connector.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox, outboxDeps, plainCard } from '../support/outbox.ts';

let kent: KentOutbox;
beforeEach(async () => {
  kent = await openKentOutbox();
});
afterEach(() => kent.close());

/** Teams answers so to the first requests, one after the other, and then as usual. */
function teamsAnswers(...answers: Answer[]): void {
  kent.teams.answering(() => answers.shift());
}
const only = async () => {
  const deliveries = await kent.deliveries();
  expect(deliveries).toHaveLength(1);
  return deliveries[0]!;
};
const refusal = (status: number, code: string): Answer => ({ status, body: { error: { code } } });

test('a 429 with Retry-After is waited for as long as it says, by everything that goes to that channel', async () => {
  teamsAnswers({ status: 429, headers: { 'retry-after': '30' } });
  await kent.post('highways');
  await kent.deliver();
  await kent.post('other');
  await kent.correct();
  await kent.deliver(29);
  expect(kent.requests()).toEqual(['POST highways', 'POST other']);
  await kent.deliver(1);
  expect(kent.requests().slice(2)).toEqual(['POST highways']);
  expect((await kent.deliveries()).map(({ state }) => state)).toEqual(Array(4).fill('sent'));
});

test.each([412, 429, 502, 503])(
  'a %i without Retry-After is tried again, later each time, and in the end given up',
  async (status) => {
    teamsAnswers(...Array<Answer>(50).fill({ status }));
    await kent.post('highways');
    const waits: number[] = [];
    for (let second = 0, last = 0; second < 1_000; second++) {
      const before = kent.requests().length;
      await kent.deliver(1);
      if (kent.requests().length === before) continue;
      waits.push(second - last);
      last = second;
    }
    expect(waits).toHaveLength(8);
    // Doubled each time and spread by half of at most a half: 2.5, 5, 10 … seconds.
    expect(waits.slice(1)).toEqual([3, 5, 10, 20, 40, 80, 160]);
    expect(await only()).toMatchObject({
      state: 'dead',
      reason: `given up after 8 tries: Teams answered ${status}`,
    });
  },
);

test.each([
  ['a 504 after Teams had accepted it', { status: 504 }],
  ['a connection that is cut', { status: 0, reset: true }],
  ['a connection that hangs', { status: 0, silent: true }],
  ['an answer without an id', { status: 200, body: {} }],
] as [string, Answer][])(
  '%s leaves a first post unknown, and it is never made again by itself',
  async (_, answer) => {
    teamsAnswers(answer);
    await kent.post('highways');
    await kent.deliver();
    expect(await only()).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/./) });
    await kent.correct();
    for (let minutes = 0; minutes < 10; minutes++) await kent.deliver(60);
    expect(kent.requests()).toEqual(['POST highways']);
  },
);

test.each([
  ['a 504', { status: 504 }],
  ['a cut connection', { status: 0, reset: true }],
  ['a hang', { status: 0, silent: true }],
] as [string, Answer][])('an edit is made again after %s', async (_, answer) => {
  await kent.post('highways');
  await kent.deliver();
  teamsAnswers(answer);
  await kent.correct();
  await kent.deliver(1);
  await kent.deliver(60);
  expect(kent.requests()).toEqual(['POST highways', 'PUT highways', 'PUT highways']);
  const { revision, sentRevision, activityId } = await kent.digest('highways');
  expect([sentRevision, activityId]).toEqual([revision, 'post-1']);
});

test.each([400, 401, 403, 404, 413, 500])(
  'a %i is never tried again, and keeps its reason',
  async (status) => {
    teamsAnswers(refusal(status, 'SomeCode'));
    await kent.post('highways');
    await kent.deliver();
    await kent.deliver(600);
    expect(kent.requests()).toEqual(['POST highways']);
    expect(await only()).toMatchObject({ state: 'dead', reason: `Teams refused it (${status} SomeCode).` });
  },
);

const stops = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'MessageWritesBlocked',
  'BotDisabledByAdmin',
];

test.each(stops)('after a 403 %s nothing goes there until the channel is heard from', async (code) => {
  teamsAnswers(refusal(403, code));
  await kent.post('highways');
  await kent.post('other');
  await kent.deliver();
  await kent.correct();
  await kent.deliver(60);
  expect(kent.requests()).toEqual(['POST highways', 'POST other', 'PUT other']);
  expect(await kent.channel('highways')).toMatchObject({ stopped: { code } });
  const dead = (await kent.deliveries()).filter(({ state }) => state === 'dead');
  expect(dead).toHaveLength(2);
  for (const { reason } of dead) expect(reason).toContain(code);

  const where = { id: 'highways', serviceUrl: `${kent.teams.serviceUrl}new/` };
  await heardFromChannel(kent.kent.deps, kentTenant, where, 'test');
  expect((await kent.channel('highways'))!.stopped).toBeUndefined();
  await kent.post('highways');
  await kent.deliver(60);
  expect(kent.teams.received.at(-1)!.path).toMatch(/^\/new\/v3\/conversations\/highways/);
});

test('what was refused while the bot was not installed is sent once it is, as one post', async () => {
  teamsAnswers(refusal(403, 'BotNotInConversationRoster'));
  await kent.post('highways');
  await kent.deliver();
  await kent.correct();
  await kent.deliver(60);
  const where = { id: 'highways', serviceUrl: kent.teams.serviceUrl };
  await heardFromChannel(kent.kent.deps, kentTenant, where, 'test');
  await kent.deliver(60);
  expect(kent.requests()).toEqual(['POST highways', 'POST highways']);
  expect((await kent.deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('after a 404 ConversationNotFound the channel is forgotten', async () => {
  teamsAnswers(refusal(404, 'ConversationNotFound'));
  await kent.post('highways');
  await kent.deliver();
  expect(await kent.channel('highways')).toBeUndefined();
  await kent.correct();
  await kent.deliver(60);
  expect(kent.requests()).toEqual(['POST highways']);
});

test('a post that is gone is posted anew once, and the new one is edited from then on', async () => {
  await kent.post('highways');
  await kent.deliver();
  teamsAnswers(refusal(404, 'ActivityNotFoundInConversation'));
  await kent.correct();
  await kent.deliver(1);
  await kent.correct();
  await kent.deliver(60);
  expect(kent.requests()).toEqual(['POST highways', 'PUT highways', 'POST highways', 'PUT highways']);
  expect(kent.teams.received.at(-1)!.path).toMatch(/post-3$/);
});

test('many channels are served side by side, no more than 20 in a second, while one of them hangs', async () => {
  kent.teams.answering(({ path }) => (path.includes('/hangs/') ? { status: 0, silent: true } : undefined));
  await kent.post('hangs');
  for (let at = 0; at < 24; at++) await kent.post(`channel-${at}`);
  await kent.outbox.round();
  await kent.outbox.settled();
  expect(kent.requests()).toHaveLength(20);
  await kent.deliver(1);
  expect(kent.requests()).toHaveLength(25);
  const states = (await kent.deliveries()).map(({ state }) => state).sort();
  expect(states).toEqual([...Array(24).fill('sent'), 'unknown']);
});

test('one process delivers for a council; another takes over when it gives up or is gone', async () => {
  const other = createOutbox(outboxDeps(kent.kent, createConnector(new TeamsAdapter(null)), 'other'));
  await kent.post('highways');
  await kent.deliver();
  await kent.correct();
  expect(await other.round()).toMatchObject({ started: 0 });
  await kent.outbox.release();
  kent.kent.setNow('2009-10-14T09:00:02.000Z');
  expect(await other.round()).toMatchObject({ started: 1 });
  await other.settled();
  expect(kent.requests()).toEqual(['POST highways', 'PUT highways']);
});

test('what a dead process had claimed and not begun to post is not posted where the channel was stopped meanwhile', async () => {
  await kent.post('highways');
  const { id, ...data } = await only();
  const year = { tenant: kentTenant, year: '2009/10' };
  const council = { tenant: kentTenant, year: null };
  const { version } = (await kent.kent.store.read(year, 'delivery', id))!;
  const claimed = { ...data, state: 'sending', attempts: 1, claimedBy: 'dead' } as const;
  await kent.kent.store.write(year, [
    { change: 'replace', kind: 'delivery', id, version, data: claimed, dueAt: '2009-10-14T09:00:30.000Z' },
  ]);
  const channel = (await kent.kent.store.read(council, 'channel', 'highways'))!;
  const stopped = { why: 'blocked', code: 'MessageWritesBlocked', at: '2009-10-14T09:00:10.000Z' } as const;
  await kent.kent.store.write(council, [
    {
      change: 'replace',
      kind: 'channel',
      id: 'highways',
      version: channel.version,
      data: { ...channel.data, stopped },
    },
  ]);
  await kent.deliver(60);
  expect(await only()).toMatchObject({ state: 'dead', code: 'MessageWritesBlocked' });
  expect(kent.requests()).toEqual([]);
});

test('a first post that was cut off holds up nothing, though a message that waits for it was written by a slower clock', async () => {
  await kent.post('highways');
  const first = await only();
  const year = { tenant: kentTenant, year: '2009/10' };
  const digest = (await kent.kent.store.list(year, 'digest'))[0]!;
  const { version } = (await kent.kent.store.read(year, 'delivery', first.id))!;
  const { id: _id, ...data } = first;
  const cutOff = { ...data, state: 'sending', attempts: 1, claimedBy: 'dead' } as const;
  const earlier = { ...data, createdAt: '2009-10-14T08:59:10.000Z' };
  await kent.kent.store.write(year, [
    {
      change: 'replace',
      kind: 'digest',
      id: digest.id,
      version: digest.version,
      data: { ...digest.data, postedBy: first.id },
    },
    {
      change: 'replace',
      kind: 'delivery',
      id: first.id,
      version,
      data: cutOff,
      dueAt: '2009-10-14T09:00:30.000Z',
    },
    {
      change: 'create',
      kind: 'delivery',
      id: 'slow-clock',
      data: earlier,
      dueAt: '2009-10-14T08:59:10.000Z',
    },
  ]);
  for (let second = 0; second < 60; second++) await kent.deliver(1);
  expect((await kent.deliveries()).map(({ state, reason }) => [state, reason])).toEqual(
    expect.arrayContaining([
      ['unknown', 'the process stopped while it was posting'],
      ['unknown', 'an earlier post may already be there'],
    ]),
  );
  expect(kent.requests()).toEqual([]);
});

test.each([-60, 0, 60])(
  'what a process whose clock was %i s off had in hand when it died is another’s within a minute',
  async (off) => {
    await kent.post('highways');
    const sending = Promise.withResolvers<void>();
    const dying: Connector = {
      post: () => {
        sending.resolve();
        return new Promise<never>(() => {});
      },
      edit: () => new Promise<never>(() => {}),
    };
    const own = outboxDeps(kent.kent, dying, 'dying');
    const wallNow = () => new Date(Date.parse(own.wallNow()) + off * 1000).toISOString();
    const doomed = createOutbox({ ...own, wallNow });
    await doomed.round();
    await sending.promise;
    for (let second = 0; second < 60; second++) await kent.deliver(1);
    expect(await only()).toMatchObject({
      state: 'unknown',
      reason: 'the process stopped while it was posting',
    });
    expect(kent.requests()).toEqual([]);
  },
);

test('what a process whose clock is a minute ahead puts in the outbox goes out at once', async () => {
  kent.kent.setNow('2009-10-14T09:01:00.000Z');
  await kent.post('highways');
  await kent.deliver();
  expect(kent.requests()).toEqual(['POST highways']);
});

test('a process that was taken for dead while it made the card leaves the only post to the one that took over', async () => {
  await kent.post('highways');
  const posting = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  let posts = 0;
  const slow: Connector = {
    post: async () => {
      posts += 1;
      posting.resolve();
      await answer.promise;
      return { outcome: 'accepted', activityId: 'the-post' };
    },
    edit: async (_to, activityId) => ({ outcome: 'accepted', activityId }),
  };
  /** A process that stands still with the card made and the digest read. */
  const halting = (name: string) => {
    const made = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const digestCard: typeof plainCard = async (...given) => {
      made.resolve();
      await goOn.promise;
      return plainCard(...given);
    };
    return { made, goOn, outbox: createOutbox({ ...outboxDeps(kent.kent, slow, name), digestCard }) };
  };
  const [one, two] = [halting('one'), halting('two')];
  await one.outbox.round();
  await one.made.promise;
  for (let second = 1; second <= 60; second++) {
    kent.kent.setNow(new Date(Date.parse('2009-10-14T09:00:00Z') + second * 1000).toISOString());
    await two.outbox.round();
  }
  await two.made.promise;
  one.goOn.resolve();
  await one.outbox.settled();
  two.goOn.resolve();
  await posting.promise;
  answer.resolve();
  await two.outbox.settled();
  kent.kent.setNow('2009-10-14T09:03:00.000Z');
  await two.outbox.round();
  await two.outbox.settled();
  expect(posts).toBe(1);
  expect(await only()).toMatchObject({ state: 'sent', activityId: 'the-post' });
});

test('a process that was taken for dead before it looked at the digest posts nothing once another has begun', async () => {
  await kent.post('highways');
  const reads = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const posts: string[] = [];
  const connectorOf = (name: string): Connector => ({
    post: async () => {
      posts.push(name);
      await answer.promise;
      return { outcome: 'accepted', activityId: 'the-post' };
    },
    edit: async (_to, activityId) => ({ outcome: 'accepted', activityId }),
  });
  const { store } = kent.kent;
  const halted: typeof store = {
    ...store,
    read: async (...asked) => {
      if (asked[1] === 'digest') {
        reads.resolve();
        await goOn.promise;
      }
      return store.read(...asked);
    },
  };
  const one = createOutbox({ ...outboxDeps(kent.kent, connectorOf('one'), 'one'), store: halted });
  const two = createOutbox(outboxDeps(kent.kent, connectorOf('two'), 'two'));
  await one.round();
  await reads.promise;
  for (let second = 1; second <= 60 && posts.length === 0; second++) {
    kent.kent.setNow(new Date(Date.parse('2009-10-14T09:00:00Z') + second * 1000).toISOString());
    await two.round();
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (posts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  goOn.resolve();
  await one.settled();
  answer.resolve();
  await two.settled();
  expect(posts).toEqual(['two']);
  expect(await only()).toMatchObject({ state: 'sent', activityId: 'the-post' });
});
