import fc from 'fast-check';
import { addDays } from '../../src/domain/days.ts';
import { isDayOff } from '../../src/domain/days-off.ts';
import { readSchedule } from '../../src/domain/read-schedule.ts';
import { type ScheduleRule, sameRule } from '../../src/domain/schedule.ts';
import { readScheduleForm, typedFor } from '../../src/domain/schedule-form.ts';
import { instantAt, momentsBetween, nextMoments, quartersOf } from '../../src/domain/schedule-moments.ts';
import { rulesAsTyped, sayMoment } from '../../src/domain/schedule-words.ts';
import { sayTimeOfDay } from '../../src/domain/time-of-day.ts';
import { council } from './examples.ts';

const today = '2009-10-14';
const read = (text: string) => {
  const result = readSchedule(text, today);
  return result.ok ? rulesAsTyped(result.rules) : result.sentence;
};

describe('when a digest is posted, in words', () => {
  test.each([
    ['every friday at 9', 'every friday at 9am'],
    ['mondays 8.30', 'every monday at 8.30am'],
    ['Mondays 9', 'every monday at 9am'],
    ['first working day at 10am', 'first working day at 10am'],
    ['on the first working day of each month at 10', 'first working day at 10am'],
    ['on 14 October 2009 at 2pm', 'on 14 October 2009 at 2pm'],
    ['14.10.2009 at 14:15', 'on 14 October 2009 at 2.15pm'],
    ['Friday, 16 October 2009 at 2pm', 'on 16 October 2009 at 2pm'],
    ['on 3 March at 9', 'on 3 March 2010 at 9am'],
    ['tomorrow at midday', 'on 15 October 2009 at midday'],
    ['at due and at lock', 'at due at 9am and at lock at 9am'],
    ['at due and at lock at 10am', 'at due at 10am and at lock at 10am'],
    ['mondays and fridays at 8.30', 'every monday at 8.30am and every friday at 8.30am'],
    ['9am every friday', 'every friday at 9am'],
    ['every friday at 9 o’clock.', 'every friday at 9am'],
    ['first working day at 9.30 a.m.', 'first working day at 9.30am'],
    ['at due, at due and at due', 'at due at 9am'],
    ['off', 'off'],
    ['None', 'off'],
  ])('%s', (text, meant) => expect(read(text)).toBe(meant));

  test.each([
    ['every friday at 3', '3am or 3pm'],
    ['every friday at 25', 'There is no 25'],
    ['every friday at 9.75', 'the minutes go to 59'],
    ['on 31 February 2010 at 9', 'There is no 31 February 2010'],
    ['on 13 October 2009 at 9', '13 October 2009 has passed'],
    ['whenever it suits', 'I can’t read “whenever it suits”'],
    ['weekly', 'I can’t read “weekly”'],
    ['every day at 9', 'I can’t read'],
    ['every friday at 9 or maybe not', 'I can’t read'],
    ['', 'Write when the digest is posted'],
  ])('“%s” is asked about, with examples', (text, why) => {
    expect(read(text)).toContain(why);
    expect(read(text)).toContain('“every friday at 9”');
  });

  test('what is longer than any schedule is not tried, not even for the marks at its end', () => {
    expect(read('off!!!')).toBe('off');
    expect(read(`off${'!'.repeat(400)}`)).toContain('I can’t read “off!!!');
  });

  test('anything at all is read or asked about, in no time', () => {
    const words = fc.constantFrom('every', 'friday', 'at', '9', '9am', 'and', ',', 'due', 'lock', 'on', '14');
    const texts = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.array(words, { maxLength: 60 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = readSchedule(text, today);
        if (!result.ok) expect(result.sentence).toMatch(/[.”]$/);
        else expect(result.rules.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 500 },
    );
  });
});

const times = fc
  .record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const dates = fc.nat({ max: 500 }).map((days) => addDays(today, days));
const anyRule: fc.Arbitrary<ScheduleRule> = fc.oneof(
  fc.record({ on: fc.constantFrom('due' as const, 'lock' as const, 'month' as const), time: times }),
  fc.record({ on: fc.constant('weekday' as const), weekday: fc.integer({ min: 1, max: 7 }), time: times }),
  fc.record({ on: fc.constant('date' as const), date: dates, time: times }),
);
const anyRules = fc.uniqueArray(anyRule, { minLength: 1, maxLength: 6, comparator: sameRule });

test('what is said back can be typed again and means the same', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      expect(readSchedule(rulesAsTyped(rules), today)).toEqual({ ok: true, rules });
    }),
    { numRuns: 500 },
  );
});

test('the form shows what is set, and sent back unchanged sets the same', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const again = readScheduleForm(typedFor(rules), today);
      expect(again.ok && [...again.rules].sort(inOrder)).toEqual([...rules].sort(inOrder));
    }),
    { numRuns: 500 },
  );
});
const inOrder = (a: ScheduleRule, b: ScheduleRule) => (rulesAsTyped([a]) < rulesAsTyped([b]) ? -1 : 1);

