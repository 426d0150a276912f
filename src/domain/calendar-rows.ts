import { datesOf, moveOf, type PeriodDates } from './calendar.ts';
import type { CalendarSettings, Moved } from './council.ts';
import type { IsoDate } from './days.ts';
import type { Frequency } from './frequency.ts';
import { type FormalPoint, formalPointOf, type Period, periodsOf } from './periods.ts';

/** One period of a year's calendar as it stands today. */
export type CalendarRow = {
  period: Period;
  dates: PeriodDates;
  formal: FormalPoint | null;
  state: 'to-come' | 'open' | 'overdue' | 'locked';
  /** The newest move, if it was moved. */
  moved: MoveTold<Moved> | null;
};

/** A move as it may be told: without why and by whom where nobody is quoted. */
export type MoveTold<M extends MoveWhy> = Omit<M, keyof MoveWhy> & MoveWhy;
export type MoveWhy = { reason?: string; by?: string | null };

/** Every period of a year at one frequency, in order. */
export const calendarRows = (
  year: string,
  frequency: Frequency,
  calendar: CalendarSettings,
  today: IsoDate,
): CalendarRow[] =>
  periodsOf(year, frequency).map((period) => {
    const dates = datesOf(period, calendar);
    return {
      period,
      dates,
      formal: formalPointOf(period),
      state: stateOn(dates, today),
      moved: moveOf(period, calendar),
    };
  });

const stateOn = ({ opens, due, locks }: PeriodDates, today: IsoDate): CalendarRow['state'] =>
  today < opens ? 'to-come' : today <= due ? 'open' : today <= locks ? 'overdue' : 'locked';
