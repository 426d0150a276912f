import type { TrendComparison } from './council.ts';
import { Big, type DecimalText } from './decimal.ts';
import type { KpiRating, Polarity, RatingRule } from './kpi.ts';
import { type FormalPoint, periodName } from './periods.ts';
import type { MilestoneRating, MilestoneState } from './project.ts';
import type { Counts, KpiLine, LateUpdate, MilestoneCounts, PlanStatus, Trend } from './report.ts';
import { shortfallOf } from './shortfall.ts';
import { grouped } from './units.ts';

/** The Adaptive Card colour names that are used here. Colour only ever repeats what the word says. */
export type Colour = 'good' | 'warning' | 'attention' | 'default';

/** A rating as people read it. `text` is all of it: `▲ Amber – floor met`. */
export type Wording = { symbol: string; word: string; detail: string; text: string; colour: Colour };

const wording = (symbol: string, word: string, colour: Colour, detail = ''): Wording => ({
  symbol,
  word,
  detail,
  text: detail ? `${symbol} ${word} – ${detail}` : `${symbol} ${word}`,
  colour,
});

const symbols: Record<KpiRating, [symbol: string, word: string, colour: Colour]> = {
  green: ['✔', 'Green', 'good'],
  amber: ['▲', 'Amber', 'warning'],
  red: ['✖', 'Red', 'attention'],
  'within-range': ['↔', 'Within range', 'default'],
  'above-range': ['⇧', 'Above range', 'default'],
  'below-range': ['⇩', 'Below range', 'default'],
  awaited: ['○', 'Awaited', 'default'],
  overdue: ['●', 'Overdue', 'warning'],
  'no-data': ['?', 'No data', 'default'],
  'not-rated': ['·', 'Not rated', 'default'],
  'not-due': ['·', 'Not due', 'default'],
};

function greenDetail(rule: RatingRule, result: DecimalText | null): string {
  if (result !== null && shortfallOf(result, rule)?.by.gt(0)) return 'within tolerance';
  return rule.polarity === 'range' ? 'within range' : 'target met';
}

function amberDetail({ method }: RatingRule): string {
  if (method === 'floor') return 'floor met';
  return method === 'relative-or-improving' ? 'no worse than last year' : 'within tolerance';
}

const floorMissed: Record<Polarity, string> = {
  higher: 'below floor',
  lower: 'worse than floor',
  range: 'floor missed',
};

function redDetail({ method, floor, polarity, amberWithin, greenWithin, lastYear }: RatingRule): string {
  if (method === 'floor' && floor !== null) return floorMissed[polarity];
  if (method === 'relative-or-improving' && lastYear !== null) return 'worse than last year';
  if (new Big(amberWithin).gt(0) || new Big(greenWithin).gt(0)) return 'outside tolerance';
  return polarity === 'range' ? 'outside range' : 'target missed';
}

/**
 * A KPI's rating as word and symbol: `✔ Green – target met` (RULES "Words, not colours"). With the rule that
 * made it the wording says which line was met; `result` tells a target met from one within tolerance. An
 * override is given without a rule, since no rule made it.
 */
export function ratingWords(
  rating: KpiRating,
  rule: RatingRule | null = null,
  result: DecimalText | null = null,
): Wording {
  const [symbol, word, colour] = symbols[rating];
  if (rule === null) return wording(symbol, word, colour);
  if (rating === 'green') return wording(symbol, word, colour, greenDetail(rule, result));
  if (rating === 'amber') return wording(symbol, word, colour, amberDetail(rule));
  if (rating === 'red') return wording(symbol, word, colour, redDetail(rule));
  return wording(symbol, word, colour);
}

export const comparisonWords: Record<TrendComparison, string> = {
  'previous-period': 'since the previous period',
  'same-period-last-year': 'since the same period last year',
};

/** `↗ improving – since the previous period`: the direction of travel and what it is measured against. */
export function trendWords(trend: Trend, comparison: TrendComparison | null = null): Wording {
  const since = comparison ? comparisonWords[comparison] : '';
  if (trend === 'better') return wording('↗', 'improving', 'good', since);
  if (trend === 'worse') return wording('↘', 'worsening', 'attention', since);
  if (trend === 'same') return wording('→', 'no change', 'default', since);
  return wording('–', 'nothing to compare with', 'default');
}

