import { formatFigure } from './figures.ts';
import type { KpiLine } from './report.ts';
import { ratingWords, type Wording } from './words.ts';

/** A figure in the KPI's own unit and places. */
export const figureOf = ({ kpi }: KpiLine, value: string): string =>
  formatFigure(value, kpi.unit, kpi.decimals);

/** A KPI's rating with what made it; an override has no rule behind it. */
export function ratingOf({ rating, update, result }: KpiLine): Wording {
  const { override = null, rule = null } = update?.rating ?? {};
  return ratingWords(rating, override ? null : rule, result);
}

/** `Year-end forecast 96%: ▲ Amber`; null without a forecast. */
export function forecastText(line: KpiLine): string | null {
  if (line.forecast === null) return null;
  const rated = line.forecastRating ? `: ${ratingWords(line.forecastRating).text}` : '';
  return `Year-end forecast ${figureOf(line, line.forecast)}${rated}`;
}
