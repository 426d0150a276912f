import { Temporal } from 'temporal-polyfill';
import type { CalendarSettings, Moved } from './council.ts';
import type { IsoDate } from './days.ts';
import { workingDayFrom } from './days-off.ts';
import { type Period, periodsOf } from './periods.ts';

export type PeriodDates = { end: IsoDate; opens: IsoDate; due: IsoDate; locks: IsoDate };

const rememberedDates = new WeakMap<CalendarSettings, Map<string, PeriodDates>>();

/**
 * When a period opens, is due and locks: the dates that an officer gave it, else days after its end by the council's
 * calendar, which may differ for its frequency. A due date that would fall on a day off is the next working day; it
 * can't lock before it is due. Worked out once for each calendar and period, because every card asks for a few of
 * them many times over.
 */
export function datesOf(period: Period, calendar: CalendarSettings): PeriodDates {
  const known = rememberedDates.get(calendar) ?? new Map<string, PeriodDates>();
  rememberedDates.set(calendar, known);
  let dates = known.get(period.key);
  if (!dates) {
    dates = workOutDates(period, calendar);
    known.set(period.key, dates);
  }
  return dates;
}

function workOutDates(period: Period, calendar: CalendarSettings): PeriodDates {
  const end = Temporal.PlainDate.from(period.end);
  const after = (days: number) => end.add({ days }).toString();
  const { opensAfterDays, dueAfterDays, lockAfterDays } = {
    ...calendar,
    ...calendar.frequencies?.[period.frequency],
  };
  const dates = moveOf(period, calendar) ?? {
    opens: after(opensAfterDays),
    due: after(dueAfterDays),
    locks: after(lockAfterDays),
  };
  // A day off that the council named after a move counts as well.
  const due = workingDayFrom(dates.due, calendar);
  return { end: period.end, opens: dates.opens, due, locks: [due, dates.locks].sort()[1]! };
}

/** The newest move of a period's dates, with what they were before any; null when nobody moved them. */
export const moveOf = (
  { key }: Pick<Period, 'key'>,
  { moves }: Pick<CalendarSettings, 'moves'>,
): Moved | null => moves?.[key] ?? null;

/**
 * The quarter that people mean when they name none: the newest of the year that has opened by `today`, or the
 * first when none has.
 */
export function currentPeriod(year: string, today: IsoDate, calendar: CalendarSettings): Period {
  const quarters = periodsOf(year, 'quarterly');
  return quarters.findLast((quarter) => datesOf(quarter, calendar).opens <= today) ?? quarters[0]!;
}
