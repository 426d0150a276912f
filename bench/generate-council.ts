import type { Kpi, KpiUpdate } from '../src/domain/kpi.ts';
import type { Person } from '../src/domain/people.ts';
import { periodsOf } from '../src/domain/periods.ts';
import type { Milestone, MilestoneUpdate } from '../src/domain/project.ts';
import { rateResult, settleRule } from '../src/domain/rating.ts';
import type { Change, Partition, Store } from '../src/store/store.ts';
import { planTitle, ratingSettings, settings, tenant, today, year } from './council-settings.ts';

/** What each plan has: as much as a service's plan prints. */
export const shape = { kpis: 20, managers: 4, projects: 2, milestones: 10, quarters: 4 };

/** One update that can be given, and whose it is. */
export type Item = { id: string; manager: Account };
export type Account = { aadObjectId: string; name: string };

export type Council = {
  clerks: Account[];
  items: Item[];
  plans: { ref: string; title: string }[];
};

const inYear: Partition = { tenant, year };
const inCouncil: Partition = { tenant, year: null };
const pad = (number: number, length: number) => String(number).padStart(length, '0');
const quarters = periodsOf(year, 'quarterly').slice(0, shape.quarters);

/** A document's data with its place; everything here is made once. */
const make = <K extends Change['kind']>(kind: K, id: string, data: object): Change =>
  ({ change: 'create', kind, id, data }) as Change;

function person(id: string, name: string, number: number, roles: Person['roles']): Person {
  return {
    id,
    email: `${id}@council.example`,
    name,
    roles,
    portfolios: [],
    entraObjectId: `00000000-0000-4000-8000-${pad(number, 12)}`,
    deputy: null,
    conversation: null,
  };
}

const account = ({ entraObjectId, name }: Person): Account => ({ aadObjectId: entraObjectId!, name });

function kpiOf(plan: string, index: number, manager: string): Kpi {
  const lower = index % 4 === 3;
  return {
    ref: `${plan}-${pad(index + 1, 2)}`,
    plan,
    title: `Requests of type ${index + 1} that were answered within the service standard`,
    kind: 'target',
    type: 'Local indicator',
    unit: lower ? 'days' : 'percent',
    decimals: 1,
    polarity: lower ? 'lower' : 'higher',
    frequency: 'quarterly',
    yearToDate: 'latest',
    accountableManager: manager,
    targetPreviousYear: lower ? '21' : '78',
    estimatePreviousYear: null,
    target: lower ? '20' : '80',
    floor: index % 2 === 0 ? (lower ? '25' : '70') : null,
    method: null,
    greenWithin: null,
    amberWithin: null,
    rangeLow: null,
    rangeHigh: null,
    targets: {},
    strategicPriority: 'Towards 2010 target 12',
    role: 'lead',
    core: true,
    benchmark: '',
    benchmarkSource: '',
    quartile: '',
  };
}

/** Three in five Green, one in four Amber, the rest Red; each KPI moves from quarter to quarter. */
function resultOf({ polarity }: Kpi, seed: number): string {
  const place = (seed * 7) % 20;
  const miss = place < 12 ? -place / 10 : place < 17 ? 2 + (place - 12) / 2 : 14 + (place - 17);
  return polarity === 'lower' ? (20 + miss / 4).toFixed(2) : (80 - miss).toFixed(1);
}

function updateOf(kpi: Kpi, quarter: number, seed: number): KpiUpdate {
  const period = quarters[quarter]!;
  const rule = settleRule(kpi, period, ratingSettings, null);
  const result = resultOf(kpi, seed + quarter);
  const computed = rateResult(result, rule);
  const late = computed === 'amber' || computed === 'red';
  return {
    kpi: kpi.ref,
    plan: kpi.plan,
    period: period.key,
    revision: 1,
    result,
    numerator: null,
    denominator: null,
    provisional: seed % 9 === 0,
    unavailable: null,
    forecast: seed % 3 === 0 ? (kpi.target ?? null) : null,
    commentary: late
      ? 'Two posts stood empty for six weeks while the autumn’s requests came in, and the new contractor began later than agreed; the backlog is being worked off.'
      : '',
    action: late
      ? 'Both posts are filled from the first of the month and overtime is agreed until then.'
      : '',
    actionBy: late ? '2010-06-30' : null,
    dataAge: null,
    rating: { computed, rule, override: null },
    submittedBy: kpi.accountableManager,
    submittedAt: `${period.end}T10:00:00.000Z`,
    reason: null,
    source: 'import',
  };
}

function milestoneOf(plan: string, index: number, manager: string): Milestone {
  return {
    ref: `${plan}-M${index + 1}`,
    project: `${plan}-P${(index % shape.projects) + 1}`,
    plan,
    title: `Stage ${index + 1} of the programme is signed off by its board`,
    accountableManager: manager,
    start: '2009-04-01',
    due: index < 5 ? '2009-12-18' : '2010-09-30',
  };
}

