import type { RatingSettings } from './council.ts';
import { Big, type DecimalText } from './decimal.ts';
import type { Kpi, RatingRule, ResultRating, StoredRating } from './kpi.ts';
import type { Period } from './periods.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';
import { type TargetLines, targetFor } from './target.ts';

/**
 * Settles the rule for one KPI and period: what the KPI says, else the council's setting. A KPI with a floor
 * uses `floor` unless it says otherwise; under `floor` no tolerance applies (RULES "Settings").
 *
 * @param lastYear the same period's result last year; kept by `relative-or-improving` alone
 */
export function settleRule(
  kpi: Kpi,
  period: Period,
  settings: RatingSettings,
  lastYear: DecimalText | null,
): RatingRule {
  return ruleAgainst(targetFor(kpi, period.key), kpi, settings, lastYear);
}

/** The same rule against any target and floor of the KPI's. */
export function ruleAgainst(
  lines: TargetLines,
  kpi: Kpi,
  settings: RatingSettings,
  lastYear: DecimalText | null,
): RatingRule {
  const method = kpi.method ?? (lines.floor === null ? settings.method : 'floor');
  const tolerant = method === 'relative' || method === 'absolute';
  return {
    ruleVersion: 1,
    kind: kpi.kind,
    method,
    polarity: kpi.polarity,
    ...lines,
    greenWithin: method === 'floor' ? '0' : (kpi.greenWithin ?? settings.greenWithin),
    amberWithin: tolerant ? (kpi.amberWithin ?? settings.amberWithin) : '0',
    rangeLow: kpi.rangeLow,
    rangeHigh: kpi.rangeHigh,
    lastYear: method === 'relative-or-improving' ? lastYear : null,
  };
}

/**
 * Rates a result by a settled rule (RULES "Rating, in this order", 3 to 7). Null, a result that isn't there,
 * is `no-data`.
 */
export function rateResult(result: DecimalText | null, rule: RatingRule): ResultRating {
  if (result === null) return 'no-data';
  if (rule.kind === 'data-only') return 'not-rated';
  if (rule.kind === 'activity') return placeInRange(result, rule);
  const shortfall = shortfallOf(result, rule);
  if (!shortfall) return 'not-rated';
  if (shortfall.by.lte(0) || isWithin(shortfall, rule.greenWithin, rule)) return 'green';
  return isAcceptable(result, shortfall, rule) ? 'amber' : 'red';
}

function placeInRange(result: DecimalText, { rangeLow, rangeHigh }: RatingRule): ResultRating {
  if (rangeLow === null || rangeHigh === null) return 'not-rated';
  const figure = new Big(result);
  if (figure.lt(rangeLow)) return 'below-range';
  return figure.gt(rangeHigh) ? 'above-range' : 'within-range';
}

/** Multiplied out, never divided. Against 0 every shortfall is beyond every relative tolerance. */
function isWithin({ by, against }: Shortfall, tolerance: DecimalText, { method }: RatingRule): boolean {
  if (method === 'floor') return false;
  if (method === 'absolute') return by.lte(tolerance);
  return by.times(100).lte(against.abs().times(tolerance));
}

function isAcceptable(result: DecimalText, shortfall: Shortfall, rule: RatingRule): boolean {
  if (rule.method === 'floor') return meetsFloor(result, shortfall, rule);
  if (rule.method === 'relative-or-improving') {
    const before = rule.lastYear === null ? null : shortfallOf(rule.lastYear, rule);
    return before !== null && shortfall.by.lte(before.by);
  }
  return isWithin(shortfall, rule.amberWithin, rule);
}

/** Outside a range the floor stands for its own side alone: one below the low bound excuses nothing above. */
function meetsFloor(result: DecimalText, { against }: Shortfall, rule: RatingRule): boolean {
  if (rule.floor === null) return false;
  const figure = new Big(result);
  if (rule.polarity === 'higher') return figure.gte(rule.floor);
  if (rule.polarity === 'lower') return figure.lte(rule.floor);
  return figure.lt(against) ? figure.gte(rule.floor) : figure.lte(rule.floor);
}

/**
 * Rates a year-end forecast by the rule of the period's result, against the year's own target and floor
 * (RULES "Forecast").
 *
 * @param lastYear last year's outturn, for `relative-or-improving`
 */
export function rateForecast(
  forecast: DecimalText,
  kpi: Kpi,
  year: string,
  rule: RatingRule,
  lastYear: DecimalText | null,
): ResultRating {
  const lines: TargetLines = targetFor(kpi, year);
  return rateResult(forecast, { ...rule, ...lines, lastYear });
}

/** The rating to show: an approved override when there is one, else what the rule said. */
export const shownRating = ({ computed, override }: StoredRating): ResultRating =>
  override?.rating ?? computed;

export type Override = NonNullable<StoredRating['override']>;
export type Overridden =
  | { ok: true; rating: StoredRating }
  | { ok: false; fault: 'needs-reason' | 'needs-approver' | 'never-rated'; sentence: string };

/**
 * Puts an override beside the computed rating, which stays (RULES "An override needs a reason and an
 * approver"). Only a target KPI that has a result can be Green, Amber or Red.
 */
export function overrideRating(stored: StoredRating, override: Override): Overridden {
  const { rule, computed } = stored;
  if (rule?.kind !== 'target' || computed === 'no-data') {
    return {
      ok: false,
      fault: 'never-rated',
      sentence: 'Only a KPI with a target and a result can be rated Green, Amber or Red.',
    };
  }
  if (!override.reason.trim()) {
    return { ok: false, fault: 'needs-reason', sentence: 'Say why the rating should be different.' };
  }
  if (!override.approvedBy.trim()) {
    return { ok: false, fault: 'needs-approver', sentence: 'Name the head of service who approves it.' };
  }
  return { ok: true, rating: { ...stored, override } };
}
