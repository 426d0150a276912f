import { targetNumber } from '../../src/domain/target.ts';

test.each([
  ['95', 'percent', '95'],
  ['95%', 'percent', '95'],
  [' 95.5 %', 'percent', '95.5'],
  ['1,234', 'number', '1234'],
  ['£1,200,000', 'gbp', '1200000'],
  ['-3.5', 'number', '-3.5'],
  ['Yes', 'yes-no', '1'],
  ['no', 'yes-no', '0'],
  ['1', 'yes-no', '1'],
] as const)('a target printed as “%s” (%s) is %s', (text, unit, number) => {
  expect(targetNumber(text, unit)).toBe(number);
});

test.each([
  'Top quartile',
  'Greater than 50%',
  '4 (quarterly target)',
  '12,34',
  '1.2.3',
  '1e3',
  '',
  '-',
  '95%!',
])('a target printed as “%s” is words', (text) => expect(targetNumber(text, 'percent')).toBeNull());

test('a sign that isn’t the unit’s own makes a target words', () => {
  expect(targetNumber('95%', 'days')).toBeNull();
  expect(targetNumber('£95', 'percent')).toBeNull();
  expect(targetNumber(null, 'percent')).toBeNull();
});
