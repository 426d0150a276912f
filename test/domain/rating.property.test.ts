import fc from 'fast-check';
import type { Kpi, ResultRating } from '../../src/domain/kpi.ts';
import { rate } from './examples.ts';

/**
 * Figures are drawn as whole thousandths, so that what they should come to can be worked out in whole numbers,
 * without the decimals that the rules themselves use.
 */
const thousandths = fc.integer({ min: -300_000, max: 300_000 });
const tolerance = fc.integer({ min: 0, max: 40_000 });
const text = (figure: number | bigint): string => {
  const digits = String(figure < 0 ? -BigInt(figure) : figure).padStart(4, '0');
  return `${figure < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

const toleranceRule = fc.record({
  method: fc.constantFrom('relative' as const, 'absolute' as const),
  polarity: fc.constantFrom('higher' as const, 'lower' as const),
  target: thousandths,
  green: tolerance,
  more: tolerance,
});
type ToleranceRule = typeof toleranceRule extends fc.Arbitrary<infer T> ? T : never;

const kpiWith = ({ method, polarity, target, green, more }: ToleranceRule): Partial<Kpi> => ({
  method,
  polarity,
  target: text(target),
  greenWithin: text(green),
  amberWithin: text(green + more),
});

/** The rule once more, in whole numbers: 100 × 1,000 × shortfall against tolerance × target. */
function expected(result: number, { method, polarity, target, green, more }: ToleranceRule): ResultRating {
  const short = polarity === 'higher' ? BigInt(target - result) : BigInt(result - target);
  const size = BigInt(Math.abs(target));
  const within = (limit: number) =>
    method === 'absolute' ? short <= BigInt(limit) : short * 100_000n <= BigInt(limit) * size;
  if (short <= 0n || within(green)) return 'green';
  return within(green + more) ? 'amber' : 'red';
}

const rank: Partial<Record<ResultRating, number>> = { red: 0, amber: 1, green: 2 };

const near = (target: number) =>
  fc.oneof(
    thousandths,
    fc.integer({ min: -50, max: 50 }).map((percent) => target + Math.round((target * percent) / 100)),
  );

test('every rating is what whole-number arithmetic says', () => {
  fc.assert(
    fc.property(
      toleranceRule.chain((rule) => fc.tuple(fc.constant(rule), near(rule.target))),
      ([rule, result]) => {
        expect(rate(text(result), kpiWith(rule))).toBe(expected(result, rule));
      },
    ),
    { numRuns: 2000 },
  );
});

test('exactly at a tolerance is on the better side, and a thousandth further is not', () => {
  fc.assert(
    fc.property(toleranceRule, (rule) => {
      const toWorse = rule.polarity === 'higher' ? -1 : 1;
      // A relative tolerance of whole percents of a target of whole hundreds lands on a whole thousandth.
      const target = Math.trunc(rule.target / 1000) * 100_000;
      const green = Math.trunc(rule.green / 1000) * 1000;
      const reach = rule.method === 'absolute' ? green : (Math.abs(target) * green) / 100_000;
      const kpi = kpiWith({ ...rule, target, green, more: 0 });
      expect(rate(text(target + toWorse * reach), kpi)).toBe('green');
      expect(rate(text(target + toWorse * (reach + 1)), kpi)).toBe('red');
    }),
  );
});

const anyRule = fc.oneof(
  toleranceRule.map(kpiWith),
  fc.tuple(fc.constantFrom('higher' as const, 'lower' as const), thousandths, tolerance).map(
    ([polarity, target, gap]): Partial<Kpi> => ({
      polarity,
      method: 'floor',
      target: text(target),
      floor: text(polarity === 'higher' ? target - gap : target + gap),
    }),
  ),
  fc.tuple(fc.constantFrom('higher' as const, 'lower' as const), thousandths, tolerance).map(
    ([polarity, target, green]): Partial<Kpi> => ({
      polarity,
      method: 'relative-or-improving',
      target: text(target),
      greenWithin: text(green),
    }),
  ),
);

test('a better result is never rated worse', () => {
  fc.assert(
    fc.property(anyRule, thousandths, thousandths, thousandths, (kpi, one, other, lastYear) => {
      const [worse, better] = one < other === (kpi.polarity === 'higher') ? [one, other] : [other, one];
      const rated = (result: number) => rank[rate(text(result), kpi, undefined, text(lastYear))]!;
      expect(rated(better)).toBeGreaterThanOrEqual(rated(worse));
    }),
    { numRuns: 1000 },
  );
});

test('nearer to the bounds of a range is never rated worse', () => {
  const range = fc.tuple(
    thousandths,
    tolerance,
    tolerance,
    fc.constantFrom('absolute' as const, 'floor' as const),
  );
  fc.assert(
    fc.property(range, tolerance, tolerance, ([low, width, limit, method], one, other) => {
      const kpi: Partial<Kpi> = {
        polarity: 'range',
        method,
        target: null,
        rangeLow: text(low),
        rangeHigh: text(low + width),
        floor: method === 'floor' ? text(low - limit) : null,
        amberWithin: text(limit),
      };
      const below = (distance: number) => rank[rate(text(low - distance), kpi)]!;
      expect(below(Math.min(one, other))).toBeGreaterThanOrEqual(below(Math.max(one, other)));
      expect(rate(text(low + Math.min(one, width)), kpi)).toBe('green');
    }),
  );
});

test('measuring everything in another unit changes no rating', () => {
  const scaled = (figure: string | null | undefined, factor: number) =>
    figure === null || figure === undefined ? null : text(BigInt(figure.replace('.', '')) * BigInt(factor));
  fc.assert(
    fc.property(
      anyRule,
      thousandths,
      thousandths,
      fc.integer({ min: 1, max: 100_000 }),
      (kpi, result, last, factor) => {
        const size = kpi.method === 'absolute' ? factor : 1;
        const bigger = {
          ...kpi,
          target: scaled(kpi.target, factor),
          floor: scaled(kpi.floor, factor),
          greenWithin: scaled(kpi.greenWithin, size),
          amberWithin: scaled(kpi.amberWithin, size),
        };
        const before = rate(text(result), kpi, undefined, text(last));
        expect(rate(scaled(text(result), factor), bigger, undefined, scaled(text(last), factor))).toBe(
          before,
        );
      },
    ),
    { numRuns: 1000 },
  );
});