/** A plan's status (RULES "A plan's status"). */
export const statusWords: Record<PlanStatus, Wording> = {
  'off-target': wording('✖', 'Off target', 'attention'),
  'at-risk': wording('▲', 'At risk', 'warning'),
  'on-target': wording('✔', 'On target', 'good'),
  'not-reported': wording('○', 'Not reported', 'default'),
};

const late = (days: number) => (days === 1 ? '1 day late' : `${days} days late`);

/** A milestone's rating: `✔ Complete – 12 days late`, `✖ Red – 40 days late`. `daysLate` as in MilestoneLine. */
export function milestoneWords(rating: MilestoneRating, daysLate = 0): Wording {
  const slip = daysLate > 0 ? late(daysLate) : '';
  switch (rating) {
    case 'complete':
      return wording('✔', 'Complete', 'good', slip || 'on time');
    case 'green':
      return wording('✔', 'Green', 'good', 'on track');
    case 'amber':
      return wording('▲', 'Amber', 'warning', slip || 'at risk');
    case 'red':
      return wording('✖', 'Red', 'attention', slip || 'off track');
    case 'not-started':
      return wording('○', 'Not started', 'default');
    case 'deferred':
      return wording('»', 'Deferred', 'default');
    case 'cancelled':
      return wording('–', 'Cancelled', 'default');
  }
}

/** What a manager can say of a milestone, in the order in which the form offers it. */
export const stateWords: Record<MilestoneState, string> = {
  'not-started': 'Not started',
  'on-track': 'On track',
  'at-risk': 'At risk',
  'off-track': 'Off track',
  complete: 'Complete',
  deferred: 'Deferred',
  cancelled: 'Cancelled',
};

export const polarityWords: Record<Polarity, string> = {
  higher: 'Higher is better',
  lower: 'Lower is better',
  range: 'Within the range is best',
};

/** What an overdue update is of: the KPI, with the period where it isn't the one that is shown. */
export const lateTitle = ({ kpi, period: shown }: KpiLine, { period }: LateUpdate): string =>
  period.key === shown?.key ? kpi.title : `${kpi.title}, ${periodName(period)}`;

/** `1 plan`, `1,204 plans`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(String(count))} ${count === 1 ? one : many}`;

/** Every count with its word, in the order in which they are read out. */
export const countWords: readonly [keyof Counts, string][] = [
  ['red', 'Red'],
  ['amber', 'Amber'],
  ['green', 'Green'],
  ['withinRange', 'within range'],
  ['outOfRange', 'out of range'],
  ['overdue', 'overdue'],
  ['awaited', 'awaited'],
  ['noData', 'no data'],
  ['notRated', 'not rated'],
  ['notDue', 'not due'],
];

/** `2 Red, 1 Amber, 4 Green, 1 overdue`: every count that isn't 0; they add up to the number of KPIs. */
export function countsInWords(counts: Counts): string {
  const said = countWords
    .filter(([key]) => counts[key] > 0)
    .map(([key, word]) => `${grouped(String(counts[key]))} ${word}`);
  return said.length > 0 ? said.join(', ') : 'no KPIs';
}

/** Every milestone rating with its word, in the order in which they are read out. */
export const milestoneCountWords: readonly [MilestoneRating, string][] = [
  ['red', 'Red'],
  ['amber', 'Amber'],
  ['green', 'Green'],
  ['complete', 'complete'],
  ['not-started', 'not started'],
  ['deferred', 'deferred'],
  ['cancelled', 'cancelled'],
];

/** `1 Red, 1 complete, 2 not started`: every count that isn't 0; they add up to the number of milestones. */
export function milestoneCountsInWords(counts: MilestoneCounts): string {
  const said = milestoneCountWords
    .filter(([key]) => counts[key] > 0)
    .map(([key, word]) => `${grouped(String(counts[key]))} ${word}`);
  return said.length > 0 ? said.join(', ') : 'no milestones';
}

/** What the formal monitoring points of a plan are called. */
export const formalWords: Record<FormalPoint, string> = {
  'mid-term': 'Mid-term point',
  'end-of-year': 'End-of-year point',
};
