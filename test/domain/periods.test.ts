import { parseItemId } from '../../src/domain/due-items.ts';
import { parsePeriod } from '../../src/domain/periods.ts';

test.each([
  ['2009/10 Q2', '2009/10 Q2'],
  ['  2009/10q2 ', '2009/10 Q2'],
  ['2009/10 m 07', '2009/10 M07'],
  ['2009/10\tT 1\n', '2009/10 T1'],
  ['2009/10   ', '2009/10'],
])('“%s” is a period, however it is spaced', (text, key) => {
  expect(parsePeriod(text)?.key).toBe(key);
});

test.each(['', '2009/11', '2009/10 Q5', '2009/10 Q', '2009/10 007', 'Q2'])('“%s” is none', (text) => {
  expect(parsePeriod(text)).toBeNull();
});

test('what is longer than any period is none, so that nobody can have a long one tried', () => {
  const spaces = ' '.repeat(60);
  for (const text of [`2009/10${spaces}Q2`, `${spaces}2009/10`, `2009/10${spaces}`]) {
    expect(parsePeriod(text)).toBeNull();
    expect(parseItemId(`kpi/KHS-01@${text}`)).toBeNull();
  }
});
