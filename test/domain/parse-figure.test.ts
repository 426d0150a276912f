import fc from 'fast-check';
import { Big, decimalText } from '../../src/domain/decimal.ts';
import { formatFigure, parseFigure } from '../../src/domain/figures.ts';
import { plainUnits, type Unit } from '../../src/domain/kpi.ts';

const units: Unit[] = [...plainUnits, 'rate:1000', 'rate:100000'];
const anyUnit = fc.constantFrom(...units);

const sentenceFor = (text: string, unit: Unit): string => {
  const read = parseFigure(text, unit);
  return read.ok ? `read as ${read.value}` : read.sentence;
};

describe('what people type is understood', () => {
  const understood: [string, Unit, string][] = [
    ['91.2', 'percent', '91.2'],
    ['91.20', 'percent', '91.2'],
    ['12.5%', 'percent', '12.5'],
    ['12.5 %', 'percent', '12.5'],
    ['12.5 per cent', 'percent', '12.5'],
    ['115%', 'percent', '115'],
    ['-3.5%', 'percent', '-3.5'],
    ['1,234.5', 'number', '1234.5'],
    ['1 234', 'number', '1234'],
    ['1\u00a0234\u2009567', 'number', '1234567'],
    ['  42  ', 'number', '42'],
    ['+42', 'number', '42'],
    ['007', 'number', '7'],
    ['.5', 'number', '0.5'],
    ['5.', 'number', '5'],
    ['\u221212', 'number', '-12'],
    ['-0', 'number', '0'],
    ['１２．５', 'number', '12.5'],
    ['12\u200b5', 'number', '125'],
    ['(450)', 'number', '-450'],
    ['3.2m', 'number', '3200000'],
    ['123456789012.345', 'number', '123456789012.345'],
    ['£3.2m', 'gbp', '3200000'],
    ['£3.2 million', 'gbp', '3200000'],
    ['£450k', 'gbp', '450000'],
    ['1.1bn', 'gbp', '1100000000'],
    ['£1,234.56', 'gbp', '1234.56'],
    ['￡ 99', 'gbp', '99'],
    ['-£450', 'gbp', '-450'],
    ['£-450', 'gbp', '-450'],
    ['(£450.50)', 'gbp', '-450.5'],
    ['£(450)', 'gbp', '-450'],
    ['4', 'days', '4'],
    ['4.5 days', 'days', '4.5'],
    ['21 working days', 'days', '21'],
    ['4:30', 'hours', '4.5'],
    ['4:30', 'minutes', '4.5'],
    ['4:30', 'seconds', '270'],
    ['1:04:30', 'minutes', '64.5'],
    ['1:04:30', 'seconds', '3870'],
    ['4:20', 'hours', '4.3333333333'],
    ['4 hours 30 minutes', 'hours', '4.5'],
    ['4h30m', 'hours', '4.5'],
    ['4 hrs and 30 mins', 'hours', '4.5'],
    ['90 minutes', 'hours', '1.5'],
    ['2 min', 'seconds', '120'],
    ['12.5 per 1,000', 'rate:1000', '12.5'],
    ['12.5/1000', 'rate:1000', '12.5'],
    ['12.5', 'rate:1000', '12.5'],
    ['3.2:1', 'ratio', '3.2'],
    ['3.2', 'ratio', '3.2'],
    ['Yes', 'yes-no', '1'],
    ['n', 'yes-no', '0'],
  ];
  test.each(understood)('%j in %s is %s', (text, unit, value) => {
    expect(parseFigure(text, unit)).toEqual({ ok: true, value });
  });
});

