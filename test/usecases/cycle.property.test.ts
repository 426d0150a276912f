import fc from 'fast-check';
import { datesOf } from '../../src/domain/calendar.ts';
import type { MovedDates } from '../../src/domain/check-move.ts';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff, workingDayFrom } from '../../src/domain/days-off.ts';
import { Refused } from '../../src/domain/errors.ts';
import { dateAt, hourAt } from '../../src/domain/local-time.ts';
import { periodOf, periodsOf } from '../../src/domain/periods.ts';
import { askPeople } from '../../src/usecases/ask-people.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { movePeriodIn } from '../../src/usecases/move-period.ts';
import { openYear } from '../../src/usecases/session.ts';
import { cycleWorkers, type Taken } from '../support/cycle-worker.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

const managers = ['ann', 'bob', 'cid'];
const who = fc.constantFrom(...managers);
const london = 'Europe/London';

/** What may happen on a day, in any order and at any hour. */
const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ does: fc.constant('rounds' as const), instances: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('deliver' as const),
      instances: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('give' as const),
      who,
      quarterly: fc.boolean(),
      nth: fc.nat({ max: 11 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('reminders' as const), who, to: fc.constantFrom('on', 'off') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('snooze' as const),
      who,
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('deputy' as const),
      who,
      deputy: who,
      days: fc.nat({ max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('installs' as const), who, is: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('move' as const),
      nth: fc.nat({ max: 20 }),
      opens: fc.nat({ max: 10 }),
      due: fc.nat({ max: 20 }),
      locks: fc.nat({ max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('loads' as const), who, quarterly: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('crash' as const),
      writes: fc.integer({ min: 1, max: 4 }),
      kept: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ does: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 20 }) }),
  },
);
const stories = fc.array(event, { minLength: 60, maxLength: 300, size: 'max' });

const calendars = fc.record({
  dueAfterDays: fc.integer({ min: 3, max: 30 }),
  lockAfterDays: fc.integer({ min: 30, max: 60 }),
  remindBeforeDays: fc.array(fc.nat({ max: 14 }), { maxLength: 3 }),
  chaseEveryDays: fc.integer({ min: 1, max: 14 }),
  tellHeadAfterDays: fc.nat({ max: 14 }),
  bankHolidays: fc.constantFrom('england' as const, 'scotland' as const, 'none' as const),
  daysOff: fc.constantFrom<string[]>([], ['2009-05-05', '2009-05-06']),
  writeFromHour: fc.integer({ min: 0, max: 10 }),
  writeUntilHour: fc.integer({ min: 12, max: 24 }),
});

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

async function play(council: SmallCouncil, story: readonly Event[]) {
  const workers = cycleWorkers(council);
  let instant = Date.parse('2009-05-01T06:00:00Z');
  const installed = (id: string) => ({ id: `chat-${id}`, serviceUrl: 'http://127.0.0.1/' });
  for (const happens of story) {
    instant += 1000;
    council.setNow(new Date(instant).toISOString());
    const today = dateAt(council.deps.now(tenant), london);
    switch (happens.does) {
      case 'rounds':
        await Promise.all(
          Array.from({ length: happens.instances }, () => askPeople(council.deps, tenant, 'test')),
        );
        break;
      case 'deliver':
        await Promise.all(
          Array.from({ length: happens.instances }, (_, at) => workers.deliver(`worker-${at}`)),
        );
        break;
      case 'give': {
        const frequency = happens.quarterly ? 'quarterly' : 'monthly';
        const periods = periodsOf('2009/10', frequency);
        await council.give(`${happens.who}-${frequency}`, periods[happens.nth % periods.length]!.key);
        break;
      }
      case 'reminders':
        await council.amend(happens.who, { reminders: happens.to as 'on' | 'off' });
        break;
      case 'snooze':
        await council.amend(happens.who, { snoozedUntil: addDays(today, happens.days) });
        break;
      case 'deputy': {
        const deputy = { person: happens.deputy, from: today, to: addDays(today, happens.days) };
        await council.amend(happens.who, { deputy });
        break;
      }
      case 'installs':
        await council.amend(happens.who, { conversation: happens.is ? installed(happens.who) : null });
        break;
      case 'move':
        await moveSomething(council, today, happens);
        break;
      case 'loads': {
        const frequency = happens.quarterly ? 'quarterly' : 'monthly';
        await council.load(`${happens.who}-${frequency}-new`, happens.who, frequency);
        break;
      }
      case 'crash':
        await askPeople(dyingAfter(council.deps, happens.writes, happens.kept), tenant, 'test').catch(died);
        break;
      case 'hours':
        instant += happens.hours * 3_600_000;
    }
  }
  return { ...workers, instant };
}

