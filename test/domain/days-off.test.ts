import fc from 'fast-check';
import { datesOf } from '../../src/domain/calendar.ts';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff, workingDayFrom } from '../../src/domain/days-off.ts';
import { hourAt } from '../../src/domain/local-time.ts';
import { periodOf, periodsOf } from '../../src/domain/periods.ts';
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
  ['scotland', 2022, '01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27'],
] as const)('the bank holidays of %s in %d', (nation, year, days) => {
  expect(weekdaysOff(year, nation).map((date) => date.slice(5))).toEqual(days.split(' '));
});

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

test('the hour is the council’s own, in summer and in winter', () => {
  expect(hourAt('2009-07-01T08:30:00Z', 'Europe/London')).toBe(9);
  expect(hourAt('2009-12-01T08:30:00Z', 'Europe/London')).toBe(8);
  expect(hourAt('2009-07-01T23:30:00Z', 'Europe/London')).toBe(0);
});
