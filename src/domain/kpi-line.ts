import { currentPeriod, datesOf } from './calendar.ts';
import type { YearSettings } from './council.ts';
import type { IsoDate } from './days.ts';
import type { DecimalText } from './decimal.ts';
import { explainMissing, explainNotDue, explainResult, explainUnavailable } from './explain.ts';
import type { Kpi, KpiRating, KpiUpdate, RatingRule } from './kpi.ts';
import {
  type Period,
  periodReportedIn,
  periodsOf,
  previousPeriod,
  previousYear,
  samePeriodLastYear,
} from './periods.ts';
import { rateForecast, settleRule, shownRating } from './rating.ts';
import type { KpiLine, LateUpdate } from './report.ts';
import { targetFor } from './target.ts';
import { trendBetween } from './trend.ts';
import { ratingWords } from './words.ts';
import { yearToDate } from './year-to-date.ts';

/** One KPI's updates by period key. */
export type History = ReadonlyMap<string, KpiUpdate>;

/**
 * One KPI as it stands in a reporting period. A given figure keeps the rating and the rule stored with it;
 * nothing is rated again on reading but the forecast. The words and the year to date, which cost more than all
 * the rest, are made when they are asked for: a digest of a thousand plans shows them for a few lines only.
 */
export function kpiLine(
  kpi: Kpi,
  history: History,
  reporting: Period,
  settings: YearSettings,
  today: IsoDate,
): KpiLine {
  let known: LateUpdate[] | null = null;
  const late = () => {
    known ??= lateBy(kpi, history, reporting, settings, today);
    return known;
  };
  const period = periodReportedIn(reporting, kpi.frequency);
  if (!period) return notDueLine(kpi, reporting, late);
  const update = history.get(period.key) ?? null;
  const dueDate = datesOf(period, settings.calendar).due;
  if (!update) return missingLine(kpi, history, period, dueDate, today, late);
  const { result, forecast, rating: stored } = update;
  const rule = stored.rule ?? settleRule(kpi, period, settings.rating, null);
  const rating = shownRating(stored);
  const trendFrom = {
    short: trendBetween(result, resultIn(history, previousPeriod(period)), kpi),
    long: trendBetween(result, resultIn(history, samePeriodLastYear(period)), kpi),
  };
  return {
    kpi,
    period,
    dueDate,
    update,
    result,
    target: rule.targetText,
    floor: rule.floor,
    rating,
    computed: stored.computed,
    get because() {
      return explainUpdate(update, rule, kpi);
    },
    trend: settings.trend === 'previous-period' ? trendFrom.short : trendFrom.long,
    trendFrom,
    get yearToDate() {
      return yearSoFar(kpi, history, period);
    },
    forecast,
    forecastRating: forecast === null ? null : forecastRating(forecast, kpi, history, period.year, rule),
    persistent: rating === 'red' && wasRedBefore(history, period),
    get late() {
      return late();
    },
  };
}

const nothingGiven = {
  update: null,
  result: null,
  trend: null,
  trendFrom: { short: null, long: null },
  forecast: null,
  forecastRating: null,
  persistent: false,
} as const;

/** In the newest period all that is overdue today; in an earlier one what was asked for by its end. */
function lateBy(
  kpi: Kpi,
  history: History,
  reporting: Period,
  { calendar }: YearSettings,
  today: IsoDate,
): LateUpdate[] {
  const newest = currentPeriod(reporting.year, today, calendar);
  const upTo = reporting.end < newest.end ? reporting.end : today;
  return periodsOf(reporting.year, kpi.frequency)
    .filter(({ key, end }) => end <= upTo && !history.has(key))
    .map((period) => ({ period, due: datesOf(period, calendar).due }))
    .filter(({ due }) => due < today);
}

function notDueLine(kpi: Kpi, reporting: Period, late: () => LateUpdate[]): KpiLine {
  const { targetText, floor } = targetFor(kpi, reporting.year);
  const because = explainNotDue(kpi.frequency);
  const rating = { rating: 'not-due', computed: 'not-due' } as const;
  return {
    kpi,
    period: null,
    dueDate: null,
    target: targetText,
    floor,
    because,
    yearToDate: null,
    ...nothingGiven,
    ...rating,
    get late() {
      return late();
    },
  };
}

/** Awaited up to and on the due date, overdue after it. */
function missingLine(
  kpi: Kpi,
  history: History,
  period: Period,
  dueDate: IsoDate,
  today: IsoDate,
  late: () => LateUpdate[],
): KpiLine {
  const { targetText, floor } = targetFor(kpi, period.key);
  const rating: KpiRating = today > dueDate ? 'overdue' : 'awaited';
  return {
    ...nothingGiven,
    kpi,
    period,
    dueDate,
    target: targetText,
    floor,
    rating,
    computed: rating,
    because: explainMissing(dueDate, rating === 'overdue'),
    yearToDate: yearSoFar(kpi, history, period),
    get late() {
      return late();
    },
  };
}

const resultIn = (history: History, period: Period): DecimalText | null =>
  history.get(period.key)?.result ?? null;

function explainUpdate({ result, unavailable, rating }: KpiUpdate, rule: RatingRule, kpi: Kpi): string {
  if (result === null)
    return explainUnavailable(unavailable ?? { reason: 'no reason is given', expected: null });
  const words = explainResult(result, rule, kpi);
  const { override, computed } = rating;
  return override
    ? `${words}. Shown as ${ratingWords(override.rating).word} instead of ${ratingWords(computed).word}${override.reason && `: ${override.reason}`}`
    : words;
}

function yearSoFar(kpi: Kpi, history: History, period: Period) {
  const soFar = periodsOf(period.year, period.frequency).slice(0, period.index);
  return yearToDate(
    kpi,
    soFar.flatMap(({ key }) => history.get(key) ?? []),
  );
}

function forecastRating(
  forecast: DecimalText,
  kpi: Kpi,
  history: History,
  year: string,
  rule: RatingRule,
): KpiRating {
  const outturn = () => yearSoFar(kpi, history, periodsOf(previousYear(year), kpi.frequency).at(-1)!)?.value;
  const lastYear = rule.method === 'relative-or-improving' ? (outturn() ?? null) : null;
  return rateForecast(forecast, kpi, year, rule, lastYear);
}

/**
 * Whether the newest period before this one that was reported with a result was Red too (RULES "Persistent").
 * A period without a result neither breaks nor makes a run. Two years back is as far as a pack looks.
 */
function wasRedBefore(history: History, period: Period): boolean {
  let before = previousPeriod(period);
  for (let steps = 2 * periodsOf(period.year, period.frequency).length; steps > 0; steps -= 1) {
    const update = history.get(before.key);
    if (update && update.result !== null) return shownRating(update.rating) === 'red';
    before = previousPeriod(before);
  }
  return false;
}