type Settings = SmallCouncil['settings'];
const settingsNow = async ({ deps }: SmallCouncil): Promise<Settings> =>
  (await deps.store.read({ tenant, year: '2009/10' }, 'settings', 'settings'))!.data;

/** An officer moves a period that is open or about to be, to days that may or may not do. */
async function moveSomething(
  council: SmallCouncil,
  today: string,
  { nth, opens, due, locks }: { nth: number; opens: number; due: number; locks: number },
): Promise<void> {
  const { calendar } = await settingsNow(council);
  const near = [...periodsOf('2009/10', 'monthly'), ...periodsOf('2009/10', 'quarterly')].filter((period) => {
    const dates = datesOf(period, calendar);
    return dates.opens <= addDays(today, 20) && today <= dates.locks;
  });
  if (near.length === 0) return;
  const period = near[nth % near.length]!;
  const isOpen = datesOf(period, calendar).opens <= today;
  const dueOn = workingDayFrom(addDays(today, due), calendar);
  const typed = {
    ...(isOpen ? {} : { opens: addDays(today, opens) }),
    due: dueOn,
    locks: addDays(dueOn, locks),
    reason: `Because of ${nth}.`,
  };
  const open = await openYear(council.deps, tenant, 'test');
  await movePeriodIn(council.deps, open, period.key, typed).catch((error) => {
    if (!(error instanceof Refused)) throw error;
  });
}

/** A process that dies at one of its writes, before it is kept or after. */
function dyingAfter(deps: Deps, writes: number, kept: boolean): Deps {
  let left = writes;
  const write: Deps['store']['write'] = async (...given) => {
    left -= 1;
    if (left === 0 && !kept) throw new Death();
    const written = await deps.store.write(...given);
    if (left === 0) throw new Death();
    return written;
  };
  return { ...deps, store: { ...deps.store, write } };
}
class Death extends Error {}
const died = (error: unknown) => {
  if (!(error instanceof Death)) throw error;
};

/**
 * Holds what each message says of moved periods against what its reader had in mind: new dates that differ, from
 * those they were told last, each move once at most. Gives what everyone has in mind in the end.
 */
function minds(taken: readonly Taken[]) {
  const inMind = new Map<string, MovedDates>();
  const told = new Set<string>();
  for (const { to, moves } of taken) {
    for (const { period, was, now, move } of moves) {
      const mind = `${to} ${period.key}`;
      expect(was).toMatchObject(inMind.get(mind) ?? move.was);
      expect(now).not.toEqual(was);
      expect(told.has(`${mind} ${move.number}`)).toBe(false);
      told.add(`${mind} ${move.number}`);
      inMind.set(mind, now);
    }
  }
  return inMind;
}

/** Whoever has something in a period: its frequency's managers, their deputies of the day, the head of service. */
async function concernedBy(council: SmallCouncil, frequency: string, today: string): Promise<string[]> {
  const managers = council.kpis
    .filter((kpi) => kpi.frequency === frequency)
    .map(({ accountableManager }) => accountableManager!);
  const people = await council.deps.store.list({ tenant, year: null }, 'person');
  const deputies = people.flatMap(({ data: { id, deputy } }) =>
    managers.includes(id) && deputy && deputy.from <= today && today <= deputy.to ? [deputy.person] : [],
  );
  return [...new Set([...managers, ...deputies, 'head'])];
}

