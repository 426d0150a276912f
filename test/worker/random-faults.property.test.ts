import fc from 'fast-check';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import type { Connector } from '../../src/worker/connector.ts';
import { createOutbox, type Outbox } from '../../src/worker/rounds.ts';
import type { Answer } from '../support/fake-connector.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentOutbox, openKentOutbox, outboxDeps } from '../support/outbox.ts';

const faults: Record<string, Answer & { accepts?: true }> = {
  'too many': { status: 429 },
  'too many, wait': { status: 429, headers: { 'retry-after': '20' } },
  precondition: { status: 412 },
  'bad gateway': { status: 502 },
  unavailable: { status: 503 },
  'taken, then 504': { status: 504, accepts: true },
  'taken, then cut': { status: 0, reset: true, accepts: true },
  'taken, then silence': { status: 0, silent: true, accepts: true },
  cut: { status: 0, reset: true },
  'not installed': { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } },
  blocked: { status: 403, body: { error: { code: 'ConversationBlockedByUser' } } },
  broken: { status: 500 },
};

type Event =
  | { does: 'post'; channel: string }
  | { does: 'correct' }
  | { does: 'faults'; next: string[] }
  /** A worker process runs for a moment; it may die before or after one of its sends. */
  | { does: 'work'; worker: number; dies: 'never' | 'before' | 'after' }
  | { does: 'wait'; seconds: number };

const channels = ['highways', 'waste'];
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ does: fc.constant('post' as const), channel: fc.constantFrom(...channels) }),
  fc.record({ does: fc.constant('correct' as const) }),
  fc.record({
    does: fc.constant('faults' as const),
    next: fc.array(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    does: fc.constant('work' as const),
    worker: fc.nat({ max: 2 }),
    dies: fc.constantFrom('never' as const, 'never' as const, 'before' as const, 'after' as const),
  }),
  fc.record({ does: fc.constant('wait' as const), seconds: fc.constantFrom(1, 5, 31, 70) }),
);

/** What Teams has, whatever it said: how many posts of each channel. */
type Taken = Map<string, number>;

async function play(kent: KentOutbox, story: readonly Event[], taken: Taken): Promise<void> {
  let pending: string[] = [];
  let now = Date.parse('2009-10-14T09:00:00Z');
  kent.teams.answering(({ method, path }) => {
    const fault = faults[pending.shift() ?? ''];
    const channel = /conversations\/([^/]+)/.exec(path)![1]!;
    if (method === 'POST' && (!fault || fault.accepts)) taken.set(channel, (taken.get(channel) ?? 0) + 1);
    return fault;
  });
  const real = createConnector(new TeamsAdapter(null, { sendTimeout: 40 }));
  const workers: (Outbox | null)[] = [null, null, null];
  let processes = 0;

  async function work(worker: number, dies: 'never' | 'before' | 'after'): Promise<void> {
    if (dies === 'never') {
      workers[worker] ??= createOutbox(outboxDeps(kent.kent, real, `process-${++processes}`));
      await workers[worker].round();
      await workers[worker].settled();
      return;
    }
    // A process that is killed says nothing any more, whatever reached Teams.
    const died = Promise.withResolvers<void>();
    const never = new Promise<never>(() => {});
    const dying = async (send: () => Promise<unknown>): Promise<never> => {
      if (dies === 'after') await send();
      died.resolve();
      return never;
    };
    const connector: Connector = {
      post: (to, card) => dying(() => real.post(to, card)),
      edit: (to, id, card) => dying(() => real.edit(to, id, card)),
    };
    workers[worker] = null;
    const doomed = createOutbox(outboxDeps(kent.kent, connector, `process-${++processes}`));
    await doomed.round();
    await Promise.race([died.promise, doomed.settled()]);
  }

  const wait = (seconds: number) => {
    now += seconds * 1000;
    kent.kent.setNow(new Date(now).toISOString());
  };
  for (const step of story) {
    if (step.does === 'post') await kent.post(step.channel);
    else if (step.does === 'correct') await kent.correct();
    else if (step.does === 'faults') pending.push(...step.next);
    else if (step.does === 'work') await work(step.worker, step.dies);
    else wait(step.seconds);
  }
  // Teams is well again, and one process is left: within some minutes all has come to an end.
  pending = [];
  for (let minutes = 0; minutes < 15; minutes++) {
    wait(60);
    await work(0, 'never');
  }
}

/** Digests that a clerk asked for again after a doubt are posted again: that is what they were asked for. */
const asked = (story: readonly Event[], channel: string) =>
  story.filter((step) => step.does === 'post' && step.channel === channel).length;

test('whatever Teams answers and whoever dies when, each message is delivered once or listed with its reason', async () => {
  const story = fc.array(event, { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const kent = await openKentOutbox();
      try {
        const taken: Taken = new Map();
        await play(kent, steps, taken);
        const deliveries = await kent.deliveries();
        for (const { state, reason } of deliveries) {
          expect(['sent', 'unknown', 'dead']).toContain(state);
          if (state !== 'sent') expect(reason).toMatch(/\w/);
        }
        for (const channel of channels) {
          const posts = taken.get(channel) ?? 0;
          const ours = deliveries.filter(({ conversation }) => conversation.id === channel);
          const doubts = ours.filter(({ state }) => state === 'unknown').length;
          // Never a second post, but for one that a clerk asked for after an earlier one was in doubt.
          expect(posts).toBeLessThanOrEqual(Math.max(1, Math.min(asked(steps, channel), 1 + doubts)));
          const id = { tenant: kentTenant, year: '2009/10' };
          const digest = await kent.kent.store.read(id, 'digest', `2009/10 Q2~${channel}`);
          const isFine = ours.length > 0 && ours.every(({ state }) => state === 'sent');
          if (isFine) {
            expect(posts).toBe(1);
            expect(digest!.data.sentRevision).toBe(digest!.data.revision);
          }
        }
      } finally {
        await kent.close();
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 40_000 },
  );
}, 60_000);
