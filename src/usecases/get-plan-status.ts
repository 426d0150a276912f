import { assertAllowed } from '../domain/access.ts';
import { buildReport } from '../domain/build-report.ts';
import { type DueItem, inOrderOfUrgency, itemsAskedFor } from '../domain/due-items.ts';
import { Refused } from '../domain/errors.ts';
import { type FoundPlans, findPlans } from '../domain/find-plans.ts';
import type { PlanReport } from '../domain/report.ts';
import { datesOf, type Period, periodsOf } from '../domain/year.ts';
import type { Deps } from './deps.ts';
import { loadParts, managersOf } from './plan-reports.ts';
import { choosePeriod, type OpenYear, type Session } from './session.ts';
import { visiblePlans } from './visible-plans.ts';

export type PlanStatusAnswer = {
  session: Session;
  report: PlanReport;
  /** Updates of this plan that are awaited or overdue now, most urgent first. */
  missing: DueItem[];
  /** The periods of the year that have ended, to choose from. */
  periods: Period[];
};

/** One plan in one period. Throws `Refused` `not-found`, `not-allowed` or `bad-period`. */
export async function getPlanStatus(
  deps: Deps,
  session: Session,
  ref: string,
  named?: string | null,
): Promise<PlanStatusAnswer> {
  const { session: here, period } = await choosePeriod(deps, session, named);
  const plan = await deps.store.read(here.year, 'plan', ref);
  if (!plan) throw new Refused('not-found', `There is no plan “${ref}” in ${here.settings.year}.`);
  const parts = await loadParts(deps, here, ref);
  assertAllowed(here.actor, 'see-plan', { plan: plan.data, managers: managersOf(parts) });
  const { settings, today } = here;
  const report = buildReport({ plan: plan.data, ...parts, settings, period, today });
  const asked = itemsAskedFor(parts, settings.year, settings.calendar, today);
  const missing = inOrderOfUrgency(asked.filter(({ state }) => state !== 'given'));
  return { session: here, report, missing, periods: periodsToChoose(here) };
}

/** The quarters and months of the year that have opened, newest first. */
export function periodsToChoose({ settings, today }: OpenYear): Period[] {
  const all = (['quarterly', 'monthly'] as const).flatMap((frequency) =>
    periodsOf(settings.year, frequency).toReversed(),
  );
  return all.filter((period) => datesOf(period, settings.calendar).opens <= today);
}

/**
 * The plans that this person may see and that the words fit; a plan they may not see is neither found nor
 * named as near.
 */
export async function searchPlans(deps: Deps, session: Session, words: string): Promise<FoundPlans> {
  return findPlans(await visiblePlans(deps, session), session.settings.directorates, words);
}
