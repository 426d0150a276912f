import fc from 'fast-check';
import { parseDate } from '../../src/domain/dates.ts';
import { addDays, isIsoDate, longDate } from '../../src/domain/days.ts';

test.each([
  '2009-09-30',
  '2009-09-30T00:00:00Z',
  '30/9/2009',
  '30/09/09',
  '30.9.2009',
  '30-9-2009',
  '30 9 2009',
  '30 September 2009',
  '30 SEPTEMBER 2009',
  '30th Sept 2009',
  '30 Sep 09',
  '30-Sep-09',
  '30th of September, 2009',
  'Wednesday 30 September 2009',
  'September 30, 2009',
  ' 30\u00a0September\u2009\u202f2009 ',
])('%j is 30 September 2009', (text) => {
  expect(parseDate(text)).toEqual({ ok: true, value: '2009-09-30' });
});

test.each([
  ['31 February 2010', 'There is no 31 February 2010: the month has 28 days. Type the date again.'],
  ['2010-02-31', 'There is no 31 February 2010'],
  ['29/2/2010', 'There is no 29 February 2010'],
  ['0/1/2010', 'There is no 0 January 2010'],
  ['9/30/2009', 'There is no month 30. Type the day first'],
  ['2009-13-01', 'There is no month 13'],
  ['2009-00-01', 'There is no month 0'],
  ['30 September', '“30 September” has no year'],
  ['30/9', 'has no year'],
  ['40086', 'is a number, not a date'],
  ['30/9/1066', 'Check the year 1066'],
  ['30/9/20090', 'isn’t a date'],
  ['30 Septober 2009', 'isn’t a date'],
  ['30 marzo 2009', 'isn’t a date'],
  ['soon', 'isn’t a date that I can read. Type it like 30 September 2009.'],
  ['', 'Type a date'],
])('%j is asked about', (text, part) => {
  const read = parseDate(text);
  expect(read.ok ? read.value : read.sentence).toContain(part);
});

test('no text makes it fail, and what it reads is a date', () => {
  const dateLike = fc.string({
    unit: fc.constantFrom(...'0123456789/-. thsepmayof'.split('')),
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.oneof(dateLike, fc.string({ unit: 'binary' })), (text) => {
      const read = parseDate(text);
      if (read.ok) expect(isIsoDate(read.value)).toBe(true);
      else expect(read.sentence).toMatch(/\.$/);
    }),
    { numRuns: 2000 },
  );
});

test('a date as cards show it can be typed back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 36_000 }), (days) => {
      const date = addDays('2000-01-01', days);
      expect(parseDate(longDate(date))).toEqual({ ok: true, value: date });
    }),
  );
});
