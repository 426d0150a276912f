import { z } from 'zod';
import { methods } from './council.ts';
import { decimalText } from './decimal.ts';
import { frequencies } from './frequency.ts';

export const kpiKinds = ['target', 'activity', 'data-only'] as const;
export const polarities = ['higher', 'lower', 'range'] as const;
export type Polarity = (typeof polarities)[number];
export { type Frequency, frequencies } from './frequency.ts';
export const yearToDateMethods = ['latest', 'sum', 'average', 'ratio'] as const;
export const plainUnits = [
  'percent',
  'number',
  'gbp',
  'days',
  'hours',
  'minutes',
  'seconds',
  'ratio',
  'yes-no',
] as const;

/** One of the plain units, or `rate:1000` for a rate per thousand. */
export const unitSchema = z.union([
  z.enum(plainUnits),
  // A template literal's own checks are not run by zod, so that `rate:0` would pass it.
  z.custom<`rate:${number}`>((text) => typeof text === 'string' && /^rate:[1-9]\d{0,8}$/.test(text)),
]);
export type Unit = z.infer<typeof unitSchema>;

/**
 * A row of a plan's monitoring table. Figures are exact decimals as text; a yes/no KPI's figures are `1` and
 * `0`. `target` is what the plan prints: it may be words ("Top quartile"), which are shown and never rated.
 */
export const kpiSchema = z.object({
  ref: z.string(),
  plan: z.string(),
  title: z.string(),
  kind: z.enum(kpiKinds),
  /** The plan's own word for it, such as National Indicator. */
  type: z.string(),
  unit: unitSchema,
  /** Places shown after the point; never used in a comparison. */
  decimals: z.number().int().min(0).max(6),
  polarity: z.enum(polarities),
  frequency: z.enum(frequencies),
  yearToDate: z.enum(yearToDateMethods),
  /** Person id. */
  accountableManager: z.string().nullable(),
  targetPreviousYear: z.string().nullable(),
  estimatePreviousYear: z.string().nullable(),
  target: z.string().nullable(),
  floor: decimalText.nullable(),
  /** Empty: `floor` when there is a floor, else the council's. */
  method: z.enum(methods).nullable(),
  greenWithin: decimalText.nullable(),
  amberWithin: decimalText.nullable(),
  rangeLow: decimalText.nullable(),
  rangeHigh: decimalText.nullable(),
  /** The target profile: period key → that period's own target and floor. */
  targets: z.record(z.string(), z.object({ target: z.string().nullable(), floor: decimalText.nullable() })),
  strategicPriority: z.string(),
  role: z.enum(['lead', 'support']).nullable(),
  core: z.boolean().nullable(),
  benchmark: z.string(),
  benchmarkSource: z.string(),
  quartile: z.string(),
});
export type Kpi = z.infer<typeof kpiSchema>;

/**
 * The rule that made a rating, settled for one KPI and period and stored with the rating, so that a later
 * change of rule rewrites no history (RULES "Every stored rating keeps the rule that made it").
 */
export const ratingRuleSchema = z.object({
  ruleVersion: z.literal(1),
  kind: z.enum(kpiKinds),
  method: z.enum(methods),
  polarity: z.enum(polarities),
  /** The number to meet, or null when there is none or it is words. */
  target: decimalText.nullable(),
  /** The target as the plan prints it. */
  targetText: z.string().nullable(),
  floor: decimalText.nullable(),
  greenWithin: decimalText,
  amberWithin: decimalText,
  rangeLow: decimalText.nullable(),
  rangeHigh: decimalText.nullable(),
  /** The same period's result last year; used by `relative-or-improving` alone. */
  lastYear: decimalText.nullable(),
});
export type RatingRule = z.infer<typeof ratingRuleSchema>;

/** What a result can be rated as once it is there. */
export const resultRatings = [
  'green',
  'amber',
  'red',
  'within-range',
  'above-range',
  'below-range',
  'not-rated',
  'no-data',
] as const;
/** Every word a KPI can carry in a period (DESIGN "Command line"). */
export const kpiRatings = [...resultRatings, 'awaited', 'overdue', 'not-due'] as const;
export type ResultRating = (typeof resultRatings)[number];
export type KpiRating = (typeof kpiRatings)[number];

/** A rating as stored: what the rule said, and an approved override beside it, never instead of it. */
export const storedRatingSchema = z.object({
  computed: z.enum(resultRatings),
  rule: ratingRuleSchema.nullable(),
  override: z
    .object({
      rating: z.enum(['green', 'amber', 'red']),
      reason: z.string(),
      approvedBy: z.string(),
      approvedAt: z.string(),
    })
    .nullable(),
});
export type StoredRating = z.infer<typeof storedRatingSchema>;

/**
 * One KPI's figure and commentary for one period. The newest revision is the value; every revision is kept.
 * Either `result` (with numerator and denominator when computed from them) or `unavailable` is set.
 */
export const kpiUpdateSchema = z.object({
  kpi: z.string(),
  plan: z.string(),
  period: z.string(),
  revision: z.number().int().positive(),
  result: decimalText.nullable(),
  numerator: decimalText.nullable(),
  denominator: decimalText.nullable(),
  provisional: z.boolean(),
  unavailable: z.object({ reason: z.string(), expected: z.string().nullable() }).nullable(),
  /** Year-end forecast. */
  forecast: decimalText.nullable(),
  /** The cause, in the manager's own words. */
  commentary: z.string(),
  /** What is being done, and the ISO date it will be done by. */
  action: z.string(),
  actionBy: z.string().nullable(),
  /** The period the figure is about when it is not the period reported, in words. */
  dataAge: z.string().nullable(),
  rating: storedRatingSchema,
  /** Person id, null for a comparative figure whose giver is not known. */
  submittedBy: z.string().nullable(),
  /** ISO instant. */
  submittedAt: z.string(),
  /** Why an earlier figure was changed; null for the first. */
  reason: z.string().nullable(),
  source: z.enum(['form', 'import']),
});
export type KpiUpdate = z.infer<typeof kpiUpdateSchema>;