test.each([
  [{}, 'Choose when'],
  [{ when: 'weekday', time: '09:00' }, 'which day of the week'],
  [{ when: 'date', time: '09:00' }, 'day on which it is posted once'],
  [{ when: 'date', date: '2009-10-13', time: '09:00' }, 'has passed'],
  [{ when: 'due', time: 'nine' }, 'isn’t a time'],
  [{ when: 'due', words: 'banana' }, '“banana”'],
])('a form with %j is asked about', (typed, why) => {
  const result = readScheduleForm(typed, today);
  expect(result.ok ? '' : result.sentence).toContain(why);
});

const calendar = { ...council.calendar, lockAfterDays: 45 };
const settings = ['2008/09', '2009/10', '2010/11'].map((year) => ({ ...council, year, calendar }));
const quarters = quartersOf(settings);
const zone = 'Europe/London';
const at = (text: string) => new Date(text).toISOString();
const next = (words: string, after: string, most = 3) => {
  const result = readSchedule(words, after.slice(0, 10));
  if (!result.ok) throw new Error(result.sentence);
  return nextMoments(result.rules, quarters, zone, at(after), most);
};
const said = (words: string, after: string, most = 3) => next(words, after, most).map(sayMoment);

describe('the times at which it is posted', () => {
  test('at due: the first working day after, so that the due day counts in full', () =>
    // Due on Wednesday 21 October; Quarter 3 on Thursday 21 January.
    expect(said('at due', '2009-10-14', 2)).toEqual([
      'Thursday 22 October 2009 at 9am',
      'Friday 22 January 2010 at 9am',
    ]));

  test('at lock: the first working day after the lock day', () =>
    // Locked after Saturday 14 November.
    expect(said('at lock', '2009-10-14', 1)).toEqual(['Monday 16 November 2009 at 9am']));

  test('weekly, and only while a quarter’s figures can be given', () =>
    expect(said('every friday at 9', '2009-11-01')).toEqual([
      'Friday 6 November 2009 at 9am',
      'Friday 13 November 2009 at 9am',
      'Monday 4 January 2010 at 9am, because Friday 1 January 2010 is a day off',
    ]));

  test('a bank holiday moves it to the next working day, and it says so', () =>
    expect(said('every friday at 9', '2009-04-05', 2)).toEqual([
      'Tuesday 14 April 2009 at 9am, because Friday 10 April 2009 is a day off',
      'Friday 17 April 2009 at 9am',
    ]));

  test('the first working day of a month', () =>
    expect(said('first working day at 10am', '2009-10-14')).toEqual([
      'Monday 2 November 2009 at 10am',
      'Tuesday 1 December 2009 at 10am',
      'Monday 4 January 2010 at 10am',
    ]));

  test('once', () => {
    expect(said('on 14 October 2009 at 2pm', '2009-10-14T12:59:00Z')).toEqual([
      'Wednesday 14 October 2009 at 2pm',
    ]);
    expect(said('on 14 October 2009 at 2pm', '2009-10-14T13:00:00Z')).toEqual([]);
  });

  test('nine is nine before and after the clocks go back', () =>
    expect(next('every friday at 9', '2009-10-20', 2).map((moment) => moment.at)).toEqual([
      '2009-10-23T08:00:00.000Z',
      '2009-10-30T09:00:00.000Z',
    ]));

  test('a time that comes twice is one time, and one that is skipped is still one', () => {
    expect(instantAt('2009-10-25', '01:30', zone)).toBe('2009-10-25T00:30:00.000Z');
    expect(instantAt('2010-03-28', '01:30', zone)).toBe('2010-03-28T01:30:00.000Z');
  });

  test('two rules for the same moment make one post', () =>
    expect(next('at due and every thursday at 9', '2009-10-20', 2).map(({ on, date }) => [on, date])).toEqual(
      [
        ['due', '2009-10-22'],
        ['weekday', '2009-10-29'],
      ],
    ));
});

test('whatever the rules: never on a day off, in order, none twice, and no gap where one stretch meets the next', () => {
  const instants = fc
    .nat({ max: 700 * 24 })
    .map((hours) => new Date(Date.parse('2009-02-01T00:00:00Z') + hours * 3_600_000).toISOString());
  const three = fc.tuple(instants, instants, instants).map((some) => some.sort());
  fc.assert(
    fc.property(anyRules, three, (rules, [from, middle, to]) => {
      const all = momentsBetween(rules, quarters, zone, from!, to!);
      for (const moment of all) {
        expect(isDayOff(moment.date, calendar)).toBe(false);
        expect(from! < moment.at && moment.at <= to!).toBe(true);
        expect(instantAt(moment.date, moment.time, zone)).toBe(moment.at);
      }
      expect(all.map((moment) => moment.at)).toEqual(all.map((moment) => moment.at).sort());
      const keys = all.map((moment) => `${moment.at} ${moment.period.key}`);
      expect(new Set(keys).size).toBe(keys.length);
      const parts = [
        ...momentsBetween(rules, quarters, zone, from!, middle!),
        ...momentsBetween(rules, quarters, zone, middle!, to!),
      ];
      expect(parts).toEqual(all);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['09:00', '9am'],
  ['08:30', '8.30am'],
  ['12:00', 'midday'],
  ['00:00', 'midnight'],
  ['14:15', '2.15pm'],
])('%s is %s', (time, words) => expect(sayTimeOfDay(time)).toBe(words));
