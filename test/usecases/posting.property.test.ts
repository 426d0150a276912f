import fc from 'fast-check';
import { digestContentSchema } from '../../src/domain/compose-digest.ts';
import { isDayOff } from '../../src/domain/days-off.ts';
import { dateAt, hourAt } from '../../src/domain/local-time.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { readSchedule } from '../../src/domain/read-schedule.ts';
import { type ScheduleRule, sameRule } from '../../src/domain/schedule.ts';
import { momentsBetween, quartersOf } from '../../src/domain/schedule-moments.ts';
import type { Store } from '../../src/store/store.ts';
import { composeFor } from '../../src/usecases/compose-said.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { seenOn } from '../../src/usecases/see-shown.ts';
import { pageId } from '../../src/usecases/write-digest.ts';
import { openPosting, type Posting } from '../support/posting.ts';

const runs = Number(process.env.PLANWATCH_RUNS ?? 25);
const channels = ['highways', 'scrutiny'] as const;
const schedules = [
  'every friday at 9',
  'every monday at 8.30 and at due at 9',
  'at due and at lock',
  'first working day at 10am and every wednesday at 2pm',
  'on 26 October 2009 at 11am and at lock',
  'off',
];

type Step =
  | { does: 'wait'; hours: number }
  | { does: 'schedule'; channel: number; words: number }
  | { does: 'give'; result: number }
  | { does: 'ask'; channel: number }
  | { does: 'rounds'; crashAt: number | null; after: boolean; atOnce: number }
  | { does: 'deliver' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 200 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('schedule' as const),
      channel: fc.nat({ max: 1 }),
      words: fc.nat({ max: schedules.length - 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('give' as const), result: fc.integer({ min: 60, max: 99 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('ask' as const), channel: fc.nat({ max: 1 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('rounds' as const),
      crashAt: fc.option(fc.integer({ min: 1, max: 6 })),
      after: fc.boolean(),
      atOnce: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('deliver' as const) }) },
);

/** A store that stops a process at its so-manieth write: before it is made, or right after. */
function dyingAt(store: Store, crashAt: number, after: boolean): Store {
  let writes = 0;
  return {
    ...store,
    read: store.read.bind(store),
    list: store.list.bind(store),
    async write(partition, changes) {
      writes += 1;
      if (writes === crashAt && !after) throw new Error('killed');
      const written = await store.write(partition, changes);
      if (writes === crashAt) throw new Error('killed');
      return written;
    },
  };
}

/** What the clerks were promised: for each channel its rules, each since when, and what was seen to. */
type Promised = { rules: { rule: ScheduleRule; from: string }[]; handled: string };

async function play(posting: Posting, story: readonly Step[]): Promise<void> {
  const { kent, year } = posting;
  const { settings } = await kent.as('Grace Adeyemi');
  const quarters = quartersOf([settings]);
  const promised = new Map<string, Promised>();
  /** `channel period at` of every post that must have been made for a moment, once. */
  const due: string[] = [];

  const expectRound = () => {
    const now = posting.now();
    const today = dateAt(now, settings.timeZone);
    if (isDayOff(today, settings.calendar)) return;
    for (const [channel, promise] of promised) {
      const passed = promise.rules
        .flatMap(({ rule, from }) => {
          const since = [from, promise.handled].sort()[1]!;
          return momentsBetween([rule], quarters, settings.timeZone, since, now);
        })
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      const last = passed.at(-1);
      if (!last) continue;
      const isToday = passed.some(({ date }) => date === today);
      if (!isToday && hourAt(now, settings.timeZone) < settings.calendar.writeFromHour) continue;
      for (const [period, moments] of Map.groupBy(passed, (moment) => moment.period.key)) {
        due.push(`${channel} ${period} ${moments.at(-1)!.at}`);
      }
      promise.handled = last.at;
    }
  };

  const set = async (channel: string, words: string) => {
    const read = readSchedule(words, dateAt(posting.now(), settings.timeZone));
    if (!read.ok) return;
    const before = promised.get(channel);
    try {
      await posting.schedule(channel, words);
    } catch {
      return; // A single time of today that has passed.
    }
    promised.set(channel, {
      rules: read.rules.map((rule) => ({
        rule,
        from: before?.rules.find((known) => sameRule(known.rule, rule))?.from ?? posting.now(),
      })),
      handled: before?.handled ?? posting.now(),
    });
  };

  const rounds = async ({ crashAt, after, atOnce }: Extract<Step, { does: 'rounds' }>) => {
    if (crashAt !== null) {
      const dying = { ...kent.deps, store: dyingAt(kent.store, crashAt, after) };
      await posting.round(dying).catch((error: Error) => expect(error.message).toBe('killed'));
    }
    // Whoever is left takes its work up.
    await Promise.all(Array.from({ length: atOnce }, () => posting.round()));
    expectRound();
  };

  /** Once all is delivered, the newest post of each period says what is true. */
  const expectTruth = async () => {
    for (const digest of await posting.digests()) {
      const { data, id } = digest;
      if (data.supersededBy !== null) continue;
      expect(data.sentRevision).toBe(data.revision);
      const session = await kent.as('Grace Adeyemi');
      const channel = (await kent.store.read(session.council, 'channel', data.channel))!.data;
      const truth = await composeFor(kent.deps, session, channel, periodOf(data.period));
      const page = await kent.store.read(year, 'digest-page', pageId(id, data.fingerprint, 1));
      const last = posting.shown.findLast((shown) => shown.digest === id)!;
      expect(page!.data.content).toEqual(last.content);
      expect(last.content).toMatchObject({ counts: truth.counts, headline: truth.headline });
      if (data.said.changes.length > 0) expect(last.content.changes!.length).toBe(data.said.changes.length);
    }
  };

  const steps: Step[] = [
    ...story,
    { does: 'rounds', crashAt: null, after: false, atOnce: 2 },
    { does: 'deliver' },
  ];
  for (const each of steps) {
    if (each.does === 'wait') posting.go(each.hours);
    else if (each.does === 'schedule') await set(channels[each.channel]!, schedules[each.words]!);
    else if (each.does === 'give') {
      posting.go(1 / 3600);
      await posting.give(String(each.result), 'Sam Whitlock');
    } else if (each.does === 'ask') {
      await postDigest(kent.deps, await kent.as('Grace Adeyemi'), channels[each.channel]!, 'Q2');
    } else if (each.does === 'rounds') await rounds(each);
    else {
      posting.go(1 / 3600);
      await posting.deliver();
      await kentTouched(posting);
      await posting.deliver();
      await expectTruth();
    }
  }

  const digests = await posting.digests();
  const made = digests
    .filter(({ data }) => data.occasion.at !== null)
    .map(({ data }) => `${data.channel} ${data.period} ${data.occasion.at}`);
  expect(made.sort()).toEqual(due.sort());
  for (const group of Map.groupBy(digests, ({ data }) => `${data.channel} ${data.period}`).values()) {
    expect(group.filter(({ data }) => data.supersededBy === null)).toHaveLength(1);
  }
  await expectOnePostEach(posting);
  await expectHistory(posting);
}

/** A clock-made difference (days overdue) waits for the next delivery, so the truth is looked for after one. */
async function kentTouched({ kent }: Posting): Promise<void> {
  const grace = await kent.as('Grace Adeyemi');
  for (const { data } of await kent.store.list(grace.council, 'channel')) {
    const digests = await kent.store.list(grace.year, 'digest', { channel: data.conversationId });
    for (const { data: digest } of digests) {
      if (digest.supersededBy !== null) continue;
      await postDigest(kent.deps, grace, data.conversationId, digest.period);
    }
  }
}

/** Each digest was posted once at most, and never edited once a newer one was there. */
async function expectOnePostEach({ shown }: Posting): Promise<void> {
  const posts = shown.filter(({ op }) => op === 'post').map(({ digest }) => digest);
  expect(new Set(posts).size).toBe(posts.length);
  for (const [at, { op, to, content, digest }] of shown.entries()) {
    if (op === 'post') continue;
    const newest = shown
      .slice(0, at)
      .findLast((each) => each.op === 'post' && each.to === to && each.content.period === content.period);
    expect(digest).toBe(newest!.digest);
  }
}

/** What is kept of each day is what Teams was given, no more and no less, each until the next. */
async function expectHistory(posting: Posting): Promise<void> {
  const { kent, shown, year } = posting;
  const grace = await kent.as('Grace Adeyemi');
  for (const channel of channels) {
    const given = shown.filter(({ to }) => to === channel);
    const days = new Set(given.map(({ at }) => dateAt(at, grace.settings.timeZone)));
    const kept: string[] = [];
    for (const day of days) {
      const { showings, others } = await seenOn(kent.deps, grace, channel, false, day);
      for (const { data, until } of [...showings, ...others]) {
        if (dateAt(data.from, grace.settings.timeZone) !== day) continue;
        const page = await kent.store.read(year, 'digest-page', pageId(data.digest, data.fingerprint, 1));
        const told = given.findIndex(({ at, digest, content }) => {
          const isIt = at === data.from && digest === data.digest;
          return (
            isIt && JSON.stringify(content) === JSON.stringify(digestContentSchema.parse(page!.data.content))
          );
        });
        const next = given.slice(told + 1).find(({ content }) => content.period === data.period);
        expect(until).toBe(next?.at ?? null);
        kept.push(JSON.stringify([data.from, data.digest, digestContentSchema.parse(page!.data.content)]));
      }
    }
    const told = given.map(({ at, digest, content }) => JSON.stringify([at, digest, content]));
    expect(kept.sort()).toEqual(told.sort());
  }
}

test('whatever is set, given and asked, whoever dies and however many work: one post a time, the truth, and all of it kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 30 }), async (story) => {
      const posting = await openPosting();
      try {
        await posting.connect('highways');
        await posting.connect('scrutiny', 'scrutiny');
        await play(posting, story);
      } finally {
        await posting.close();
      }
    }),
    { numRuns: runs, interruptAfterTimeLimit: runs * 2_000 },
  );
}, 600_000);
