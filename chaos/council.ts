import type { YearSettings } from '../src/domain/council.ts';
import type { Kpi, KpiUpdate } from '../src/domain/kpi.ts';
import type { Person } from '../src/domain/people.ts';
import { periodOf } from '../src/domain/periods.ts';
import { rateResult, settleRule } from '../src/domain/rating.ts';
import type { Change, Store } from '../src/store/store.ts';

export const tenant = 'c4a05000-0000-4000-8000-000000000001';
export const year = '2009/10';
export const inYear = { tenant, year };
export const inCouncil = { tenant, year: null };

/** The first days of July 2009: the first quarter and June open on Wednesday 1st and are due on Friday 10th. */
export const firstDay = '2009-07-01';
export const days = ['2009-07-02', '2009-07-07', '2009-07-11', '2009-07-13', '2009-07-15', '2009-07-17'];
/** A Monday on which everything that is still missing is chased. */
export const lastDay = '2009-07-20';

/** Two plans in two portfolios, and the periods that are open. */
const plans = ['ROADS', 'WASTE'] as const;
const periods = { quarterly: '2009/10 Q1', monthly: '2009/10 M03' } as const;

/** Who reads a channel, as the clerk chooses it. Every plan is in two of them. */
export const audiences = ['council', 'portfolio:ROADS', 'portfolio:WASTE'] as const;

export type Account = { id: string; name: string; aadObjectId: string };

/** Something that a manager can be asked for. */
export type Item = { id: string; plan: string; manager: Account };

export type Council = {
  managers: Account[];
  head: Account;
  clerk: Account;
  items: Item[];
  serviceUrl: string;
};

const settings: YearSettings = {
  name: 'Example Council',
  tenantId: tenant,
  timeZone: 'Europe/London',
  year,
  rating: { method: 'relative', greenWithin: '0', amberWithin: '10' },
  trend: 'previous-period',
  calendar: {
    opensAfterDays: 1,
    dueAfterDays: 10,
    lockAfterDays: 60,
    remindBeforeDays: [3],
    chaseEveryDays: 2,
    tellHeadAfterDays: 1,
    bankHolidays: 'england',
    daysOff: [],
    writeFromHour: 9,
    writeUntilHour: 17,
  },
  directorates: [{ ref: 'D', name: 'Directorate' }],
  portfolios: plans.map((ref) => ({ ref, name: ref, directorates: [] })),
  statements: [],
  notice: null,
  playgroundDate: null,
};

const person = (at: number, id: string, roles: Person['roles'], serviceUrl: string): Person => ({
  id,
  email: `${id}@council.example`,
  name: id,
  roles,
  portfolios: [],
  entraObjectId: `c4a05000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`,
  deputy: null,
  conversation: { id: `chat-${id}`, serviceUrl },
});

const kpi = (
  ref: string,
  plan: string,
  accountableManager: string | null,
  frequency: Kpi['frequency'],
): Kpi => ({
  ref,
  plan,
  title: `Requests answered in time, ${ref}`,
  kind: 'target',
  type: 'Local indicator',
  unit: 'percent',
  decimals: 2,
  polarity: 'higher',
  frequency,
  yearToDate: 'latest',
  accountableManager,
  targetPreviousYear: null,
  estimatePreviousYear: null,
  target: '20',
  floor: '10',
  method: null,
  greenWithin: null,
  amberWithin: null,
  rangeLow: null,
  rangeHigh: null,
  targets: {},
  strategicPriority: '',
  role: 'lead',
  core: true,
  benchmark: '',
  benchmarkSource: '',
  quartile: '',
});

/** Something off target in each plan, so that every digest has a button, and with it says which digest it is. */
function offTarget(plan: string): Change[] {
  const data = kpi(`${plan}-known`, plan, null, 'quarterly');
  const period = periodOf(periods.quarterly);
  const rule = settleRule(data, period, settings.rating, null);
  const update: KpiUpdate = {
    kpi: data.ref,
    plan,
    period: period.key,
    revision: 1,
    result: '1',
    numerator: null,
    denominator: null,
    provisional: false,
    unavailable: null,
    forecast: null,
    commentary: 'Two posts are empty.',
    action: 'They are advertised.',
    actionBy: '2009-12-01',
    dataAge: null,
    rating: { computed: rateResult('1', rule), rule, override: null },
    submittedBy: null,
    submittedAt: '2009-07-01T08:00:00.000Z',
    reason: null,
    source: 'import',
  };
  const id = `${data.ref}@${period.key}`;
  return [
    { change: 'create', kind: 'kpi', id: data.ref, data },
    { change: 'create', kind: 'kpi-update', id, data: update },
    { change: 'create', kind: 'kpi-update-revision', id: `${id}#1`, data: update },
  ];
}

/** Loads a council of `size` managers, each with a quarterly and a monthly KPI in one of two plans. */
export async function loadCouncil(store: Store, size: number, serviceUrl: string): Promise<Council> {
  const managers = Array.from({ length: size }, (_, at) =>
    person(at, `manager-${at}`, ['manager'], serviceUrl),
  );
  const head = person(80, 'head', ['head-of-service'], serviceUrl);
  const clerk = person(90, 'clerk', ['clerk'], serviceUrl);
  const owned = managers.flatMap((manager, at) =>
    (['quarterly', 'monthly'] as const).map((frequency) => ({
      manager,
      data: kpi(`${manager.id}-${frequency}`, plans[at % plans.length]!, manager.id, frequency),
    })),
  );
  const documents: Change[] = [
    { change: 'create', kind: 'settings', id: 'settings', data: settings },
    ...plans.map(
      (ref): Change => ({
        change: 'create',
        kind: 'plan',
        id: ref,
        data: {
          ref,
          title: `Plan ${ref}`,
          tier: 'service',
          directorate: 'D',
          parent: null,
          portfolio: ref,
          headOfService: 'head',
          classification: 'unrestricted',
          units: [],
        },
      }),
    ),
    ...owned.map(({ data }): Change => ({ change: 'create', kind: 'kpi', id: data.ref, data })),
    ...plans.flatMap(offTarget),
  ];
  await store.write(inYear, documents);
  // The council itself comes last: what is half loaded is nobody's.
  await store.write(inCouncil, [
    ...[...managers, head, clerk].map(
      (data): Change => ({ change: 'create', kind: 'person', id: data.id, data }),
    ),
    {
      change: 'create',
      kind: 'council',
      id: 'council',
      data: { tenantId: tenant, name: settings.name, years: [year] },
    },
  ]);
  const account = ({ id, name, entraObjectId }: Person): Account => ({
    id,
    name,
    aadObjectId: entraObjectId!,
  });
  return {
    serviceUrl,
    head: account(head),
    clerk: account(clerk),
    managers: managers.map(account),
    items: owned.map(({ manager, data }) => ({
      id: `kpi/${data.ref}@${periods[data.frequency as keyof typeof periods]}`,
      plan: data.plan,
      manager: account(manager),
    })),
  };
}
