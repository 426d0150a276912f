import { type CalendarRow, calendarRows, type MoveTold } from '../domain/calendar-rows.ts';
import { type Frequency, frequencies } from '../domain/frequency.ts';
import { unquotedMove } from '../domain/pre-election.ts';
import type { DataOf } from '../store/documents.ts';
import type { Deps } from './deps.ts';
import { inYear, type OpenYear } from './session.ts';

export type YearCalendar = {
  year: OpenYear;
  frequency: Frequency;
  rows: CalendarRow[];
  /** The frequencies that something is reported at in this year, the quarter always among them. */
  used: Frequency[];
};

/**
 * A year's periods at one frequency: when each opens, is due and locks, which were moved and, where that may be told, why.
 * Throws `Refused` `bad-period` for a year that isn't loaded.
 */
export async function showCalendar(
  deps: Deps,
  open: OpenYear,
  named: string | null,
  frequency: Frequency = 'quarterly',
): Promise<YearCalendar> {
  const year = await inYear(deps, open, named ?? open.settings.year);
  const { settings, today } = year;
  const reported = new Set((await deps.store.list(year.year, 'kpi')).map(({ data }) => data.frequency));
  const rows = calendarRows(settings.year, frequency, settings.calendar, today);
  return {
    year,
    frequency,
    rows: year.quotes ? rows : rows.map((row) => ({ ...row, moved: row.moved && unquotedMove(row.moved) })),
    used: frequencies.filter((each) => each === 'quarterly' || reported.has(each)),
  };
}

/** Every move of a year's periods, the oldest first of each; why and by whom only where that may be told. */
export async function movesOf(
  { store }: Deps,
  { year, quotes }: OpenYear,
): Promise<MoveTold<DataOf<'period-move'>>[]> {
  const moves = (await store.list(year, 'period-move')).map(({ data }) => data);
  moves.sort((a, b) => (a.period === b.period ? a.number - b.number : a.period < b.period ? -1 : 1));
  return quotes ? moves : moves.map(unquotedMove);
}
