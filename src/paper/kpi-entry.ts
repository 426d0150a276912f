import type { TrendComparison } from '../domain/council.ts';
import { lineInWords, resultInWords } from '../domain/explain.ts';
import { formatFigure } from '../domain/figures.ts';
import type { Kpi, RatingRule } from '../domain/kpi.ts';
import { ratingOf } from '../domain/line-words.ts';
import { type Period, periodName } from '../domain/periods.ts';
import type { KpiLine } from '../domain/report.ts';
import { ratingWords, trendWords } from '../domain/words.ts';
import type { Figure, PaperKpi } from './paper.ts';

/** What an entry needs besides the report's line. */
export type Naming = {
  period: Period;
  comparison: TrendComparison;
  /** A person's name by id. */
  nameOf: (id: string | null) => string;
};

const isDecimal = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

function figure({ unit }: Kpi, value: string, text: string): Figure {
  if (unit !== 'yes-no' || !isDecimal(value)) return { value, text };
  return { value: Number(value) === 0 ? 'no' : 'yes', text };
}

const rounded = (kpi: Kpi, value: string): Figure =>
  figure(kpi, value, formatFigure(value, kpi.unit, kpi.decimals));

function resultOf({ kpi, result, update }: KpiLine): Figure | null {
  if (result === null) return null;
  const rule = update?.rating.rule;
  return rule ? figure(kpi, result, resultInWords(result, rule, kpi)) : rounded(kpi, result);
}

/** The line that decides, never rounded; a range's bounds for a KPI that has a range; words as they are. */
function targetOf({ kpi, target, update }: KpiLine): Figure | null {
  if (kpi.polarity === 'range' || kpi.kind === 'activity') {
    const { rangeLow, rangeHigh }: Pick<RatingRule, 'rangeLow' | 'rangeHigh'> = update?.rating.rule ?? kpi;
    if (rangeLow === null || rangeHigh === null) return null;
    const text = `${lineInWords(rangeLow, kpi)} to ${lineInWords(rangeHigh, kpi)}`;
    return { value: `${rangeLow} to ${rangeHigh}`, text };
  }
  if (target === null) return null;
  return figure(kpi, target, isDecimal(target) ? lineInWords(target, kpi) : target);
}

function overrideOf({ update, result }: KpiLine): string | null {
  const override = update?.rating.override;
  if (!update || !override) return null;
  return `Rating approved by hand; the rule alone gives ${ratingWords(update.rating.computed, update.rating.rule, result).text}`;
}

/** One KPI as a paper shows it. */
export function kpiEntry(line: KpiLine, { period, comparison, nameOf }: Naming): PaperKpi {
  const { kpi, update, rating, trend, forecast, forecastRating, floor, yearToDate } = line;
  return {
    ref: kpi.ref,
    title: kpi.title,
    manager: nameOf(kpi.accountableManager),
    unit: kpi.unit,
    period: line.period?.key ?? null,
    ofPeriod: line.period && line.period.key !== period.key ? periodName(line.period) : null,
    result: resultOf(line),
    provisional: update?.provisional ?? false,
    dataAge: update?.dataAge ?? null,
    target: targetOf(line),
    floor: floor === null ? null : figure(kpi, floor, lineInWords(floor, kpi)),
    rating,
    ratingWords: ratingOf(line),
    override: overrideOf(line),
    persistent: line.persistent,
    trend,
    trendWords: trendWords(trend, comparison),
    yearToDate: yearToDate && rounded(kpi, yearToDate.value),
    forecast: forecast === null ? null : rounded(kpi, forecast),
    forecastRating: forecastRating && { rating: forecastRating, words: ratingWords(forecastRating) },
    due: line.dueDate,
    because: line.because,
    cause: update?.commentary ?? '',
    action: update?.action ?? '',
    actionBy: update?.actionBy ?? null,
  };
}
