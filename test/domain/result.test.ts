import fc from 'fast-check';
import { resultOf } from '../../src/domain/result.ts';
import { rate } from './examples.ts';

const result = (numerator: string, denominator: string, unit: Parameters<typeof resultOf>[2]) => {
  const computed = resultOf(numerator, denominator, unit);
  return computed.ok ? computed.result : computed.fault;
};

test('a numerator and denominator give the result in the KPI’s unit', () => {
  expect(result('3', '4', 'percent')).toBe('75');
  expect(result('3', '4', 'ratio')).toBe('0.75');
  expect(result('12', '48000', 'rate:1000')).toBe('0.25');
  expect(result('12', '48000', 'rate:100000')).toBe('25');
  expect(result('900', '40', 'days')).toBe('22.5');
  expect(result('10503', '9099', 'percent')).toMatch(/^115\.4302670623/);
});

test('a denominator of 0 is a fault with a sentence that says what to do', () => {
  for (const zero of ['0', '0.00', '-0']) {
    expect(resultOf('5', zero, 'percent')).toMatchObject({
      ok: false,
      fault: 'zero-denominator',
      sentence: expect.stringContaining('Check both numbers'),
    });
  }
});

test('a result of more digits than can be kept is a fault, not a crash', () => {
  expect(result('99999999999999999999', '0.00000000000000000001', 'percent')).toBe('too-large');
});

test('two thirds is neither rounded up to its target nor down to it', () => {
  const twoThirds = result('2', '3', 'percent');
  expect(rate(twoThirds, { target: '66.666666666666666' })).toBe('green');
  expect(rate(twoThirds, { target: '66.666666666666667' })).toBe('red');
  expect(rate(twoThirds, { target: '66.666666666666666', polarity: 'lower' })).toBe('red');
  expect(result('-2', '3', 'percent')).toBe('-66.66666666666666666665');
  expect(result('-1', '99999999999999999999', 'number')).toBe('-0.00000000000000000005');
});

test('a computed result compares with any target as the unrounded quotient does', () => {
  const count = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const above0 = fc.integer({ min: 1, max: 1_000_000 });
  const polarity = fc.constantFrom('higher' as const, 'lower' as const);
  fc.assert(
    fc.property(
      count,
      above0,
      fc.integer({ min: -2, max: 2 }),
      polarity,
      (numerator, denominator, off, way) => {
        // A target in thousandths of a percent, at or next to the quotient.
        const target = Math.round((numerator * 100_000) / denominator) + off;
        const digits = String(Math.abs(target)).padStart(4, '0');
        const text = `${target < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
        const gap = BigInt(numerator) * 100_000n - BigInt(target) * BigInt(denominator);
        const met = way === 'higher' ? gap >= 0n : gap <= 0n;
        const computed = result(String(numerator), String(denominator), 'percent');
        expect(rate(computed, { target: text, polarity: way, method: 'floor' })).toBe(met ? 'green' : 'red');
      },
    ),
    { numRuns: 2000 },
  );
});
