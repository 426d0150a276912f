import { datesOf, type PeriodDates } from '../domain/calendar.ts';
import { type ItemId, parseItemId } from '../domain/due-items.ts';
import type { Period } from '../domain/periods.ts';
import type { Plan } from '../domain/plan.ts';
import type { Milestone, Project } from '../domain/project.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { assertMayGive, goneItem } from './kpi-item.ts';
import { loadParts, type PlanParts } from './plan-reports.ts';
import { inYear, type Session } from './session.ts';

/** One milestone in one quarter, as someone who may report on it finds it. */
export type MilestoneItem = {
  session: Session;
  id: ItemId;
  milestone: Milestone;
  project: Project;
  plan: Plan;
  period: Period;
  dates: PeriodDates;
  /** The newest that was said of it. */
  head: Stored<'milestone-update'> | null;
  parts: PlanParts;
};

/** Throws `Refused` as `loadKpiItem` does. */
export async function loadMilestoneItem(deps: Deps, session: Session, id: ItemId): Promise<MilestoneItem> {
  const named = parseItemId(id);
  if (named?.kind !== 'milestone' || named.period.frequency !== 'quarterly') throw goneItem();
  const { period } = named;
  const inThatYear = await inYear(deps, session, period.year);
  const { year, settings } = inThatYear;
  const milestone = await deps.store.read(year, 'milestone', named.ref);
  const plan = milestone && (await deps.store.read(year, 'plan', milestone.data.plan));
  const project = milestone && (await deps.store.read(year, 'project', milestone.data.project));
  if (!plan || !project) throw goneItem();
  const dates = datesOf(period, settings.calendar);
  assertMayGive(inThatYear, plan.data, milestone.data.accountableManager, dates);
  const [parts, head] = await Promise.all([
    loadParts(deps, inThatYear, plan.data.ref),
    deps.store.read(year, 'milestone-update', named.ref),
  ]);
  return {
    session: inThatYear,
    id,
    milestone: milestone.data,
    project: project.data,
    plan: plan.data,
    period,
    dates,
    head,
    parts,
  };
}
