import { Temporal } from 'temporal-polyfill';

/** An ISO calendar date such as `2009-09-30`. */
export type IsoDate = string;

// Said in English alone, so a table: formatting a date with Intl costs more than the rest of a card.
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `September`. */
export const monthName = (date: IsoDate): string => monthNames[Number(date.slice(5, 7)) - 1]!;

/** `30 September 2009`. */
export const longDate = (date: IsoDate): string =>
  `${Number(date.slice(8, 10))} ${monthName(date)} ${Number(date.slice(0, 4))}`;

// Dates without a time are read as UTC, whose days are all of one length.
const millisecondsADay = 86_400_000;

/** Whole days from one ISO date to another; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  (Date.parse(to) - Date.parse(from)) / millisecondsADay;

export const addDays = (date: IsoDate, days: number): IsoDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Whether the text is a real calendar date in ISO form; 31 February isn't. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
