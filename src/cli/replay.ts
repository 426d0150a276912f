import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ratingSettings } from '../domain/council.ts';
import { decimalText } from '../domain/decimal.ts';
import { explainResult } from '../domain/explain.ts';
import { type Kpi, polarities, type RatingRule, type ResultRating } from '../domain/kpi.ts';
import { periodsOf } from '../domain/periods.ts';
import { rateResult, settleRule } from '../domain/rating.ts';
import type { Trend } from '../domain/report.ts';
import { trendBetween } from '../domain/trend.ts';
import { checkSummary, type PublishedSlip, type PublishedSummary } from './replay-summaries.ts';

const settingsSchema = z.object({
  councils: z.record(z.string(), z.object({ rating: ratingSettings, basis: z.string() })),
  /** By row number: what one published row followed instead of its council's printed rule. */
  rows: z.record(
    z.string(),
    z.object({
      greenWithin: decimalText.optional(),
      amberWithin: decimalText.optional(),
      polarity: z.enum(polarities).optional(),
      why: z.string(),
    }),
  ),
});
type Settings = z.infer<typeof settingsSchema>;

/** A row of kpis.csv, every column as text. */
type Published = Record<
  | 'row'
  | 'council'
  | 'indicator'
  | 'polarity'
  | 'unit'
  | 'result'
  | 'target'
  | 'floor'
  | 'previous'
  | 'rag'
  | 'trend'
  | 'rag_basis'
  | 'period',
  string
>;

/** One published figure rated again. `printed…` is null where the council printed nothing. */
export type ReplayedRow = {
  row: string;
  council: string;
  period: string;
  indicator: string;
  /** The rule in words, as a card would print it. */
  because: string;
  rating: ResultRating;
  printedRating: ResultRating | null;
  trend: Trend;
  printedTrend: Trend;
  /** Whether the printed words are sure enough to be held against ours. */
  sure: boolean;
  /** Why the row has a rule of its own, if it has. */
  ownRule: string | null;
};

export type Replay = {
  rows: ReplayedRow[];
  /** Sure rows on which rating or trend came out otherwise than printed. None is expected. */
  differences: ReplayedRow[];
  summaries: PublishedSummary[];
  /** Where the councils' own printed totals or shares don't reconcile. */
  slips: PublishedSlip[];
};

const surelyPrinted = 'printed as a word beside the indicator';

/**
 * Rates the figures of `kpis.csv` again, each council under its own rule from `settings.json`, and adds up the
 * counts of `summaries.csv`. Throws when a file is missing or isn't in its published form.
 */
export function replay(folder: string): Replay {
  const settings = settingsSchema.parse(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')));
  const rows = readRows<Published>(folder, 'kpis.csv').map((published) => replayRow(published, settings));
  const summaries = readRows<PublishedSummary>(folder, 'summaries.csv');
  return {
    rows,
    differences: rows.filter((row) => row.sure && !agrees(row)),
    summaries,
    slips: summaries.flatMap(checkSummary),
  };
}

const readRows = <T>(folder: string, file: string): T[] =>
  parse(readFileSync(join(folder, file)), { columns: true, bom: true, skip_empty_lines: true });

const agrees = ({ rating, printedRating, trend, printedTrend }: ReplayedRow) =>
  rating === printedRating && (printedTrend === null || trend === printedTrend);

function replayRow(published: Published, settings: Settings): ReplayedRow {
  const { row, council, period, indicator } = published;
  const rating = settings.councils[council]?.rating;
  if (!rating) throw new Error(`settings.json has no rule for "${council}" (row ${row})`);
  const kpi = kpiFrom(published, settings);
  const rule = settleRule(kpi, anyPeriod, rating, null);
  const result = published.result || null;
  return {
    row,
    council,
    period,
    indicator,
    ...(result === null
      ? withoutResult(rule)
      : { because: explainResult(result, rule, kpi), rating: rateResult(result, rule) }),
    printedRating: ratingWord.parse(published.rag.toLowerCase()) || null,
    trend: trendBetween(result, published.previous || null, kpi),
    printedTrend: trendWord.parse(published.trend) || null,
    sure: published.rag_basis === surelyPrinted,
    ownRule: settings.rows[row]?.why ?? null,
  };
}

const ratingWord = z.enum(['green', 'amber', 'red', '']);
const trendWord = z.enum(['better', 'same', 'worse', '']);

// Published rows have one target each and no profile, so any period settles the same rule.
const anyPeriod = periodsOf('2024/25', 'quarterly')[0]!;

/** Some tables print targets alone. A target in words could not be rated whatever the result. */
const withoutResult = ({ target, targetText }: RatingRule): Pick<ReplayedRow, 'because' | 'rating'> =>
  target === null
    ? { because: `not rated, because the target “${targetText}” is not a number`, rating: 'not-rated' }
    : { because: 'no result is printed', rating: 'no-data' };

const units: Record<string, Kpi['unit']> = { '%': 'percent', minutes: 'minutes', days: 'days' };

function kpiFrom(published: Published, { rows }: Settings): Kpi {
  const own = rows[published.row];
  const places = [published.result, published.target].map((figure) => figure.split('.')[1]?.length ?? 0);
  return {
    ref: published.row,
    plan: published.council,
    title: published.indicator,
    kind: 'target',
    type: '',
    unit: units[published.unit] ?? 'number',
    decimals: Math.min(6, Math.max(...places)),
    polarity: own?.polarity ?? z.enum(polarities).catch('higher').parse(published.polarity),
    frequency: 'quarterly',
    yearToDate: 'latest',
    accountableManager: null,
    targetPreviousYear: null,
    estimatePreviousYear: null,
    target: published.target || null,
    floor: published.floor || null,
    method: null,
    greenWithin: own?.greenWithin ?? null,
    amberWithin: own?.amberWithin ?? null,
    rangeLow: null,
    rangeHigh: null,
    targets: {},
    strategicPriority: '',
    role: null,
    core: null,
    benchmark: '',
    benchmarkSource: '',
    quartile: '',
  };
}
