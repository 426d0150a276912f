import fc from 'fast-check';
import type { KpiUpdate } from '../../src/domain/kpi.ts';
import { yearToDate } from '../../src/domain/year-to-date.ts';
import { aKpi, anUpdate } from './examples.ts';

const quarters = (...figures: (Partial<KpiUpdate> & { result: string | null })[]) =>
  figures.map((figure, at) => anUpdate(aKpi(), `2009/10 Q${at + 1}`, figure));

const soFar = (method: 'latest' | 'sum' | 'average' | 'ratio', updates: KpiUpdate[]) =>
  yearToDate({ yearToDate: method, unit: 'percent' }, updates);

// Dover printed these three quarters as 50, 42.90 and 45.45.
const dover = quarters(
  { result: '50', numerator: '6', denominator: '12' },
  { result: '42.90', numerator: '3', denominator: '7' },
  { result: '45.45', numerator: '5', denominator: '11' },
);

test('a ratio is Σ numerator ÷ Σ denominator: Dover’s 46.67, not the mean of 46.12', () => {
  const { value, periods } = soFar('ratio', dover)!;
  expect(Number(value).toFixed(2)).toBe('46.67');
  expect(periods).toBe(3);
  expect(Number(soFar('average', dover)!.value).toFixed(2)).toBe('46.12');
});

test('a ratio is never made from percentages alone, or from half of what it needs', () => {
  const whole = { result: '42.9', numerator: '3', denominator: '7' };
  for (const lacking of [{ result: '50' }, { ...whole, numerator: null }, { ...whole, denominator: null }]) {
    expect(soFar('ratio', quarters(lacking, whole))).toBeNull();
  }
});

test('a ratio of nothing out of nothing is none', () => {
  expect(soFar('ratio', quarters({ result: '0', numerator: '0', denominator: '0' }))).toBeNull();
});

test('the latest value stands for the year, a period without a result passed over', () => {
  expect(soFar('latest', quarters({ result: '90' }, { result: '92' }, { result: null }))).toEqual({
    value: '92',
    periods: 1,
  });
});

test('a sum and an average are of the periods that were given', () => {
  const given = quarters({ result: '0.1' }, { result: null }, { result: '0.2' });
  expect(soFar('sum', given)).toEqual({ value: '0.3', periods: 2 });
  expect(soFar('average', given)).toEqual({ value: '0.15', periods: 2 });
});

test('a year without a figure has none', () => {
  for (const method of ['latest', 'sum', 'average', 'ratio'] as const) {
    expect(soFar(method, [])).toBeNull();
    expect(soFar(method, quarters({ result: null }))).toBeNull();
  }
});

test('a year-to-date ratio lies between its periods’ own', () => {
  const part = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const updates = quarters(
        ...parts.map(([n, d]) => ({ result: '1', numerator: String(n), denominator: String(d) })),
      );
      const shares = parts.map(([n, d]) => (100 * n) / d);
      const value = Number(soFar('ratio', updates)!.value);
      expect(value).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-9);
      expect(value).toBeLessThanOrEqual(Math.max(...shares) + 1e-9);
    }),
  );
});
