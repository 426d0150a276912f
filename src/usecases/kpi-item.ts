import { assertAllowed, isAllowed } from '../domain/access.ts';
import { datesOf, type PeriodDates } from '../domain/calendar.ts';
import { longDate } from '../domain/days.ts';
import { type ItemId, parseItemId } from '../domain/due-items.ts';
import { Refused } from '../domain/errors.ts';
import type { Kpi, KpiUpdate, RatingRule } from '../domain/kpi.ts';
import { type Period, samePeriodLastYear } from '../domain/periods.ts';
import type { Plan } from '../domain/plan.ts';
import { settleRule } from '../domain/rating.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { loadParts, type PlanParts } from './plan-reports.ts';
import { inYear, type Session } from './session.ts';

/** One KPI in one period, as someone who may give its figure finds it. */
export type KpiItem = {
  session: Session;
  id: ItemId;
  kpi: Kpi;
  plan: Plan;
  period: Period;
  dates: PeriodDates;
  /** What was given for this period, if anything. */
  head: Stored<'kpi-update'> | null;
  /** The rule that a result given now is rated by. */
  rule: RatingRule;
  /** All that the plan's report is made from. */
  parts: PlanParts;
};

/** Throws `Refused` `not-found` when the id names nothing, or nothing that this KPI is asked for. */
export async function loadKpiItem(deps: Deps, session: Session, id: ItemId): Promise<KpiItem> {
  const named = parseItemId(id);
  if (named?.kind !== 'kpi') throw goneItem();
  const inThatYear = await inYear(deps, session, named.period.year);
  const kpi = await deps.store.read(inThatYear.year, 'kpi', named.ref);
  const plan = kpi && (await deps.store.read(inThatYear.year, 'plan', kpi.data.plan));
  if (!plan || kpi.data.frequency !== named.period.frequency) throw goneItem();
  const { accountableManager } = kpi.data;
  const dates = datesOf(named.period, inThatYear.settings.calendar);
  assertMayGive(inThatYear, plan.data, accountableManager, dates);
  const [parts, head] = await Promise.all([
    loadParts(deps, inThatYear, plan.data.ref),
    deps.store.read(inThatYear.year, 'kpi-update', updateId(kpi.data.ref, named.period)),
  ]);
  const { period } = named;
  const lastYear = resultIn(parts.updates, kpi.data.ref, samePeriodLastYear(period));
  const rule = settleRule(kpi.data, period, inThatYear.settings.rating, lastYear);
  return { session: inThatYear, id, kpi: kpi.data, plan: plan.data, period, dates, head, rule, parts };
}

export const updateId = (kpi: string, period: Period): string => `${kpi}@${period.key}`;

const resultIn = (updates: readonly KpiUpdate[], kpi: string, { key }: Period) =>
  updates.find((update) => update.kpi === kpi && update.period === key)?.result ?? null;

export const goneItem = () =>
  new Refused('not-found', 'That update isn’t there any more. Send “my updates” to see what is due now.');

/**
 * Whether this person may give an item's update today; says when it opens, or that it is locked. Of an exempt plan it
 * doesn't say that the item is there.
 */
export function assertMayGive(
  session: Session,
  { classification }: Pick<Plan, 'classification'>,
  accountableManager: string | null,
  dates: PeriodDates,
): void {
  const subject = { managers: [accountableManager] };
  if (classification !== 'unrestricted' && !isAllowed(session.actor, 'give-update', subject))
    throw goneItem();
  assertAllowed(session.actor, 'give-update', subject);
  if (session.today < dates.opens) {
    throw new Refused(
      'not-yet-open',
      `This period opens on ${longDate(dates.opens)}. You can give the update then.`,
    );
  }
  if (session.today > dates.locks) assertAllowed(session.actor, 'change-after-lock');
}

/** Whether a form would be opened: what `assertMayGive` asks, for offering it only where it works. */
export function mayGive(
  { actor, settings, today }: Session,
  accountableManager: string | null,
  period: Period,
) {
  const { opens, locks } = datesOf(period, settings.calendar);
  return (
    actor.where === 'private' &&
    isAllowed(actor, 'give-update', { managers: [accountableManager] }) &&
    opens <= today &&
    (today <= locks || isAllowed(actor, 'change-after-lock'))
  );
}

/** A reason is wanted for a correction, after the lock, and for a figure that is someone else's. */
export const needsReason = (
  session: Session,
  accountableManager: string | null,
  dates: PeriodDates,
  given: boolean,
) => given || session.today > dates.locks || !session.actor.standsInFor.has(accountableManager ?? '');

/** Whether a figure is given by an officer's right: someone else's, or after the lock. The trail keeps those. */
export const isOfficersAct = (
  { actor, today }: Session,
  accountableManager: string | null,
  dates: PeriodDates,
): boolean => !actor.standsInFor.has(accountableManager ?? '') || today > dates.locks;
