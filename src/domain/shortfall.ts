import { Big, type DecimalText } from './decimal.ts';
import type { RatingRule } from './kpi.ts';

/** What a result is measured against, and which way is better. */
export type Aim = Pick<RatingRule, 'polarity' | 'target' | 'rangeLow' | 'rangeHigh'>;

/** How far a result is on the worse side of `against`; 0 or less when it is met. */
export type Shortfall = { against: Big; by: Big };

/**
 * The shortfall of a result in the direction of polarity; for a range, against the nearer bound. Null when
 * there is nothing to measure it by: no numeric target, or a range without both bounds.
 */
export function shortfallOf(result: DecimalText, aim: Aim): Shortfall | null {
  const figure = new Big(result);
  if (aim.polarity === 'range') return outside(figure, aim);
  if (aim.target === null) return null;
  const against = new Big(aim.target);
  return { against, by: aim.polarity === 'lower' ? figure.minus(against) : against.minus(figure) };
}

function outside(figure: Big, { rangeLow, rangeHigh }: Aim): Shortfall | null {
  if (rangeLow === null || rangeHigh === null) return null;
  const low = new Big(rangeLow);
  const high = new Big(rangeHigh);
  const below = low.minus(figure);
  const above = figure.minus(high);
  return below.gt(above) ? { against: low, by: below } : { against: high, by: above };
}
