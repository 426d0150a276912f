import { readFileSync } from 'node:fs';
import type { RatingSettings, YearSettings } from '../../src/domain/council.ts';
import type { Kpi, KpiUpdate, RatingRule, ResultRating } from '../../src/domain/kpi.ts';
import { periodOf } from '../../src/domain/periods.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Milestone, MilestoneUpdate, Project } from '../../src/domain/project.ts';
import { rateResult, settleRule } from '../../src/domain/rating.ts';

/** Kent's printed rule, and a calendar of 1, 21 and 42 days. */
export const council: YearSettings = {
  name: 'Example County Council',
  tenantId: 'tenant',
  timeZone: 'Europe/London',
  year: '2009/10',
  rating: { method: 'floor', greenWithin: '0', amberWithin: '10' },
  trend: 'previous-period',
  calendar: {
    opensAfterDays: 1,
    dueAfterDays: 21,
    lockAfterDays: 42,
    remindBeforeDays: [7],
    chaseEveryDays: 7,
    tellHeadAfterDays: 7,
    bankHolidays: 'england',
    daysOff: [],
    writeFromHour: 9,
    writeUntilHour: 17,
  },
  directorates: [],
  portfolios: [],
  statements: [],
  notice: null,
  playgroundDate: null,
};

export const withinTen: RatingSettings = { method: 'relative', greenWithin: '0', amberWithin: '10' };

/** The rules that councils published, as the replay uses them. */
export const published: Record<string, RatingSettings> = Object.fromEntries(
  Object.entries(
    (JSON.parse(readFileSync('data/published/settings.json', 'utf8')) as PublishedSettings).councils,
  ).map(([name, { rating }]) => [name, rating]),
);
type PublishedSettings = { councils: Record<string, { rating: RatingSettings }> };

export const aPlan: Plan = {
  ref: 'HWY',
  title: 'Highways',
  tier: 'service',
  directorate: 'ERW',
  parent: null,
  portfolio: 'ENV',
  headOfService: null,
  classification: 'unrestricted',
  units: [],
};

export const aKpi = (own: Partial<Kpi> = {}): Kpi => ({
  ref: 'HWY-01',
  plan: 'HWY',
  title: 'Potholes repaired within 28 days',
  kind: 'target',
  type: '',
  unit: 'percent',
  decimals: 1,
  polarity: 'higher',
  frequency: 'quarterly',
  yearToDate: 'latest',
  accountableManager: null,
  targetPreviousYear: null,
  estimatePreviousYear: null,
  target: '95',
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
  ...own,
});

export const quarter2 = periodOf('2009/10 Q2');

/** The rule of a KPI in quarter 2, under the council's settings or others. */
export const ruleOf = (
  own: Partial<Kpi>,
  settings: RatingSettings = council.rating,
  lastYear: string | null = null,
): RatingRule => settleRule(aKpi(own), quarter2, settings, lastYear);

export const rate = (
  result: string | null,
  own: Partial<Kpi>,
  settings: RatingSettings = council.rating,
  lastYear: string | null = null,
): ResultRating => rateResult(result, ruleOf(own, settings, lastYear));

/** A figure given for a period of a KPI, rated by the council's rule when it was given. */
export function anUpdate(
  kpi: Kpi,
  period: string,
  own: Partial<KpiUpdate> & { result: string | null },
): KpiUpdate {
  const rule = settleRule(kpi, periodOf(period), council.rating, null);
  return {
    kpi: kpi.ref,
    plan: kpi.plan,
    period,
    revision: 1,
    numerator: null,
    denominator: null,
    provisional: false,
    unavailable: own.result === null ? { reason: 'The contractor’s return is late', expected: null } : null,
    forecast: null,
    commentary: '',
    action: '',
    actionBy: null,
    dataAge: null,
    rating: { computed: rateResult(own.result, rule), rule, override: null },
    submittedBy: null,
    submittedAt: '2009-10-05T09:00:00Z',
    reason: null,
    source: 'form',
    ...own,
  };
}

export const aProject: Project = {
  ref: 'HWY-P1',
  plan: 'HWY',
  title: 'New works system',
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
};

export const aMilestone = (own: Partial<Milestone> = {}): Milestone => ({
  ref: 'HWY-P1-M1',
  project: 'HWY-P1',
  plan: 'HWY',
  title: 'Contract let',
  accountableManager: null,
  start: '2009-06-01',
  due: '2009-09-30',
  ...own,
});

export const said = (own: Partial<MilestoneUpdate> = {}): MilestoneUpdate => ({
  milestone: 'HWY-P1-M1',
  plan: 'HWY',
  revision: 1,
  state: 'on-track',
  percentComplete: null,
  forecast: null,
  completed: null,
  commentary: '',
  decision: null,
  submittedBy: null,
  submittedAt: '2009-09-01T09:00:00Z',
  reason: null,
  source: 'form',
  ...own,
});