/** A quiet week in which everyone can be reached and every message gets through. */
async function quietWeek(council: SmallCouncil, workers: ReturnType<typeof cycleWorkers>, from: number) {
  const at = (id: string) => ({ conversation: { id: `chat-${id}`, serviceUrl: 'http://127.0.0.1/' } });
  for (const id of managers) await council.amend(id, at(id));
  let day = dateAt(new Date(from).toISOString(), london);
  for (let days = 0; days < 8; days++) {
    day = addDays(day, 1);
    council.setNow(`${day}T10:00:00Z`);
    await askPeople(council.deps, tenant, 'test');
    while ((await workers.deliver()) > 0);
  }
  return day;
}

test('whatever happens: one message a day at most, in the council’s hours, on a working day, never of what is given, by the newest dates', async () => {
  await fc.assert(
    fc.asyncProperty(calendars, stories, async (calendar, story) => {
      const council = await openSmallCouncil(managers, calendar);
      try {
        const { instant, ...workers } = await play(council, story);
        const today = await quietWeek(council, workers, instant);
        const { taken } = workers;
        const { calendar: used } = await settingsNow(council);
        const days = taken.map(({ to, at }) => `${to} ${dateAt(at, london)}`);
        expect(new Set(days).size).toBe(days.length);
        for (const { at, items, entries, given, moves, dues } of taken) {
          expect(isDayOff(dateAt(at, london), used)).toBe(false);
          expect(hourAt(at, london)).toBeGreaterThanOrEqual(used.writeFromHour);
          expect(hourAt(at, london)).toBeLessThan(used.writeUntilHour);
          expect(items.filter((item) => given.has(item))).toEqual([]);
          expect(entries.filter(({ item }) => given.has(item))).toEqual([]);
          expect(items.length + moves.length).toBeGreaterThan(0);
          const day = dateAt(at, london);
          for (const { why, item } of entries) {
            if (why === 'chase' || why === 'tell') expect(dues[item]! < day).toBe(true);
            if (why === 'remind') expect(dues[item]! >= day).toBe(true);
          }
        }
        const inMind = minds(taken);
        for (const [key, { was }] of Object.entries(used.moves ?? {})) {
          const { opens, due, locks } = datesOf(periodOf(key), used);
          if (today > locks) continue;
          for (const person of await concernedBy(council, periodOf(key).frequency, today)) {
            const mind = inMind.get(`chat-${person} ${key}`) ?? was;
            expect([person, key, mind]).toEqual([person, key, { opens, due, locks }]);
          }
        }
      } finally {
        await council.close();
      }
    }),
    { numRuns: 40 },
  );
}, 180_000);

test('everyone with something missing is asked on the first working day on which it is open', async () => {
  await fc.assert(
    fc.asyncProperty(
      calendars,
      fc.array(fc.record({ who, quarterly: fc.boolean(), nth: fc.nat({ max: 11 }) }), { maxLength: 10 }),
      fc.integer({ min: 20, max: 100 }),
      async (calendar, early, length) => {
        const council = await openSmallCouncil(managers, calendar);
        try {
          const { calendar: used } = council.settings;
          const workers = cycleWorkers(council);
          for (const { who: whose, quarterly, nth } of early) {
            const frequency = quarterly ? 'quarterly' : 'monthly';
            const periods = periodsOf('2009/10', frequency);
            await council.give(`${whose}-${frequency}`, periods[nth % periods.length]!.key);
          }
          const first = '2009-04-30';
          for (let day = 0; day < length; day++) {
            council.setNow(`${addDays(first, day)}T10:00:00Z`);
            await askPeople(council.deps, tenant, 'test');
            while ((await workers.deliver()) > 0);
          }
          const last = addDays(first, length - 1);
          const given = await council.given();
          for (const kpi of council.kpis) {
            for (const period of periodsOf('2009/10', kpi.frequency)) {
              const id = `kpi/${kpi.ref}@${period.key}`;
              const opening = workingDayFrom(datesOf(period, used).opens, used);
              const opened = workers.taken.filter(({ entries }) =>
                entries.some(({ item, why }) => item === id && why === 'opens'),
              );
              const wanted = !given.has(id) && opening <= last;
              expect([id, opened.map(({ to, at }) => `${to} ${at.slice(0, 10)}`)]).toEqual([
                id,
                wanted ? [`chat-${kpi.accountableManager} ${opening}`] : [],
              ]);
            }
          }
        } finally {
          await council.close();
        }
      },
    ),
    { numRuns: 15 },
  );
}, 180_000);
