import type { IsoDate } from '../domain/days.ts';
import type { Kpi, KpiRating } from '../domain/kpi.ts';
import type { Classification } from '../domain/plan.ts';
import type { MilestoneRating } from '../domain/project.ts';
import type { Counts, MilestoneCounts, PlanStatus, Trend } from '../domain/report.ts';
import type { RollUp } from '../domain/roll-up.ts';
import type { Wording } from '../domain/words.ts';

/** A figure for programs (an exact decimal, `yes`, `no` or words) and as people read it. */
export type Figure = { value: string; text: string };

export type PaperKpi = {
  ref: string;
  title: string;
  manager: string;
  unit: Kpi['unit'];
  /** The KPI's own period, and its name where that is another than the paper's. */
  period: string | null;
  ofPeriod: string | null;
  result: Figure | null;
  provisional: boolean;
  /** The period the figure is about, when that is not the period reported. */
  dataAge: string | null;
  target: Figure | null;
  floor: Figure | null;
  rating: KpiRating;
  ratingWords: Wording;
  /** What the rule alone gives, where a rating was approved by hand. */
  override: string | null;
  persistent: boolean;
  trend: Trend;
  trendWords: Wording;
  yearToDate: Figure | null;
  forecast: Figure | null;
  forecastRating: { rating: KpiRating; words: Wording } | null;
  due: IsoDate | null;
  because: string;
  cause: string;
  action: string;
  actionBy: IsoDate | null;
};

export type PaperMilestone = {
  ref: string;
  title: string;
  project: string;
  manager: string;
  baseline: IsoDate;
  forecast: IsoDate | null;
  completed: IsoDate | null;
  percentComplete: number | null;
  daysLate: number;
  rating: MilestoneRating;
  ratingWords: Wording;
  because: string;
  cause: string;
};

/** An update that has not been given. */
export type PaperMissing = {
  kind: 'kpi' | 'milestone';
  ref: string;
  title: string;
  manager: string;
  overdue: boolean;
  due: IsoDate;
};

export type PaperPlan = {
  ref: string;
  /** Where its section begins: a name that web pages and Word both take, which a ref need not be. */
  anchor: string;
  title: string;
  directorate: string;
  portfolio: string;
  classification: Classification;
  status: PlanStatus;
  statusWords: Wording;
  counts: Counts;
  milestoneCounts: MilestoneCounts;
  kpis: PaperKpi[];
  milestones: PaperMilestone[];
  /** Worst first. */
  exceptions: ({ kpi: PaperKpi } | { milestone: PaperMilestone })[];
  missing: PaperMissing[];
  /** Whether causes and actions are told at all. */
  quotes: boolean;
};

/** How one plan or all of them stand in one period: what every format of a paper is made from. */
export type Paper = {
  council: string;
  title: string;
  scope: 'plan' | 'all';
  /** `EXEMPT – not for publication`, where the paper tells of a plan that is. */
  marking: string | null;
  period: { key: string; name: string };
  asAt: { date: IsoDate; text: string };
  notice: string | null;
  /** Plans that are exempt or confidential and not in the paper; never named. */
  leftOut: number;
  /** Why it has no causes and actions; null where it has. */
  withheld: string | null;
  total: RollUp;
  directorates: { name: string; total: RollUp }[];
  /** By directorate in the council's order, then by title. */
  plans: PaperPlan[];
  /** The statements that the council's plan template carries: `kpis`, `projects` or a section of its own. */
  statements: { section: string; text: string }[];
  /** How the ratings, trends and signs are to be read. */
  notes: string[];
};
