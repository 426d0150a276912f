import { Big, type DecimalText } from './decimal.ts';
import type { Unit } from './kpi.ts';
import { grouped, isTime, ratePer } from './units.ts';

export { parseImportedFigure } from './imported-figure.ts';
export { parseFigure } from './parse-figure.ts';

/** Rounded half up for showing. A whole number shows no places: `95%` but `91.2%`, `£3` but `£3.50`. */
function rounded(value: Big, decimals: number): { sign: string; digits: string } {
  const size = value.abs();
  const whole = size.eq(size.round(0, Big.roundDown));
  const shown = size.round(decimals, Big.roundHalfUp);
  const [before, after] = shown.toFixed(whole ? 0 : decimals).split('.');
  const digits = after ? `${grouped(before!)}.${after}` : grouped(before!);
  return { sign: value.lt(0) && !shown.eq(0) ? '-' : '', digits };
}

/**
 * A figure as people read it: `91.2%`, `1,234`, `£3,200,000`, `4.5 hours`, `1 day`, `12.5 per 1,000`, `3.2:1`,
 * `Yes`. Times are shown in the KPI's own unit, so that they can be compared with the target by eye.
 * `decimals` are the KPI's; this rounding is for showing only and never decides a rating.
 */
export function formatFigure(value: DecimalText, unit: Unit, decimals: number): string {
  const figure = new Big(value);
  if (unit === 'yes-no' && figure.eq(1)) return 'Yes';
  if (unit === 'yes-no' && figure.eq(0)) return 'No';
  const { sign, digits } = rounded(figure, decimals);
  if (unit === 'gbp') return `${sign}£${digits}`;
  const number = sign + digits;
  if (unit === 'percent') return `${number}%`;
  if (unit === 'ratio') return `${number}:1`;
  if (isTime(unit)) return `${number} ${digits === '1' ? unit.slice(0, -1) : unit}`;
  const per = ratePer(unit);
  return per ? `${number} per ${grouped(per)}` : number;
}
