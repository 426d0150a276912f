import { Big, type DecimalText } from './decimal.ts';
import type { Kpi } from './kpi.ts';
import type { Trend } from './report.ts';
import { shortfallOf } from './shortfall.ts';

type Direction = Pick<Kpi, 'polarity' | 'rangeLow' | 'rangeHigh'>;

/**
 * Which way a result has moved since an earlier one (RULES "Direction of travel"): any movement counts,
 * polarity decides which way is better, and for a range nearer to the bounds is. Null when either is missing.
 */
export function trendBetween(result: DecimalText | null, before: DecimalText | null, kpi: Direction): Trend {
  if (result === null || before === null) return null;
  if (kpi.polarity === 'range') return trendToRange(result, before, kpi);
  const moved = new Big(result).cmp(before);
  return named(kpi.polarity === 'lower' ? -moved : moved);
}

const named = (gain: number): Trend => (gain > 0 ? 'better' : gain < 0 ? 'worse' : 'same');

function trendToRange(result: DecimalText, before: DecimalText, kpi: Direction): Trend {
  const aim = { ...kpi, target: null };
  const now = shortfallOf(result, aim)?.by;
  const then = shortfallOf(before, aim)?.by;
  if (!now || !then) return null;
  // Inside the bounds there is nothing left to gain: anywhere inside is the same.
  return named((then.gt(0) ? then : new Big(0)).cmp(now.gt(0) ? now : 0));
}
