import fc from 'fast-check';
import type { Trend } from '../../src/domain/report.ts';
import { trendBetween } from '../../src/domain/trend.ts';

const higher = { polarity: 'higher', rangeLow: null, rangeHigh: null } as const;
const lower = { ...higher, polarity: 'lower' } as const;
const range = { polarity: 'range', rangeLow: '80', rangeHigh: '120' } as const;

test('any movement counts, and equality is the same', () => {
  expect(trendBetween('95.01', '95', higher)).toBe('better');
  expect(trendBetween('94.99', '95', higher)).toBe('worse');
  expect(trendBetween('95.00', '95', higher)).toBe('same');
});

test('polarity decides which way is better', () => {
  expect(trendBetween('9', '8', lower)).toBe('worse');
  expect(trendBetween('7', '8', lower)).toBe('better');
  expect(trendBetween('8', '8.0', lower)).toBe('same');
});

test('for a range nearer to the bounds is better, and inside there is nothing left to gain', () => {
  expect(trendBetween('75', '70', range)).toBe('better');
  expect(trendBetween('125', '70', range)).toBe('better');
  expect(trendBetween('131', '70', range)).toBe('worse');
  expect(trendBetween('130', '70', range)).toBe('same');
  expect(trendBetween('81', '100', range)).toBe('same');
  expect(trendBetween('79', '100', range)).toBe('worse');
});

test('there is none when either side is missing, or a range has no bounds', () => {
  expect(trendBetween('95', null, higher)).toBeNull();
  expect(trendBetween(null, '95', higher)).toBeNull();
  expect(trendBetween('95', '90', { ...range, rangeHigh: null })).toBeNull();
});

test('seen from the other side every trend is the opposite', () => {
  const opposite = { better: 'worse', same: 'same', worse: 'better' } as const;
  const figure = fc.integer({ min: 0, max: 200_000 }).map((thousandths) => (thousandths / 1000).toFixed(3));
  fc.assert(
    fc.property(figure, figure, fc.constantFrom(higher, lower, range), (one, other, kpi) => {
      const there: Trend = trendBetween(one, other, kpi);
      expect(trendBetween(other, one, kpi)).toBe(opposite[there!]);
    }),
  );
});
