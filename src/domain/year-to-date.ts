import { Big, type DecimalText } from './decimal.ts';
import type { Kpi, KpiUpdate } from './kpi.ts';
import { meanOf, resultOf } from './result.ts';

export type YearToDate = { value: DecimalText; periods: number };

/**
 * The year so far, from the year's updates in order up to the period reported (RULES "Year to date").
 * `periods` is how many figures it is made of. A ratio is Σ numerator ÷ Σ denominator, never the mean of
 * ratios; it is null when a figure came without its numerator and denominator, as is a year without figures.
 */
export function yearToDate(
  { yearToDate: method, unit }: Pick<Kpi, 'yearToDate' | 'unit'>,
  updates: readonly KpiUpdate[],
): YearToDate | null {
  const given = updates.filter(({ result }) => result !== null);
  const last = given.at(-1);
  if (!last) return null;
  if (method === 'latest') return { value: last.result!, periods: 1 };
  const periods = given.length;
  if (method === 'ratio') {
    const value = ratio(given, unit);
    return value === null ? null : { value, periods };
  }
  const total = sum(given.map(({ result }) => result!));
  return { value: method === 'sum' ? total.toFixed() : meanOf(total, periods), periods };
}

const sum = (figures: readonly DecimalText[]): Big =>
  figures.reduce((total, figure) => total.plus(figure), new Big(0));

function ratio(given: readonly KpiUpdate[], unit: Kpi['unit']): DecimalText | null {
  const numerators = given.flatMap(({ numerator }) => numerator ?? []);
  const denominators = given.flatMap(({ denominator }) => denominator ?? []);
  if (numerators.length < given.length || denominators.length < given.length) return null;
  const computed = resultOf(sum(numerators).toFixed(), sum(denominators).toFixed(), unit);
  return computed.ok ? computed.result : null;
}