function milestoneUpdateOf({ ref, plan, accountableManager, due }: Milestone, seed: number): MilestoneUpdate {
  const done = due < today && seed % 6 !== 0;
  return {
    milestone: ref,
    plan,
    revision: 1,
    state: done ? 'complete' : seed % 5 === 0 ? 'at-risk' : 'on-track',
    percentComplete: done ? 100 : 40,
    forecast: done ? null : seed % 7 === 0 ? '2010-11-15' : due,
    completed: done ? due : null,
    commentary: 'The board has seen the draft and asked for one change to the timetable.',
    decision: null,
    submittedBy: accountableManager,
    submittedAt: '2010-01-11T10:00:00.000Z',
    reason: null,
    source: 'import',
  };
}

/** One plan's documents, and the updates of it that can be given. */
function planDocuments(number: number, managers: readonly Person[]): { changes: Change[]; items: Item[] } {
  const ref = `P${pad(number + 1, 4)}`;
  const ownManager = (index: number) => managers[index % managers.length]!;
  const plan = make('plan', ref, {
    ref,
    title: planTitle(number),
    tier: 'service',
    directorate: settings.directorates[number % settings.directorates.length]!.ref,
    parent: null,
    portfolio: settings.portfolios[number % settings.portfolios.length]!.ref,
    headOfService: 'head',
    classification: 'unrestricted',
    units: [`${planTitle(number)} front office`, `${planTitle(number)} contracts`],
  });
  const projects = Array.from({ length: shape.projects }, (_, index) =>
    make('project', `${ref}-P${index + 1}`, {
      ref: `${ref}-P${index + 1}`,
      plan: ref,
      title: `Programme ${index + 1}`,
      nature: 'new',
      accountableManager: ownManager(index).id,
      outcomes: 'Fewer journeys and shorter waits',
      start: '2009-04-01',
      due: '2010-12-31',
      strategicPriority: '',
      role: 'lead',
      capital: false,
      gatewayReview: '',
      riskRegister: '',
    }),
  );
  const kpis = Array.from({ length: shape.kpis }, (_, index) => kpiOf(ref, index, ownManager(index).id));
  const milestones = Array.from({ length: shape.milestones }, (_, index) =>
    milestoneOf(ref, index, ownManager(index).id),
  );
  const updates = kpis.flatMap((kpi, index) =>
    quarters.map((_, quarter) => updateOf(kpi, quarter, number + index)),
  );
  return {
    changes: [
      plan,
      ...projects,
      ...kpis.map((kpi) => make('kpi', kpi.ref, kpi)),
      ...milestones.map((milestone) => make('milestone', milestone.ref, milestone)),
      ...updates.map((update) => make('kpi-update', `${update.kpi}@${update.period}`, update)),
      ...milestones.map((milestone, index) =>
        make('milestone-update', milestone.ref, milestoneUpdateOf(milestone, number + index)),
      ),
    ],
    items: kpis.flatMap((kpi, index) =>
      quarters.map(({ key }) => ({ id: `kpi/${kpi.ref}@${key}`, manager: account(ownManager(index)) })),
    ),
  };
}

const batchSize = 100;

async function writeAll(store: Store, partition: Partition, changes: Change[]): Promise<void> {
  const batches: Promise<void>[] = [];
  for (let from = 0; from < changes.length; from += batchSize) {
    const batch = changes.slice(from, from + batchSize);
    batches.push(
      store.write(partition, batch).then((written) => {
        if (!written.ok) throw new Error(`the council could not be written: ${written.conflict}`);
      }),
    );
  }
  await Promise.all(batches);
}

/**
 * Writes a council of any number of plans straight through the store's port, the same every time: per plan 20
 * KPIs with a result and commentary for each of four quarters, 2 projects and 10 milestones, 4 managers.
 */
export async function generateCouncil(store: Store, planCount: number): Promise<Council> {
  const clerks = Array.from({ length: 32 }, (_, index) =>
    person(`clerk-${index + 1}`, `Clerk ${index + 1}`, index + 1, ['clerk']),
  );
  const head = person('head', 'Head of Service', 999, ['head-of-service']);
  const people = [...clerks, head];
  const council: Council = { clerks: clerks.map(account), items: [], plans: [] };
  for (let number = 0; number < planCount; number += 1) {
    const managers = Array.from({ length: shape.managers }, (_, index) => {
      const serial = 1000 + number * shape.managers + index;
      return person(`m-${serial}`, `Manager ${serial}`, serial, ['manager']);
    });
    people.push(...managers);
    const { changes, items } = planDocuments(number, managers);
    await writeAll(store, inYear, changes);
    council.items.push(...items);
    council.plans.push({ ref: `P${pad(number + 1, 4)}`, title: planTitle(number) });
  }
  await writeAll(store, inYear, [make('settings', 'settings', settings)]);
  await writeAll(store, inCouncil, [
    ...people.map((each) => make('person', each.id, each)),
    make('playground', 'playground', { date: null, personas: {} }),
    make('council', 'council', { tenantId: tenant, name: settings.name, years: [year] }),
  ]);
  return council;
}
