import { Temporal } from 'temporal-polyfill';
import type { CalendarSettings } from './council.ts';
import type { IsoDate } from './days.ts';
import { workingDayFrom } from './days-off.ts';
import { type Period, periodsOf } from './periods.ts';

export type PeriodDates = { end: IsoDate; opens: IsoDate; due: IsoDate; locks: IsoDate };

const rememberedDates = new WeakMap<CalendarSettings, Map<string, PeriodDates>>();

/**
 * When a period opens, is due and locks: days after its end, by the council's calendar. A due date that would fall
 * on a day off is the next working day; it can't lock before it is due. Worked out once for each calendar and period,
 * because every card asks for a few of them many times over.
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
  const due = workingDayFrom(after(calendar.dueAfterDays), calendar);
  const locks = after(calendar.lockAfterDays);
  return {
    end: period.end,
    opens: after(calendar.opensAfterDays),
    due,
    locks: [due, locks].sort()[1]!,
  };
}

/**
 * The quarter that people mean when they name none: the newest of the year that has opened by `today`, or the
 * first when none has.
 */
export function currentPeriod(year: string, today: IsoDate, calendar: CalendarSettings): Period {
  const quarters = periodsOf(year, 'quarterly');
  return quarters.findLast((quarter) => datesOf(quarter, calendar).opens <= today) ?? quarters[0]!;
}
