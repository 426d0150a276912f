import fc from 'fast-check';
import { datesOf } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff, workingDayFrom } from '../../src/domain/days-off.ts';
import { dateAt, hourAt } from '../../src/domain/local-time.ts';
import { periodsOf } from '../../src/domain/periods.ts';
import { askPeople } from '../../src/usecases/ask-people.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
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
      case 'hours':
        instant += happens.hours * 3_600_000;
    }
  }
  return workers.taken;
}

test('whatever happens: one message a day at most, in the council’s hours, on a working day, never of what is given', async () => {
  await fc.assert(
    fc.asyncProperty(calendars, stories, async (calendar, story) => {
      const council = await openSmallCouncil(managers, calendar);
      try {
        const taken = await play(council, story);
        const { calendar: used } = council.settings;
        const days = taken.map(({ to, at }) => `${to} ${dateAt(at, london)}`);
        expect(new Set(days).size).toBe(days.length);
        for (const { at, items, entries, given } of taken) {
          expect(isDayOff(dateAt(at, london), used)).toBe(false);
          expect(hourAt(at, london)).toBeGreaterThanOrEqual(used.writeFromHour);
          expect(hourAt(at, london)).toBeLessThan(used.writeUntilHour);
          expect(items.filter((item) => given.has(item))).toEqual([]);
          expect(entries.filter(({ item }) => given.has(item))).toEqual([]);
          expect(items.length).toBeGreaterThan(0);
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
