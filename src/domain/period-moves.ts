import { datesOf, moveOf, type PeriodDates } from './calendar.ts';
import type { Moved } from './council.ts';
import { addDays, type IsoDate } from './days.ts';
import { milestonesIn, newestQuarter, type Parts, type YearOf } from './due-items.ts';
import { type Period, periodOf } from './periods.ts';
import type { Plan } from './plan.ts';

/** One thing that is asked for in a period, as far as it matters who hears that the period was moved. */
export type Affected = { manager: string | null; plan: Plan };

/** A period that was moved and isn't long over, with everything that it asks for, given or not. */
export type MovedPeriod = { period: Period; move: Moved; dates: PeriodDates; affected: readonly Affected[] };

/** How long after the lock a move can still be told to those who could not be written to before. */
const daysAfterLock = 7;

/** The moved periods of a year that can still be news to someone. */
export const movedPeriods = (
  parts: Parts,
  plans: ReadonlyMap<string, Plan>,
  settings: YearOf,
  today: IsoDate,
): MovedPeriod[] =>
  Object.keys(settings.calendar.moves ?? {}).flatMap((key) => {
    const period = periodOf(key);
    const dates = datesOf(period, settings.calendar);
    if (today > addDays(dates.locks, daysAfterLock)) return [];
    const affected = affectedBy(period, parts, plans, settings, today);
    return [{ period, move: moveOf(period, settings.calendar)!, dates, affected }];
  });

/**
 * Everything that a period asks for or will: its frequency's KPIs, and the milestones of a quarter that is the newest
 * or still to open.
 */
export function affectedBy(
  period: Period,
  parts: Parts,
  plans: ReadonlyMap<string, Plan>,
  settings: YearOf,
  today: IsoDate,
): Affected[] {
  const kpis = parts.kpis.filter(({ frequency }) => frequency === period.frequency);
  const newest = newestQuarter(settings, today)?.period.index ?? 0;
  const asksMilestones = period.frequency === 'quarterly' && newest <= period.index;
  const dates = datesOf(period, settings.calendar);
  const milestones = asksMilestones
    ? milestonesIn(parts, settings, { period, dates }).map(({ milestone }) => milestone)
    : [];
  return [...kpis, ...milestones].flatMap(({ accountableManager, plan: ref }) => {
    const plan = plans.get(ref);
    return plan ? [{ manager: accountableManager, plan }] : [];
  });
}
