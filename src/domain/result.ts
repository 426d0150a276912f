import { Big, type DecimalText, decimalText } from './decimal.ts';
import type { Unit } from './kpi.ts';
import { ratePer } from './units.ts';

// A quotient that doesn't end is cut off here and marked by one digit more (see `quotient`).
const Cut = Big();
Cut.DP = 19;
Cut.RM = Big.roundDown;

/**
 * `numerator × times ÷ denominator` as text. One that doesn't end is cut after 19 places and given a 5 as its
 * 20th, so that it stays strictly between its neighbours: compared with any figure of up to 19 places it
 * comes out as the unrounded quotient would (RULES "Compare unrounded values in exact decimal arithmetic").
 */
function quotient(numerator: Big, denominator: Big, times: string): DecimalText {
  const product = new Cut(numerator).times(times);
  const cut = product.div(denominator);
  if (cut.times(denominator).eq(product)) return cut.toFixed();
  const sign = product.lt(0) === denominator.lt(0) ? '' : '-';
  return `${sign}${cut.abs().toFixed(Cut.DP)}5`;
}

/** What a quotient is multiplied by to be a figure in the unit: 100 for percent, N for `rate:N`, else 1. */
const timesFor = (unit: Unit): string => (unit === 'percent' ? '100' : (ratePer(unit) ?? '1'));

export type ComputedResult =
  | { ok: true; result: DecimalText }
  | { ok: false; fault: 'zero-denominator' | 'too-large'; sentence: string };

/**
 * The result that a numerator and denominator give in a KPI's unit: 14 of 30 is 46.67% (RULES "Result").
 * A denominator of 0 gives none, and neither does a result of more digits than can be kept.
 */
export function resultOf(numerator: DecimalText, denominator: DecimalText, unit: Unit): ComputedResult {
  const below = new Big(denominator);
  if (below.eq(0)) {
    return {
      ok: false,
      fault: 'zero-denominator',
      sentence:
        'The denominator is 0, so there is no result. Check both numbers, or say that it isn’t available.',
    };
  }
  const result = quotient(new Big(numerator), below, timesFor(unit));
  if (decimalText.safeParse(result).success) return { ok: true, result };
  return {
    ok: false,
    fault: 'too-large',
    sentence: 'These numbers give a result that is too large to keep. Check both numbers.',
  };
}

/** Σ ÷ count, exact as above. */
export const meanOf = (total: Big, count: number): DecimalText => quotient(total, new Big(count), '1');
