import { isAllowed } from '../domain/access.ts';
import { buildReport } from '../domain/build-report.ts';
import type { YearSettings } from '../domain/council.ts';
import type { IsoDate } from '../domain/days.ts';
import type { Period } from '../domain/periods.ts';
import type { Plan } from '../domain/plan.ts';
import { unquotedKpiUpdate, unquotedMilestoneUpdate } from '../domain/pre-election.ts';
import { inRefOrder } from '../domain/ref-order.ts';
import { remember } from '../domain/remember.ts';
import type { PlanReport } from '../domain/report.ts';
import type { DataOf, Kind } from '../store/documents.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear, Session } from './session.ts';

/** The documents' data, as one array for as long as the list is the same. */
export const dataOf: <K extends Kind>(stored: readonly Stored<K>[]) => DataOf<K>[] = remember(
  (stored: readonly Stored[]) => stored.map(({ data }) => data) as never,
);

/**
 * Everything that a report is made from, for one plan, or for all of the year when none is named. Without a word of
 * those who gave it where the session may not quote them.
 */
export async function loadParts({ store }: Deps, session: OpenYear, plan?: string) {
  const where = plan === undefined ? undefined : { plan };
  const [kpis, updates, earlier, projects, milestones, milestoneUpdates] = await Promise.all([
    store.list(session.year, 'kpi', where),
    store.list(session.year, 'kpi-update', where),
    store.list(session.lastYear, 'kpi-update', where),
    store.list(session.year, 'project', where),
    store.list(session.year, 'milestone', where),
    store.list(session.year, 'milestone-update', where),
  ]);
  const parts = partsOf(updates, earlier, kpis, projects, milestones, milestoneUpdates);
  return session.quotes ? parts : unquoted(parts);
}
export type PlanParts = ReturnType<typeof partsOf>;

/** The same parts for the same lists, so that what is made of them can be remembered by them. */
const partsOf = remember(
  (
    updates: readonly Stored<'kpi-update'>[],
    earlier: readonly Stored<'kpi-update'>[],
    kpis: readonly Stored<'kpi'>[],
    projects: readonly Stored<'project'>[],
    milestones: readonly Stored<'milestone'>[],
    milestoneUpdates: readonly Stored<'milestone-update'>[],
  ) => ({
    kpis: inRefOrder(dataOf(kpis)),
    updates: [...dataOf(earlier), ...dataOf(updates)],
    projects: inRefOrder(dataOf(projects)),
    milestones: inRefOrder(dataOf(milestones)),
    milestoneUpdates: dataOf(milestoneUpdates),
  }),
);

const unquoted = remember(
  (parts: PlanParts): PlanParts => ({
    ...parts,
    updates: parts.updates.map(unquotedKpiUpdate),
    milestoneUpdates: parts.milestoneUpdates.map(unquotedMilestoneUpdate),
  }),
);

/** One plan's report, made once for as long as nothing in it changes. */
export const reportOf = remember(
  (parts: PlanParts, plan: Plan, settings: YearSettings, period: Period, today: IsoDate): PlanReport =>
    buildReport({ plan, ...parts, settings, period, today }),
);

/** The people who give a plan's figures. */
export const managersOf = ({ kpis, milestones }: Pick<PlanParts, 'kpis' | 'milestones'>) =>
  [...kpis, ...milestones].map(({ accountableManager }) => accountableManager);

/** Decides whether a plan belongs in an answer. */
export type PlanFilter = (plan: Plan, parts: PlanParts) => boolean;

/** The plans that this person may see. */
export const seenBy =
  ({ actor }: Session): PlanFilter =>
  (plan, parts) =>
    isAllowed(actor, 'see-plan', { plan, managers: managersOf(parts) });

const byPlan = <T extends { plan: string }>(items: readonly T[]) => Map.groupBy(items, ({ plan }) => plan);

/** A plan with everything that its report in any period is made from. */
export type LoadedPlan = PlanParts & { plan: Plan };

/** All plans of the year that pass the filter, in one pass over the year. */
export async function loadPlans(deps: Deps, session: OpenYear, wanted: PlanFilter): Promise<LoadedPlan[]> {
  const [plans, parts] = await Promise.all([deps.store.list(session.year, 'plan'), loadParts(deps, session)]);
  const kpis = byPlan(parts.kpis);
  const updates = byPlan(parts.updates);
  const projects = byPlan(parts.projects);
  const milestones = byPlan(parts.milestones);
  const milestoneUpdates = byPlan(parts.milestoneUpdates);
  const all = plans.map(({ data: plan }) => ({
    plan,
    kpis: kpis.get(plan.ref) ?? [],
    updates: updates.get(plan.ref) ?? [],
    projects: projects.get(plan.ref) ?? [],
    milestones: milestones.get(plan.ref) ?? [],
    milestoneUpdates: milestoneUpdates.get(plan.ref) ?? [],
  }));
  return all.filter((each) => wanted(each.plan, each));
}

/** The reports of these plans in one period, ordered by title. */
export const reportsIn = (
  period: Period,
  plans: readonly LoadedPlan[],
  { settings, today }: OpenYear,
): PlanReport[] =>
  plans
    .map((each) => buildReport({ ...each, settings, period, today }))
    .sort((a, b) => (a.plan.title < b.plan.title ? -1 : 1));

/** The reports of all plans of the year that pass the filter, ordered by title. */
export const loadReports = async (
  deps: Deps,
  session: OpenYear,
  period: Period,
  wanted: PlanFilter,
): Promise<PlanReport[]> => reportsIn(period, await loadPlans(deps, session, wanted), session);
