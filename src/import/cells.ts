import { Temporal } from 'temporal-polyfill';
import { isIsoDate, longDate } from '../domain/days.ts';
import type { DecimalText } from '../domain/decimal.ts';
import { parseImportedFigure } from '../domain/figures.ts';
import type { Unit } from '../domain/kpi.ts';
import { plainText, quoted } from '../domain/typed-text.ts';
import { splitAdvice } from './fault.ts';
import { didYouMean } from './nearest.ts';
import { readDate } from './read-date.ts';
import type { Row } from './table.ts';

/** Columns that hold several values, each of which may be wrong. */
const severalValues = new Set(['roles', 'portfolios']);

/** Says what is wrong in a row, once for each value: what follows from a wrong cell isn't told again. */
export function fault(row: Row, column: string | null, problem: string, remedy: string): void {
  if (column !== null && row.spoilt.has(column)) return;
  if (column !== null && !severalValues.has(column)) row.spoilt.add(column);
  row.faults.push({ file: row.file, row: row.row, column, problem, remedy });
}

/** The cell's text; empty when there is none, or when it was found unreadable already. */
export const text = (row: Row, column: string): string =>
  row.spoilt.has(column) ? '' : (row.cells[column] ?? '');

/** The cell's text, on one line; a fault when it is empty. */
export function required(row: Row, column: string): string {
  const cell = text(row, column).replace(/\s+/g, ' ');
  if (cell === '') fault(row, column, `${column} is empty.`, 'Fill it in, or delete the row.');
  return cell;
}

/** The parts of a cell that are separated by `;`, each once. */
export const list = (row: Row, column: string): string[] => [
  ...new Set(
    text(row, column)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

/** Finds a word of a list whatever its case, with a space or underscore for a hyphen. */
export function wordIn<W extends string>(
  row: Row,
  column: string,
  cell: string,
  words: readonly W[],
  what = column.replaceAll('_', ' '),
): W | null {
  const wanted = cell.toLowerCase().replace(/[\s_]+/g, '-');
  const word = words.find((candidate) => candidate === wanted);
  if (word) return word;
  const remedy = `${didYouMean(wanted, words)} Use one of: ${words.join(', ')}.`.trim();
  fault(row, column, `${quoted(cell)} is not a ${what} that is known.`, remedy);
  return null;
}

/** One word of a list; `otherwise` when the cell is empty. */
export function oneOf<const W extends string, D>(
  row: Row,
  column: string,
  words: readonly W[],
  otherwise: D,
): W | D {
  const cell = text(row, column);
  return cell === '' ? otherwise : (wordIn(row, column, cell, words) ?? otherwise);
}

const yesOrNo = new Map([
  ['yes', true],
  ['y', true],
  ['true', true],
  ['no', false],
  ['n', false],
  ['false', false],
]);

/** Null when the cell is empty. */
export function yesNo(row: Row, column: string): boolean | null {
  const cell = text(row, column);
  if (cell === '') return null;
  const meant = yesOrNo.get(cell.toLowerCase());
  if (meant === undefined) fault(row, column, `${quoted(cell)} is neither yes nor no.`, 'Write yes or no.');
  return meant ?? null;
}

/** An ISO date, or null when the cell is empty or no date. */
export function date(row: Row, column: string): string | null {
  const cell = text(row, column);
  if (cell === '') return null;
  const read = readDate(cell);
  if (read.ok) return read.date;
  fault(row, column, read.problem, read.remedy);
  return null;
}

/**
 * An instant as ISO text. A date alone is noon of it in the council's zone; a time without an offset is the
 * council's. A fault when it is none, or after `now`.
 */
export function instant(row: Row, column: string, timeZone: string, now: string): string | null {
  const cell = text(row, column);
  if (cell === '') return null;
  const read = readInstant(cell, timeZone);
  if (!read) {
    const day = readDate(cell);
    const example = 'Write a date such as 2009-10-14, or a time such as 2009-10-14T09:30:00Z.';
    fault(
      row,
      column,
      day.ok ? `${quoted(cell)} is not a time.` : day.problem,
      day.ok ? example : day.remedy,
    );
    return null;
  }
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const future = isIsoDate(cell) ? cell > today : Temporal.Instant.compare(read, now) > 0;
  if (future)
    fault(
      row,
      column,
      `${quoted(cell)} is in the future.`,
      'Write when it was really given, or leave the cell empty.',
    );
  return read;
}

function readInstant(cell: string, timeZone: string): string | null {
  try {
    if (isIsoDate(cell)) {
      return Temporal.PlainDate.from(cell)
        .toZonedDateTime({ timeZone, plainTime: '12:00' })
        .toInstant()
        .toString();
    }
    if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/i.test(cell)) return null;
    if (/(Z|[+-]\d{2}(:?\d{2})?)$/i.test(cell)) return Temporal.Instant.from(cell).toString();
    return Temporal.PlainDateTime.from(cell).toZonedDateTime(timeZone).toInstant().toString();
  } catch {
    return null;
  }
}

/** A figure as an exact decimal in the unit, or null when the cell is empty or no figure. */
export function figure(row: Row, column: string, unit: Unit): DecimalText | null {
  const cell = text(row, column);
  if (cell === '') return null;
  const read = parseImportedFigure(cell, unit);
  if (read.ok) return read.value;
  const { problem, remedy } = splitAdvice(read.sentence);
  fault(row, column, problem, remedy);
  return null;
}

/** A number that was meant as one, although it can't be read: `12..5`, `1.23E+05`; words are no such thing. */
const looksLikeNumber = /^[£]?[-+]?[.,\s]*\d[\d.,\s]*(e[-+]?\d+)?%?$/i;

/**
 * A target as the plan prints it: the exact decimal when it is a number, else its words, which are shown and
 * never rated. Only a damaged number is a fault.
 */
export function targetText(row: Row, column: string, unit: Unit): string | null {
  const cell = text(row, column);
  if (cell === '') return null;
  const read = parseImportedFigure(cell, unit);
  if (read.ok) return read.value;
  return looksLikeNumber.test(plainText(cell)) ? figure(row, column, unit) : cell;
}

/** A whole number from `low` to `high`, or null when the cell is empty or none. */
export function wholeNumber(row: Row, column: string, low: number, high: number): number | null {
  const cell = text(row, column).replace(/%$/, '').trimEnd();
  if (cell === '') return null;
  const value = /^\d{1,6}(\.0+)?$/.test(cell) ? Number(cell) : Number.NaN;
  if (value >= low && value <= high) return value;
  fault(
    row,
    column,
    `${quoted(cell)} is not a whole number from ${low} to ${high}.`,
    `Write a whole number from ${low} to ${high}.`,
  );
  return null;
}

type DateCell = { column: string; date: string | null };

/** A fault when the second date comes before the first. */
export function mustBeInOrder(row: Row, first: DateCell, second: DateCell): void {
  if (!first.date || !second.date || first.date <= second.date) return;
  const problem = `${second.column} (${longDate(second.date)}) comes before ${first.column} (${longDate(first.date)}).`;
  fault(row, second.column, problem, 'Correct one of the two dates.');
}
