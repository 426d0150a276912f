import { type DecimalText, decimalText } from './decimal.ts';
import type { Kpi, RatingRule, Unit } from './kpi.ts';

export type TargetLines = Pick<RatingRule, 'target' | 'targetText' | 'floor'>;

const plain = /^-?\d{1,20}(\.\d{1,20})?$/;
const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * The number that a printed target stands for: `95`, `95%`, `£1,200`, `Yes`. Null when it is words ("Top
 * quartile", "Greater than 50%"), which are shown and never rated.
 */
export function targetNumber(text: string | null, unit: Unit): DecimalText | null {
  if (text === null) return null;
  if (plain.test(text)) return text;
  const word = text.trim().toLowerCase();
  if (unit === 'yes-no') return word === 'yes' ? '1' : word === 'no' ? '0' : null;
  const bare = unit === 'percent' ? word.replace(/ ?%$/, '') : unit === 'gbp' ? word.replace(/^£/, '') : word;
  const number = grouped.test(bare) ? bare.replaceAll(',', '') : bare;
  return decimalText.safeParse(number).success ? number : null;
}

/**
 * The target and floor in force for a period: from the target profile where it has them, else the year's
 * (RULES "Target").
 *
 * @param period its key, or null for the year's own
 */
export function targetFor(kpi: Kpi, period: string | null): TargetLines {
  const own = period === null ? undefined : kpi.targets[period];
  const targetText = own?.target ?? kpi.target;
  return { target: targetNumber(targetText, kpi.unit), targetText, floor: own?.floor ?? kpi.floor };
}
