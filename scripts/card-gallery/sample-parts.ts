import { buildReport } from '../../src/domain/build-report.ts';
import { datesOf } from '../../src/domain/calendar.ts';
import type { YearSettings } from '../../src/domain/council.ts';
import type { DueItem } from '../../src/domain/due-items.ts';
import type { Kpi, KpiUpdate } from '../../src/domain/kpi.ts';
import { periodOf, samePeriodLastYear } from '../../src/domain/periods.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Milestone, MilestoneUpdate, Project } from '../../src/domain/project.ts';
import { rateResult, settleRule } from '../../src/domain/rating.ts';
import type { PlanReport } from '../../src/domain/report.ts';

/** The samples' council: Kent in 2009/10, with invented people and figures. */
export const settings: YearSettings = {
  name: 'Kent County Council (sample)',
  tenantId: 'sample',
  timeZone: 'Europe/London',
  year: '2009/10',
  rating: { method: 'floor', greenWithin: '0', amberWithin: '10' },
  trend: 'previous-period',
  calendar: {
    opensAfterDays: 1,
    dueAfterDays: 21,
    lockAfterDays: 60,
    remindBeforeDays: [7],
    chaseEveryDays: 7,
    tellHeadAfterDays: 7,
    bankHolidays: 'england',
    daysOff: [],
    writeFromHour: 9,
    writeUntilHour: 17,
  },
  directorates: [
    { ref: 'ER', name: 'Environment and Regeneration' },
    { ref: 'COM', name: 'Communities' },
  ],
  portfolios: [{ ref: 'highways', name: 'Environment, Highways and Waste', directorates: ['ER'] }],
  statements: [],
  notice: null,
  playgroundDate: '2009-10-14',
};

export const sampleKpi = (given: Partial<Kpi>): Kpi => ({
  ref: given.title ?? 'K1',
  plan: 'P1',
  title: 'A KPI',
  kind: 'target',
  type: 'Local indicator',
  unit: 'percent',
  decimals: 1,
  polarity: 'higher',
  frequency: 'quarterly',
  yearToDate: 'latest',
  accountableManager: 'Priya Nair',
  targetPreviousYear: null,
  estimatePreviousYear: null,
  target: null,
  floor: null,
  method: null,
  greenWithin: null,
  amberWithin: null,
  rangeLow: null,
  rangeHigh: null,
  targets: {},
  strategicPriority: '',
  role: null,
  core: null,
  benchmark: '',
  benchmarkSource: '',
  quartile: '',
  ...given,
});

/** An update as a sample writes it: its result alone, or any of its fields. */
export type SampleUpdate = string | Partial<KpiUpdate>;

export function sampleUpdate(
  kpi: Kpi,
  period: string,
  given: SampleUpdate,
  lastYear: string | null = null,
): KpiUpdate {
  const fields = typeof given === 'string' ? { result: given } : given;
  const result = fields.result ?? null;
  const rule = settleRule(kpi, periodOf(period), settings.rating, lastYear);
  return {
    kpi: kpi.ref,
    plan: kpi.plan,
    period,
    revision: 1,
    result,
    numerator: null,
    denominator: null,
    provisional: false,
    unavailable: null,
    forecast: null,
    commentary: '',
    action: '',
    actionBy: null,
    dataAge: null,
    rating: { computed: rateResult(result, rule), rule, override: null },
    submittedBy: kpi.accountableManager,
    submittedAt: '2009-10-12T08:30:00Z',
    reason: null,
    source: 'form',
    ...fields,
    ...(fields.rating && {
      rating: { computed: rateResult(result, rule), rule, override: fields.rating.override },
    }),
  };
}

type SampleKpi = Partial<Kpi> & { updates?: Record<string, SampleUpdate> };
type SampleMilestone = Partial<Milestone> & { update?: Partial<MilestoneUpdate> };
type SampleProject = Partial<Project> & { milestones?: SampleMilestone[] };

