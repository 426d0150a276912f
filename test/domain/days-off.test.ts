import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { datesOf } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff, workingDayFrom } from '../../src/domain/days-off.ts';
import { frequencies } from '../../src/domain/frequency.ts';
import { dateAt, hourAt } from '../../src/domain/local-time.ts';
import { formalPointOf, periodOf, periodsOf } from '../../src/domain/periods.ts';
import { council } from './examples.ts';

const { calendar } = council;
const weekdaysOff = (year: number, bankHolidays: typeof calendar.bankHolidays) =>
  Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day)).filter(
    (date) =>
      date.startsWith(`${year}`) &&
      isDayOff(date, { ...calendar, bankHolidays }) &&
      !isDayOff(date, { ...calendar, bankHolidays: 'none' }),
  );

// From gov.uk/bank-holidays and the proclamations of those years.
test.each([
  ['england', 2009, '01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28'],
  ['england', 2010, '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28'],
  ['england', 2011, '01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27'],
  ['england', 2012, '01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26'],
  ['england', 2020, '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
  ['england', 2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
  ['wales', 2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
  ['scotland', 2010, '01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28'],
  ['scotland', 2006, '01-02 01-03 04-14 05-01 05-29 08-07 12-25 12-26'],
  ['scotland', 2007, '01-01 01-02 04-06 05-07 05-28 08-06 11-30 12-25 12-26'],
  ['scotland', 2026, '01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28'],
  ['scotland', 2022, '01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27'],
] as const)('the bank holidays of %s in %d', (nation, year, days) => {
  expect(weekdaysOff(year, nation).map((date) => date.slice(5))).toEqual(days.split(' '));
});

/** Days that were proclaimed for one year, and days that were moved. */
const proclaimed = ['2002-06-03', '2011-04-29', '2012-06-05', '2022-06-03', '2022-09-19', '2023-05-08'];
const earlyMayMoved: Record<number, string> = { 2020: '2020-05-08' };
const springMoved: Record<number, string> = { 2002: '2002-06-04', 2012: '2012-06-04', 2022: '2022-06-02' };

const onWeekday = (date: string) => isDayOff(date, { bankHolidays: 'none', daysOff: [] }) === false;
const mondayFrom = (date: string): string =>
  Temporal.PlainDate.from(date).dayOfWeek === 1 ? date : mondayFrom(addDays(date, 1));

/** Easter Sunday by the anonymous Gregorian computation. */
function easterOf(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-0${month}-${String(day).padStart(2, '0')}`;
}

/** The Banking and Financial Dealings Act 1971, schedule 1, the St Andrew's Day Act 2007 and the proclamations. */
function byLaw(nation: 'england' | 'wales' | 'scotland', year: number): string[] {
  const scotland = nation === 'scotland';
  const fixed = [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`];
  if (scotland) fixed.push(`${year}-01-02`);
  if (scotland && year >= 2007) fixed.push(`${year}-11-30`);
  const days = new Set(fixed.filter(onWeekday));
  for (let day of fixed.filter((date) => !onWeekday(date))) {
    while (!onWeekday(day) || days.has(day)) day = addDays(day, 1);
    days.add(day);
  }
  days.add(addDays(easterOf(year), -2));
  if (!scotland) days.add(addDays(easterOf(year), 1));
  days.add(earlyMayMoved[year] ?? mondayFrom(`${year}-05-01`));
  days.add(springMoved[year] ?? mondayFrom(`${year}-05-25`));
  days.add(mondayFrom(scotland ? `${year}-08-01` : `${year}-08-25`));
  for (const date of proclaimed) if (date.startsWith(`${year}`)) days.add(date);
  if (scotland && year === 2026) days.add('2026-06-15');
  return [...days].sort();
}

test.each(['england', 'wales', 'scotland'] as const)(
  'the bank holidays of %s from 2000 to 2035 are those of the law',
  (nation) => {
    for (let year = 2000; year <= 2035; year++)
      expect([year, weekdaysOff(year, nation)]).toEqual([year, byLaw(nation, year)]);
  },
);

test('a council’s own days off count too', () => {
  const own = { ...calendar, daysOff: ['2009-12-29', '2009-12-30', '2009-12-31'] };
  expect(workingDayFrom('2009-12-25', own)).toBe('2010-01-04');
  expect(workingDayFrom('2009-12-25', calendar)).toBe('2009-12-29');
});

test('a due date on a Sunday is the Monday after, and the others stay', () => {
  expect(datesOf(periodOf('2009/10 M02'), calendar)).toEqual({
    end: '2009-05-31',
    opens: '2009-06-01',
    due: '2009-06-22',
    locks: '2009-07-12',
  });
  expect(datesOf(periodOf('2009/10 Q2'), calendar).due).toBe('2009-10-21');
});

test('no due date is ever on a day off, and none is later than its lock', () => {
  const calendars = fc.record({
    dueAfterDays: fc.nat({ max: 60 }),
    lockAfterDays: fc.nat({ max: 60 }),
    bankHolidays: fc.constantFrom('england', 'wales', 'scotland', 'none'),
  });
  fc.assert(
    fc.property(calendars, fc.integer({ min: 2000, max: 2040 }), (own, start) => {
      const year = `${start}/${String((start + 1) % 100).padStart(2, '0')}`;
      const wanted = { ...calendar, ...own };
      for (const period of periodsOf(year, 'monthly')) {
        const { due, locks } = datesOf(period, wanted);
        expect(isDayOff(due, wanted)).toBe(false);
        expect(due >= addDays(period.end, own.dueAfterDays)).toBe(true);
        expect(locks >= due).toBe(true);
      }
    }),
  );
});

test('each frequency can have delays of its own', () => {
  const own = { ...calendar, frequencies: { monthly: { dueAfterDays: 7, lockAfterDays: 14 } } };
  expect(datesOf(periodOf('2009/10 M06'), own)).toMatchObject({
    opens: '2009-10-01',
    due: '2009-10-07',
    locks: '2009-10-14',
  });
  expect(datesOf(periodOf('2009/10 Q2'), own)).toEqual(datesOf(periodOf('2009/10 Q2'), calendar));
});

test('the mid-term point is the end of September and the end-of-year point the end of March, for every frequency', () => {
  const formal = frequencies.flatMap((frequency) =>
    periodsOf('2009/10', frequency).flatMap((period) => {
      const point = formalPointOf(period);
      return point ? [`${period.key} ${point}`] : [];
    }),
  );
  expect(formal).toEqual([
    '2009/10 M06 mid-term',
    '2009/10 M12 end-of-year',
    '2009/10 Q2 mid-term',
    '2009/10 Q4 end-of-year',
    '2009/10 T3 end-of-year',
    '2009/10 H1 mid-term',
    '2009/10 H2 end-of-year',
    '2009/10 end-of-year',
  ]);
});

const minutes = fc.integer({ min: -36 * 60, max: 36 * 60 });

test('date and hour are the council’s own around both changes of the clocks, in every year', () => {
  const zones = fc.constantFrom(
    'Europe/London',
    'Europe/Dublin',
    'America/New_York',
    'Pacific/Auckland',
    'UTC',
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 2000, max: 2040 }),
      fc.constantFrom('03', '10', '11', '09', '04'),
      zones,
      minutes,
      (year, month, zone, by) => {
        // The last Sunday of the month, when the clocks of Europe change, and whatever is near it.
        const last = addDays(mondayFrom(`${year}-${month}-24`), -1);
        const instant = Temporal.Instant.from(`${last}T01:00:00Z`).add({ minutes: by });
        const local = instant.toZonedDateTimeISO(zone);
        expect(dateAt(instant.toString(), zone)).toBe(local.toPlainDate().toString());
        expect(hourAt(instant.toString(), zone)).toBe(local.hour);
      },
    ),
    { numRuns: 300 },
  );
});

test('the hour is the council’s own, in summer and in winter', () => {
  expect(hourAt('2009-07-01T08:30:00Z', 'Europe/London')).toBe(9);
  expect(hourAt('2009-12-01T08:30:00Z', 'Europe/London')).toBe(8);
  expect(hourAt('2009-07-01T23:30:00Z', 'Europe/London')).toBe(0);
});
