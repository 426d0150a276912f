import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ended } from '../../chaos/check.ts';
import { checkDigests } from '../../chaos/check-digests.ts';
import { checkMessages } from '../../chaos/check-messages.ts';
import { checkUpdates } from '../../chaos/check-updates.ts';
import { inCouncil } from '../../chaos/council.ts';
import { makePlan } from '../../chaos/plan.ts';
import type { Request } from '../../chaos/teams.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

const root = join(import.meta.dirname, '../..');

/** Real seconds for the short form: what has begun by then is ended. */
const boundMinutes = '0.15';

async function chaos(...options: string[]) {
  const child = spawn(process.execPath, [join(root, 'chaos/index.ts'), ...options], { cwd: root });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'exit');
  return { code, said };
}

test('whatever Teams answers and whichever process is killed, every promise is kept, on SQLite', async () => {
  const { code, said } = await chaos(
    '--seed',
    '7',
    '--runs',
    '2',
    '--at-once',
    '2',
    '--minutes',
    boundMinutes,
  );
  expect(said).toMatch(/runs on sqlite, seeds from 7: 0 with a broken promise/);
  expect(said).toMatch(/processes killed: [1-9]/);
  expect(code).toBe(0);
}, 120_000);

test('a seed decides the same again', () => {
  expect(makePlan(42)).toEqual(makePlan(42));
  expect(makePlan(42)).not.toEqual(makePlan(43));
});

describe('what a run is held to', () => {
  const now = '2009-07-13T09:00:00.000Z';
  let store: Store;
  beforeEach(() => {
    store = openSqliteStore({ file: ':memory:' });
  });
  afterEach(() => store.close());

  const ended = (over: Partial<Ended>): Ended => ({
    store,
    council: { managers: [], items: [], serviceUrl: '' } as unknown as Ended['council'],
    teams: { requests: [], posts: new Map() },
    people: { submissions: [], asks: [] },
    now,
    killed: new Set(),
    stopped: [],
    tooLong: [],
    isSettled: true,
    ...over,
  });
  const request = (conversation: string, over: Partial<Request> = {}): Request => ({
    at: Date.parse('2026-01-01T00:00:00Z'),
    until: null,
    method: 'POST',
    conversation,
    activity: `${conversation}#1`,
    card: { body: [{ text: 'As at 13 July 2009, 10am' }] },
    fault: null,
    accepted: true,
    status: 201,
    ...over,
  });
  const message = (state: 'sent' | 'dead', activityId: string | null) =>
    store.write(inCouncil, [
      {
        change: 'create',
        kind: 'cycle-message',
        id: 'm~2009-07-13',
        data: { person: 'm', date: '2009-07-13', entries: [], writtenAt: now },
      },
      {
        change: 'create',
        kind: 'delivery',
        id: 'd',
        data: {
          conversation: { id: 'chat-m', serviceUrl: 'http://127.0.0.1/' },
          message: { kind: 'cycle', message: 'm~2009-07-13' },
          state,
          attempts: 1,
          createdAt: now,
          claimedBy: null,
          activityId,
          reason: null,
          cause: 'test',
        },
      },
    ]);
  const submission = { item: 'kpi/K@2009/10 Q1', who: 'm', form: '2009.f', result: '50.00', sentAt: 0 };

  test('a message that arrived once and is said to be sent is kept', async () => {
    await message('sent', 'chat-m#1');
    expect(
      await checkMessages(ended({ teams: { requests: [request('chat-m')], posts: new Map() } })),
    ).toEqual([]);
  });

  test('a message that arrived twice in a day is broken', async () => {
    await message('sent', 'chat-m#1');
    const requests = [request('chat-m'), request('chat-m', { activity: 'chat-m#2' })];
    const broken = await checkMessages(ended({ teams: { requests, posts: new Map() } }));
    expect(broken.join('\n')).toMatch('arrived 2 times');
  });

  test('a message that is said to be dead and arrived is broken', async () => {
    await message('dead', null);
    const arrived = await checkMessages(
      ended({ teams: { requests: [request('chat-m')], posts: new Map() } }),
    );
    expect(arrived.join('\n')).toMatch('is said to be dead');
  });

  test('a message that was repeated after a 504 is broken, though only one arrived', async () => {
    await message('sent', 'chat-m#2');
    const doubtful = request('chat-m', {
      accepted: false,
      activity: null,
      status: 504,
      fault: '504, not accepted',
    });
    const requests = [doubtful, request('chat-m', { activity: 'chat-m#2' })];
    const broken = await checkMessages(ended({ teams: { requests, posts: new Map() } }));
    expect(broken.join('\n')).toMatch('sent again after “504, not accepted”');
  });

  test('someone who was asked for what they had given is noticed', async () => {
    await message('sent', 'chat-m#1');
    const button = { type: 'Action.Execute', verb: 'open-form', data: { item: submission.item } };
    const asked = request('chat-m', { card: { text: 'As at 13 July 2009', actions: [button] } });
    const given = { ...submission, token: 't.', keptAt: asked.at - 60_000, refused: null };
    const people = { submissions: [given], asks: [] };
    const broken = await checkMessages(ended({ people, teams: { requests: [asked], posts: new Map() } }));
    expect(broken.join('\n')).toMatch('was asked for kpi/K@2009/10 Q1 after t. had been given');
  });

  test('a submission that had a receipt and is not there is broken', async () => {
    const people = { submissions: [{ ...submission, token: 't.', keptAt: 1, refused: null }], asks: [] };
    expect((await checkUpdates(ended({ people }))).join('\n')).toMatch(
      'was answered as kept and is not there',
    );
  });

  test('two posts of one digest without a doubt are broken, and a channel without its digest is', async () => {
    const digest = { type: 'Action.Execute', verb: 'digest-plan', data: { digest: 'D' } };
    const post = (activity: string) => request('19:c', { activity, card: { actions: [digest] } });
    const requests = [post('1'), post('2')];
    const posts = new Map(
      requests.map(({ activity, card }) => [
        activity!,
        { id: activity!, conversation: '19:c', card, deleted: false },
      ]),
    );
    const deps = { store, now: () => now, wallNow: () => now, newId: () => 'id' };
    const broken = (await checkDigests(ended({ teams: { requests, posts } }), deps)).join('\n');
    expect(broken).toMatch('D has the posts 1,2, and 0 doubts');
    expect(broken).toMatch('is connected no more');
  });
});
