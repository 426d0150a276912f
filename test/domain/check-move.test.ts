import fc from 'fast-check';
import { datesOf } from '../../src/domain/calendar.ts';
import { checkMove, type MoveTyped, whyFixed } from '../../src/domain/check-move.ts';
import type { CalendarSettings } from '../../src/domain/council.ts';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff } from '../../src/domain/days-off.ts';
import { frequencies } from '../../src/domain/frequency.ts';
import { periodOf, periodsOf } from '../../src/domain/periods.ts';
import { council } from './examples.ts';

const calendar: CalendarSettings = { ...council.calendar, daysOff: ['2009-10-29'] };
const q2 = periodOf('2009/10 Q2');
const q3 = periodOf('2009/10 Q3');
const check = (typed: MoveTyped, period = q2, today = '2009-10-14') =>
  checkMove(period, { reason: 'The survey is late.', ...typed }, calendar, today);

test('the dates of the second quarter are what the tests below take them to be', () => {
  expect(datesOf(q2, calendar)).toMatchObject({ opens: '2009-10-01', due: '2009-10-21' });
});

test('what isn’t given stays', () => {
  const { locks } = datesOf(q2, calendar);
  expect(check({ due: '2009-10-28' })).toEqual({
    ok: true,
    dates: { opens: '2009-10-01', due: '2009-10-28', locks },
    reason: 'The survey is late.',
  });
});

test.each<[string, MoveTyped, keyof MoveTyped, RegExp]>([
  [
    'a lock before the due date',
    { due: '2009-10-28', locks: '2009-10-27' },
    'locks',
    /lock before it is due on 28 October 2009/,
  ],
  ['a due date on a Sunday', { due: '2009-10-25' }, 'due', /closed on 25 October 2009.*26 October 2009/],
  ['a due date on the council’s own day off', { due: '2009-10-29' }, 'due', /closed on 29 October 2009/],
  ['a due date that is past', { due: '2009-10-13' }, 'due', /That day is over/],
  ['a lock that is past', { due: '2009-10-14', locks: '2009-10-13' }, 'locks', /over/],
  ['another opening of what has opened', { opens: '2009-10-15' }, 'opens', /opened on 1 October 2009/],
  ['what is no date', { due: '31 October' }, 'due', /2009-10-28/],
  ['a day that isn’t on the calendar', { due: '2009-11-31' }, 'due', /2009-10-28/],
  ['no reason', { due: '2009-10-28', reason: '  ' }, 'reason', /Say why/],
  ['a reason of many pages', { due: '2009-10-28', reason: 'x'.repeat(1001) }, 'reason', /at most 1000/],
  ['the same dates again', { due: '2009-10-21' }, 'due', /already/],
  ['a lock years away', { locks: '2012-10-28' }, 'locks', /up to 4 November 2010/],
])('%s is refused', (_, typed, field, sentence) => {
  const checked = check(typed);
  expect(checked.ok ? {} : checked.faults).toEqual({ [field]: expect.stringMatching(sentence) });
});

test.each<[string, MoveTyped, keyof MoveTyped, RegExp]>([
  ['an opening on a bank holiday', { opens: '2010-01-01', due: '2010-01-25' }, 'opens', /^$/],
  ['an opening on a Saturday', { opens: '2010-01-09' }, 'opens', /closed on 9 January 2010/],
  ['an opening before the period ends', { opens: '2009-12-30' }, 'opens', /ends on 31 December 2009/],
  [
    'a due date before the opening',
    { opens: '2010-01-12', due: '2010-01-11' },
    'due',
    /before it opens on 12 January 2010/,
  ],
])('of a period still to open %s', (_, typed, field, sentence) => {
  const checked = check(typed, q3);
  // An opening that the calendar has on a day off already stays where it is.
  if (sentence.source === '^$') expect(checked.ok).toBe(true);
  else expect(checked.ok ? {} : checked.faults).toEqual({ [field]: expect.stringMatching(sentence) });
});

test('a period can be moved until the day on which it locks', () => {
  const { locks } = datesOf(q2, calendar);
  expect(whyFixed(q2, calendar, locks)).toBeNull();
  expect(whyFixed(q2, calendar, addDays(locks, 1))).toMatch(/Quarter 2 2009\/10 .* was locked after/);
});

test('whatever is typed: a move that is accepted has its dates in order and on working days, and moves one period alone', () => {
  const dates = fc.option(fc.integer({ min: -40, max: 120 }), { nil: undefined });
  const periods = fc.constantFrom(...frequencies.flatMap((frequency) => periodsOf('2009/10', frequency)));
  const nations = fc.constantFrom('england' as const, 'wales' as const, 'scotland' as const, 'none' as const);
  let accepted = 0;
  fc.assert(
    fc.property(
      periods,
      nations,
      dates,
      dates,
      dates,
      fc.integer({ min: -60, max: 60 }),
      (period, bankHolidays, o, d, l, t) => {
        const own = { ...calendar, bankHolidays };
        const on = (days: number | undefined) => (days === undefined ? '' : addDays(period.end, days));
        const today = addDays(period.end, t);
        const typed = { opens: on(o), due: on(d), locks: on(l), reason: 'Because.' };
        const checked = checkMove(period, typed, own, today);
        if (!checked.ok) return;
        accepted += 1;
        const before = datesOf(period, own);
        const { opens, due, locks } = checked.dates;
        expect([opens, due, locks].toSorted()).toEqual([opens, due, locks]);
        expect(opens >= period.end).toBe(true);
        expect(isDayOff(due, own)).toBe(false);
        if (opens !== before.opens) expect(isDayOff(opens, own)).toBe(false);
        if (before.opens <= today) expect(opens).toBe(before.opens);
        const move = { number: 1, ...checked.dates, reason: 'Because.', by: null, at: '', was: before };
        const moved = { ...own, moves: { [period.key]: move } };
        expect(datesOf(period, moved)).toEqual({ end: period.end, opens, due, locks });
        for (const other of frequencies.flatMap((frequency) => periodsOf('2009/10', frequency)))
          if (other.key !== period.key) expect(datesOf(other, moved)).toEqual(datesOf(other, own));
      },
    ),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(20);
});
