import { Temporal } from 'temporal-polyfill';
import { parseDate } from '../domain/dates.ts';
import { type IsoDate, isIsoDate, longDate } from '../domain/days.ts';
import { quoted } from '../domain/typed-text.ts';
import { type Fault, splitAdvice } from './fault.ts';

type DateRead = { ok: true; date: IsoDate } | ({ ok: false } & Pick<Fault, 'problem' | 'remedy'>);

const example = 'Write the date as year-month-day, for example 2009-09-30.';

/** The days of 1955 to 2119 as Excel counts them. */
const serial = { first: 20_000, last: 80_500 };

function fromSerial(cell: string): IsoDate | null {
  const days = /^\d{5}$/.test(cell) ? Number(cell) : 0;
  if (days < serial.first || days > serial.last) return null;
  return Temporal.PlainDate.from('1899-12-30').add({ days }).toString();
}

/**
 * Reads an ISO date. Files are written by programs that disagree on whether the day or the month comes first,
 * so any other date is refused, with the date that was probably meant.
 */
export function readDate(cell: string): DateRead {
  const day = /^(\d{4}-\d{2}-\d{2})T00:00(:00)?$/.exec(cell)?.[1] ?? cell;
  if (isIsoDate(day)) return { ok: true, date: day };
  const read = parseDate(cell);
  const meant = fromSerial(cell) ?? (read.ok ? read.value : null);
  if (meant) {
    const problem = `${quoted(cell)} is not written as year-month-day.`;
    return { ok: false, problem, remedy: `Write ${meant} if you mean ${longDate(meant)}.` };
  }
  if (!read.ok && read.sentence.startsWith('There is no')) {
    return { ok: false, problem: splitAdvice(read.sentence).problem, remedy: example };
  }
  return { ok: false, problem: `${quoted(cell)} is not a date.`, remedy: example };
}
