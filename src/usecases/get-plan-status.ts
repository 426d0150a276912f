import { isAllowed } from '../domain/access.ts';
import { datesOf } from '../domain/calendar.ts';
import type { YearSettings } from '../domain/council.ts';
import type { IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { type FoundPlans, findPlans } from '../domain/find-plans.ts';
import { type Period, periodsOf } from '../domain/periods.ts';
import { remember } from '../domain/remember.ts';
import type { PlanReport } from '../domain/report.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Deps } from './deps.ts';
import { loadParts, managersOf, reportOf } from './plan-reports.ts';
import { choosePeriod, type OpenYear, type Session } from './session.ts';
import { visiblePlans } from './visible-plans.ts';

export type PlanStatusAnswer = {
  session: Session;
  report: PlanReport;
  /** The periods of the year that have ended, to choose from. */
  periods: readonly Period[];
};

/**
 * One plan in one period. Throws `Refused` `bad-period`, or `not-found`: the same for a plan that this person may not
 * see here as for none, so that nobody learns by trying refs which exempt plans there are.
 */
export async function getPlanStatus(
  deps: Deps,
  session: Session,
  ref: string,
  named?: string | null,
): Promise<PlanStatusAnswer> {
  const { session: here, period } = await choosePeriod(deps, session, named);
  const plan = await deps.store.read(here.year, 'plan', ref);
  const parts = await loadParts(deps, here, ref);
  if (!plan || !isAllowed(here.actor, 'see-plan', { plan: plan.data, managers: managersOf(parts) }))
    throw notShown('plan', ref, here);
  const report = reportOf(parts, plan.data, here.settings, period, here.today);
  return { session: here, report, periods: periodsToChoose(here) };
}

/** For what isn't there and for what isn't for this person in this place. */
export const notShown = (what: 'plan' | 'KPI', ref: string, { settings }: OpenYear) =>
  new Refused(
    'not-found',
    `There is no ${what} ${quoted(ref)} in ${settings.year} that I can show here. Send “status” to choose a plan, or ask a clerk.`,
  );

/** The quarters and months of the year that have opened, newest first. */
export const periodsToChoose = ({ settings, today }: OpenYear): readonly Period[] =>
  openedBy(settings, today);

const openedBy = remember(({ year, calendar }: YearSettings, today: IsoDate): readonly Period[] => {
  const all = (['quarterly', 'monthly'] as const).flatMap((frequency) =>
    periodsOf(year, frequency).toReversed(),
  );
  return all.filter((period) => datesOf(period, calendar).opens <= today);
});

/**
 * The plans that this person may see and that the words fit; a plan they may not see is neither found nor
 * named as near.
 */
export async function searchPlans(deps: Deps, session: Session, words: string): Promise<FoundPlans> {
  return findPlans(await visiblePlans(deps, session), session.settings.directorates, words);
}