describe('what can be read in two ways, or in none, gets a sentence that says what to type', () => {
  const asked: [string, Unit, string][] = [
    ['12,5', 'percent', 'Do you mean 12.5 or 125? Type “12,5” again without the comma.'],
    ['1,23', 'number', 'Do you mean 1.23 or 123? Type “1,23” again without the comma.'],
    ['0,123', 'number', 'Do you mean 0.123 or 123? Type “0,123” again without the comma.'],
    [
      '1,23,456',
      'number',
      'aren’t between thousands. Check the number and type it without commas, for example 123456.',
    ],
    ['1.234,5', 'number', 'Use commas for thousands and a point for decimals.'],
    ['12..5', 'percent', 'has more than one decimal point'],
    ['1.2.3', 'percent', 'has more than one decimal point'],
    ['12 5', 'number', 'has a space in it'],
    ['12. 5', 'number', 'has a space after the point'],
    ['abc', 'percent', '“abc” isn’t a number. Type a percentage, for example 91.2.'],
    ['about 90', 'percent', 'isn’t a number'],
    ['12-5', 'number', 'isn’t a number'],
    ['1e999', 'number', 'in full, with all its digits'],
    ['1e5', 'number', 'in full, with all its digits'],
    ['NaN', 'number', 'isn’t a number'],
    ['Infinity', 'number', 'isn’t a number'],
    ['-Infinity', 'number', 'isn’t a number'],
    ['0x1F', 'number', 'isn’t a number'],
    ['５²', 'number', 'isn’t a number'],
    ['1234567890123456', 'number', 'has more than 15 digits'],
    ['0.1234567890123456789', 'number', 'has more than 18 decimal places'],
    ['999999999999999m', 'number', 'too large'],
    ['4000', 'percent', '4000% is beyond what a percentage can be here'],
    ['-101', 'percent', '-101% is beyond'],
    ['1,234', 'percent', '1234% is beyond'],
    ['12.5%', 'number', 'This figure isn’t a percentage'],
    ['£12', 'percent', 'This figure isn’t an amount of money'],
    ['-4', 'days', 'can’t be below zero'],
    ['-4:30', 'hours', 'can’t be below zero'],
    ['(-450)', 'gbp', 'both brackets and a sign'],
    ['--5', 'number', 'isn’t a number'],
    ['4:75', 'hours', 'more than 59'],
    ['4:30', 'days', 'reads as a time of day'],
    ['4:30', 'percent', 'isn’t a number'],
    ['2 days', 'hours', 'isn’t a number'],
    ['1:3', 'ratio', 'as one number'],
    ['12.5 per 100', 'rate:1000', 'isn’t a number'],
    ['3.2m', 'percent', 'isn’t a number'],
    ['maybe', 'yes-no', 'Type Yes or No.'],
    ['', 'gbp', 'Type an amount in pounds, for example 3,200,000 or £3.2m.'],
    ['   ', 'hours', 'Type the number of hours, for example 4.5 or 4:30.'],
    ['.', 'number', 'isn’t a number'],
    ['constructor', 'hours', 'isn’t a number'],
    ['5 constructor', 'hours', 'isn’t a number'],
    ['5 constructor', 'number', 'isn’t a number'],
    ['9'.repeat(200), 'number', 'too long for a figure'],
  ];
  test.each(asked)('%j in %s', (text, unit, part) => {
    expect(sentenceFor(text, unit)).toContain(part);
  });
});

const figureLike = fc.string({
  unit: fc.constantFrom(...'0123456789.,:%£()-+ kmeE/xhs\u00a0\u2212'.split('')),
  maxLength: 24,
});

test('no text makes it fail: the answer is an exact plain decimal or a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), figureLike), anyUnit, (text, unit) => {
      const read = parseFigure(text, unit);
      if (read.ok) expect(decimalText.safeParse(read.value).success).toBe(true);
      else expect(read.sentence).toMatch(/[.?]$/);
    }),
    { numRuns: 3000 },
  );
});

const digits = fc.tuple(fc.nat({ max: 999_999_999 }), fc.integer({ min: 0, max: 6 }));

test('digits are never lost: what is typed is what is kept', () => {
  fc.assert(
    fc.property(digits, fc.boolean(), ([whole, places], negative) => {
      const value = new Big(whole).div(new Big(10).pow(places)).times(negative ? -1 : 1);
      const read = parseFigure(value.toFixed(), 'gbp');
      expect(read.ok && new Big(read.value).eq(value)).toBe(true);
    }),
  );
});

test('a figure shown and typed again is the same figure to the places shown', () => {
  fc.assert(
    fc.property(digits, anyUnit, fc.integer({ min: 0, max: 6 }), ([whole, places], unit, decimals) => {
      const value = new Big(unit === 'yes-no' ? whole % 2 : whole % 1_000_000).div(
        new Big(10).pow(unit === 'yes-no' ? 0 : places),
      );
      fc.pre(unit !== 'percent' || value.lt(1000));
      const read = parseFigure(formatFigure(value.toFixed(), unit, decimals), unit);
      expect(read).toEqual({ ok: true, value: value.round(decimals, Big.roundHalfUp).toFixed() });
    }),
  );
});
