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
  moved: Moved | null;
};

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