export type SampleReport = {
  plan: Partial<Plan>;
  period?: string;
  today?: string;
  kpis: SampleKpi[];
  projects?: SampleProject[];
  /** Repeats the KPIs until there are so many, to see what a very large plan does. */
  repeatKpis?: number;
};

export const samplePlan = (given: Partial<Plan>): Plan => ({
  ref: given.ref ?? given.title ?? 'P1',
  title: 'A plan',
  tier: 'service',
  directorate: 'ER',
  parent: null,
  portfolio: 'highways',
  headOfService: null,
  classification: 'unrestricted',
  units: [],
  ...given,
});

/** A plan's report from a few words a KPI, rated and counted by the real rules. */
export function sampleReport({
  plan: given,
  period = '2009/10 Q2',
  today = '2009-10-26',
  ...sample
}: SampleReport): PlanReport {
  const plan = samplePlan(given);
  const many = Math.max(sample.kpis.length, sample.repeatKpis ?? 0);
  const written = Array.from({ length: many }, (_, at) => sample.kpis[at % sample.kpis.length]!);
  const kpis = written.map(({ updates: _, ...kpi }, at) =>
    sampleKpi({ ...kpi, plan: plan.ref, ref: `${plan.ref}-${at + 1}` }),
  );
  const updates = kpis.flatMap((kpi, at) => {
    const given = written[at]!.updates ?? {};
    return Object.entries(given).map(([key, update]) => {
      const before = given[samePeriodLastYear(periodOf(key)).key];
      return sampleUpdate(kpi, key, update, typeof before === 'string' ? before : null);
    });
  });
  const projects = sample.projects ?? [];
  return buildReport({
    plan,
    kpis,
    updates,
    projects: projects.map((project, at) => sampleProject(project, plan.ref, at)),
    milestones: projects.flatMap((project, at) =>
      (project.milestones ?? []).map((milestone, index) => sampleMilestone(milestone, plan.ref, at, index)),
    ),
    milestoneUpdates: projects.flatMap((project, at) =>
      (project.milestones ?? []).flatMap(({ update }, index) =>
        update ? [sampleMilestoneUpdate(update, plan.ref, `${at}-${index}`)] : [],
      ),
    ),
    settings,
    period: periodOf(period),
    today,
  });
}

const sampleProject = ({ milestones: _, ...given }: SampleProject, plan: string, at: number): Project => ({
  ref: String(at),
  plan,
  title: 'A project',
  nature: 'new',
  accountableManager: null,
  outcomes: '',
  start: null,
  due: null,
  strategicPriority: '',
  role: null,
  capital: null,
  gatewayReview: '',
  riskRegister: '',
  ...given,
});

export const sampleMilestone = (
  { update: _, ...given }: SampleMilestone,
  plan = 'P1',
  project: number = 0,
  index = 0,
): Milestone => ({
  ref: `${project}-${index}`,
  project: String(project),
  plan,
  title: 'A milestone',
  accountableManager: 'Owen Marsh',
  start: null,
  due: '2009-12-18',
  ...given,
});

export const sampleMilestoneUpdate = (
  given: Partial<MilestoneUpdate>,
  plan = 'P1',
  milestone = '0-0',
): MilestoneUpdate => ({
  milestone,
  plan,
  revision: 1,
  state: 'on-track',
  percentComplete: null,
  forecast: null,
  completed: null,
  commentary: '',
  decision: null,
  submittedBy: null,
  submittedAt: '2009-10-12T08:30:00Z',
  reason: null,
  source: 'form',
  ...given,
});

export type SampleDueItem = Pick<DueItem, 'title' | 'plan' | 'state' | 'rating'> & {
  kind?: DueItem['kind'];
  said?: DueItem['said'];
  period: string;
};

export function sampleDueItem({ period: key, kind = 'kpi', ...given }: SampleDueItem, at: number): DueItem {
  const period = periodOf(key);
  return {
    id: `${kind}/${at}@${key}`,
    kind,
    ref: String(at),
    accountableManager: null,
    period,
    dates: datesOf(period, settings.calendar),
    locked: false,
    said: null,
    ...given,
  };
}
