import type { IsoDate } from './days.ts';
import type { DecimalText } from './decimal.ts';
import type { Kpi, KpiRating, KpiUpdate } from './kpi.ts';
import type { Period } from './periods.ts';
import type { Plan } from './plan.ts';
import type { Milestone, MilestoneRating, MilestoneUpdate, Project } from './project.ts';

export const planStatuses = ['off-target', 'at-risk', 'on-target', 'not-reported'] as const;
export type PlanStatus = (typeof planStatuses)[number];

export type Trend = 'better' | 'same' | 'worse' | null;

/** Counts that reconcile: together they are the number of KPIs (RULES "A plan's status"). */
export type Counts = {
  green: number;
  amber: number;
  red: number;
  awaited: number;
  overdue: number;
  noData: number;
  notRated: number;
  notDue: number;
  withinRange: number;
  outOfRange: number;
};

export type LateUpdate = { period: Period; due: IsoDate };

/** One KPI as it stands in a reporting period. */
export type KpiLine = {
  kpi: Kpi;
  /** The KPI's own period that is reported, or null when it isn't due in this one. */
  period: Period | null;
  dueDate: IsoDate | null;
  update: KpiUpdate | null;
  result: DecimalText | null;
  /** The target and floor the result was rated by: those stored with it, else those in force for the period. */
  target: string | null;
  floor: DecimalText | null;
  /** The rating shown: an approved override when there is one, else the computed one. */
  rating: KpiRating;
  computed: KpiRating;
  /** The rule in words: `91.2% against a target of 95%; floor 90%`. */
  because: string;
  /** By the council's setting. */
  trend: Trend;
  trendFrom: { short: Trend; long: Trend };
  yearToDate: { value: DecimalText; periods: number } | null;
  forecast: DecimalText | null;
  forecastRating: KpiRating | null;
  /** Red now and in the reported period before. */
  persistent: boolean;
  /**
   * Every update of this year that is overdue, the oldest first: an August that was never given stays late while
   * September is only awaited. In an earlier period than the newest, only those of periods that had ended by then.
   */
  readonly late: readonly LateUpdate[];
};

/** One milestone as it stands today. */
export type MilestoneLine = {
  milestone: Milestone;
  project: Project;
  update: MilestoneUpdate | null;
  rating: MilestoneRating;
  /** Days after the baseline: past it when complete or overdue, forecast past it otherwise; 0 when none. */
  daysLate: number;
  because: string;
};

export type MilestoneCounts = Record<MilestoneRating, number>;

export type ProjectLine = {
  project: Project;
  /** The worst of its open milestones, or null when none is open. */
  rating: MilestoneRating | null;
  counts: MilestoneCounts;
};

/** What a member must see: Red, then Amber, then a Green whose forecast is Red. Worst first. */
export type PlanException = { kpi: KpiLine } | { milestone: MilestoneLine };

/** A plan in one reporting period: what every card, export and total is made from. */
export type PlanReport = {
  plan: Plan;
  period: Period;
  status: PlanStatus;
  counts: Counts;
  kpis: KpiLine[];
  milestones: MilestoneLine[];
  milestoneCounts: MilestoneCounts;
  projects: ProjectLine[];
  exceptions: PlanException[];
};
