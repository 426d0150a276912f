import type { KpiRating } from './kpi.ts';
import type { MilestoneRating } from './project.ts';
import type { Counts, KpiLine, MilestoneCounts, MilestoneLine, PlanException, PlanStatus } from './report.ts';

const countedAs: Record<KpiRating, keyof Counts> = {
  green: 'green',
  amber: 'amber',
  red: 'red',
  awaited: 'awaited',
  overdue: 'overdue',
  'no-data': 'noData',
  'not-rated': 'notRated',
  'not-due': 'notDue',
  'within-range': 'withinRange',
  'above-range': 'outOfRange',
  'below-range': 'outOfRange',
};

export const noCounts = (): Counts => ({
  green: 0,
  amber: 0,
  red: 0,
  awaited: 0,
  overdue: 0,
  noData: 0,
  notRated: 0,
  notDue: 0,
  withinRange: 0,
  outOfRange: 0,
});

export const noMilestoneCounts = (): MilestoneCounts => ({
  complete: 0,
  green: 0,
  amber: 0,
  red: 0,
  'not-started': 0,
  deferred: 0,
  cancelled: 0,
});

/** Every KPI is counted once, under its rating or the reason that it has none. */
export function countKpis(lines: readonly { rating: KpiRating }[]): Counts {
  const counts = noCounts();
  for (const { rating } of lines) counts[countedAs[rating]] += 1;
  return counts;
}

export function countMilestones(lines: readonly { rating: MilestoneRating }[]): MilestoneCounts {
  const counts = noMilestoneCounts();
  for (const { rating } of lines) counts[rating] += 1;
  return counts;
}

/**
 * A plan's status (RULES "A plan's status"). A milestone counts as rated Green only once something was said
 * of it: a plan that nobody has reported on is not on target.
 */
export function statusOf(kpis: readonly KpiLine[], milestones: readonly MilestoneLine[]): PlanStatus {
  const all: readonly { rating: string }[] = [...kpis, ...milestones];
  const has = (wanted: string) => all.some(({ rating }) => rating === wanted);
  if (has('red')) return 'off-target';
  if (has('amber') || kpis.some(({ forecastRating }) => forecastRating === 'red')) return 'at-risk';
  const reported = milestones.some(
    ({ rating, update }) => update && (rating === 'green' || rating === 'complete'),
  );
  return reported || kpis.some(({ rating }) => rating === 'green') ? 'on-target' : 'not-reported';
}

/**
 * What a member must see, worst first: persistent Red, Red, then Amber, then whatever else has a Red forecast.
 * Within a band KPIs come before milestones, the latest milestone first, and otherwise the plan's own order.
 */
export function exceptionsOf(
  kpis: readonly KpiLine[],
  milestones: readonly MilestoneLine[],
): PlanException[] {
  const kpisThat = (belongs: (line: KpiLine) => boolean) => kpis.filter(belongs).map((kpi) => ({ kpi }));
  const milestonesRated = (wanted: MilestoneRating) =>
    milestones
      .filter(({ rating }) => rating === wanted)
      .sort((a, b) => b.daysLate - a.daysLate)
      .map((milestone) => ({ milestone }));
  return [
    ...kpisThat(({ rating, persistent }) => rating === 'red' && persistent),
    ...kpisThat(({ rating, persistent }) => rating === 'red' && !persistent),
    ...milestonesRated('red'),
    ...kpisThat(({ rating }) => rating === 'amber'),
    ...milestonesRated('amber'),
    ...kpisThat(
      ({ rating, forecastRating }) => forecastRating === 'red' && rating !== 'red' && rating !== 'amber',
    ),
  ];
}
