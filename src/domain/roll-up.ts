import { noCounts, noMilestoneCounts } from './plan-status.ts';
import type { Counts, MilestoneCounts, PlanReport, PlanStatus } from './report.ts';

/** Many plans in one: what a directorate, a portfolio or the whole council comes to. */
export type RollUp = {
  plans: number;
  statuses: Record<PlanStatus, number>;
  kpis: number;
  /** Together they are `kpis`. */
  counts: Counts;
  milestones: number;
  milestoneCounts: MilestoneCounts;
  /** Directions of travel by the council's comparison; together they are `kpis`. */
  trends: { better: number; same: number; worse: number; none: number };
  persistent: number;
};

/** Adds reports up. Totals are sums of counts, never of shares. */
export function rollUp(reports: readonly PlanReport[]): RollUp {
  const total: RollUp = {
    plans: reports.length,
    statuses: { 'off-target': 0, 'at-risk': 0, 'on-target': 0, 'not-reported': 0 },
    kpis: 0,
    counts: noCounts(),
    milestones: 0,
    milestoneCounts: noMilestoneCounts(),
    trends: { better: 0, same: 0, worse: 0, none: 0 },
    persistent: 0,
  };
  for (const report of reports) addReport(total, report);
  return total;
}

function addReport(total: RollUp, { status, kpis, counts, milestones, milestoneCounts }: PlanReport): void {
  total.statuses[status] += 1;
  total.kpis += kpis.length;
  total.milestones += milestones.length;
  addCounts(total.counts, counts);
  addCounts(total.milestoneCounts, milestoneCounts);
  for (const { trend, persistent } of kpis) {
    total.trends[trend ?? 'none'] += 1;
    if (persistent) total.persistent += 1;
  }
}

function addCounts<K extends string>(total: Record<K, number>, counts: Record<K, number>): void {
  for (const key of Object.keys(counts) as K[]) total[key] += counts[key];
}

/** A whole percent, half rounded up, worked out in whole numbers; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((200 * part + whole) / (2 * whole));

/**
 * The shares of Green, Amber and Red among the KPIs that are rated, each printed as it is: they need not add
 * up to 100 (RULES "Counts always reconcile"). Null when nothing is rated.
 */
export function ratedShares({ green, amber, red }: Pick<Counts, 'green' | 'amber' | 'red'>) {
  const rated = green + amber + red;
  if (rated === 0) return null;
  return {
    green: percentOf(green, rated)!,
    amber: percentOf(amber, rated)!,
    red: percentOf(red, rated)!,
  };
}
