import type { CalendarRow } from '../../domain/calendar-rows.ts';
import type { MovedDates } from '../../domain/check-move.ts';
import { type IsoDate, longDate, monthName } from '../../domain/days.ts';
import type { Frequency } from '../../domain/frequency.ts';
import { periodName } from '../../domain/periods.ts';
import { formalWords } from '../../domain/words.ts';
import { button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type CalendarView = Foot & {
  year: string;
  frequency: Frequency;
  rows: readonly CalendarRow[];
  /** The frequencies that there is a table of. */
  used: readonly Frequency[];
  /** The other years that are loaded. */
  otherYears: readonly string[];
  mayMove: boolean;
  nameOf: (person: string | null) => string;
  /** An instant in words. */
  inWords: (instant: string) => string;
};

const frequencyNames: Record<Frequency, string> = {
  monthly: 'Months',
  quarterly: 'Quarters',
  termly: 'Terms',
  'half-yearly': 'Half-years',
  annual: 'The year',
};

const states: Record<CalendarRow['state'], string> = {
  'to-come': '',
  open: '○ Open now',
  overdue: '● Open, past due',
  locked: 'Locked',
};

/** Four presses beside each other are the most that stay one row. */
const mostYears = 2;

/** A year's periods in a table: when each opens, is due and locks, and which were moved and why. */
export function calendarCard(view: CalendarView): Card {
  const { year, frequency, rows, used, otherYears, mayMove } = view;
  const open = rows.filter(({ state }) => state !== 'locked');
  const moved = rows.filter((row) => row.moved !== null);
  return renderCard('calendar', { title: `Calendar ${year}`, subtitle: frequencyNames[frequency] }, view, {
    lead: moved.length > 0 ? `Dates marked ● were moved.${moved.some(isTold) ? ' Why is below.' : ''}` : '',
    rows: rows.map(rowOf),
    moved: moved.map((row) => movedOf(row, view)),
    mayMove: mayMove && open.length > 0,
    chosen: (open.find(({ state }) => state !== 'to-come') ?? open[0])?.period.key ?? '',
    choices: open.map(({ period, formal }) => ({
      title: formal ? `${periodName(period)} – ${formalWords[formal]}` : periodName(period),
      value: period.key,
    })),
    buttons: [
      ...used
        .filter((each) => each !== frequency)
        .map((each) => button(frequencyNames[each], 'calendar', { year, frequency: each })),
      ...otherYears.slice(-mostYears).map((other) => button(other, 'calendar', { year: other })),
    ],
  });
}

/** `21 Oct 2009`: short, because four columns must fit a phone. */
const shortDate = (date: IsoDate): string =>
  `${Number(date.slice(8))} ${monthName(date).slice(0, 3)} ${date.slice(0, 4)}`;

function rowOf({ period, dates, formal, state, moved }: CalendarRow) {
  const [, name = '', months = ''] = /^(.*?) \d{4}\/\d\d \((.*)\)$/.exec(periodName(period)) ?? [];
  const date = (field: keyof MovedDates) =>
    `${shortDate(dates[field])}${moved && moved.was[field] !== dates[field] ? ' ●' : ''}`;
  return {
    period: name,
    months,
    formal: formal ? `» ${formalWords[formal]}` : '',
    state: states[state],
    opens: date('opens'),
    due: date('due'),
    locks: date('locks'),
  };
}

const labels: [keyof MovedDates, string][] = [
  ['opens', 'Opens'],
  ['due', 'Due'],
  ['locks', 'Locks'],
];

/** Which of a period's dates differ: `28 October 2009, was 21 October 2009`. */
export const changedDates = (now: MovedDates, was: MovedDates) =>
  labels
    .filter(([field]) => now[field] !== was[field])
    .map(([field, title]) => ({ title, value: `${longDate(now[field])}, was ${longDate(was[field])}` }));

/** Whether it is said why and by whom: not in the pre-election period, where others read along. */
const isTold = ({ moved }: CalendarRow): boolean => moved?.reason !== undefined;

function movedOf({ period, dates, moved }: CalendarRow, { nameOf, inWords }: CalendarView) {
  const { was, reason, by, at } = moved!;
  const changed = changedDates(dates, was);
  const who = by === undefined ? '' : by === null ? ' on the command line,' : ` by ${nameOf(by)},`;
  return {
    heading:
      changed.length > 0
        ? `● ${periodName(period)} was moved`
        : `${periodName(period)} was moved and is back`,
    facts: reason === undefined ? changed : [...changed, { title: 'Why', value: reason }],
    who: `Moved${who} ${inWords(at)}`,
  };
}
