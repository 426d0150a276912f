import { columnsOf, type TableName, tables } from './columns.ts';
import type { Sheet } from './csv.ts';
import type { Fault } from './fault.ts';
import { didYouMean } from './nearest.ts';

/** One row as text by column; a column that the file hasn't got is empty, like an empty cell. */
export type Row = {
  file: string;
  row: number;
  cells: Readonly<Record<string, string>>;
  /** Columns whose cell was found unreadable already, so that nothing more is said of it. */
  spoilt: Set<string>;
  faults: Fault[];
};

/** More than a long commentary, and little enough for a card and a store's batch. */
const longestCell = 10_000;

const controls = /[^\P{Cc}\n\t]/gu;
const zeroWidth = /[\u200b\u2060\ufeff]/g;
const spaces = /[\u00a0\u2007\u202f\t]/g;

/** A cell's text without what nobody sees: odd spaces, control characters, blanks at the ends. */
const clean = (cell: string): string =>
  cell.replace(controls, ' ').replace(zeroWidth, '').replace(spaces, ' ').normalize('NFC').trim();

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell === '');

const letterOf = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letterOf(Math.floor(column / 26) - 1) + letterOf(column % 26);

const excelError = /^#(REF!|DIV\/0!|VALUE!|N\/A|NAME\?|NUM!|NULL!|SPILL!|CALC!|NOT-COMPUTED!|#+)$/i;

/**
 * Checks a sheet's headings against the table's columns and gives its rows, blank ones left out. Headings may
 * be in any order and either case. Null when the headings are wrong, since the cells below them then mean
 * nothing; otherwise each row that can be read, and a fault for each that can't.
 */
export function openTable(name: TableName, sheet: Sheet, faults: Fault[]): Row[] | null {
  const { file } = sheet;
  const rows = sheet.rows.map((cells) => cells.map(clean));
  const headings = (rows[0] ?? []).map((heading) => heading.toLowerCase().replace(/[\s-]+/g, '_'));
  const width = headings.findLastIndex((heading) => heading !== '') + 1;
  const before = faults.length;
  checkHeadings(name, file, headings.slice(0, width), rows[0] ?? [], faults);
  if (faults.length > before) return null;
  const opened: Row[] = [];
  for (const [at, cells] of rows.entries()) {
    if (at === 0 || isBlank(cells)) continue;
    opened.push(openRow(file, at + 1, headings.slice(0, width), cells, faults));
  }
  return opened;
}

function checkHeadings(
  name: TableName,
  file: string,
  headings: readonly string[],
  written: readonly string[],
  faults: Fault[],
): void {
  const known = columnsOf(name);
  const fault = (column: string | null, problem: string, remedy: string) =>
    faults.push({ file, row: 1, column, problem, remedy });
  if (headings.length === 0) {
    fault(null, 'The first row has no headings.', `Put the headings in row 1: ${known.join(',')}.`);
    return;
  }
  if (headings.length === 1 && /[;\t|]/.test(headings[0]!)) {
    fault(
      null,
      'The columns are not separated by commas.',
      'Save the file as “CSV UTF-8 (Comma delimited)”.',
    );
    return;
  }
  for (const [at, heading] of headings.entries()) {
    if (heading === '') {
      fault(
        letterOf(at),
        `Column ${letterOf(at)} has no heading.`,
        'Give it its heading, or delete the column.',
      );
    } else if (!known.includes(heading)) {
      const unused = known.filter((column) => !headings.includes(column));
      const guess = didYouMean(heading, unused);
      const remedy = `${guess} Rename the column or delete it. The columns of ${name} are ${known.join(', ')}.`;
      fault(written[at]!, `“${written[at]}” is not a column of ${name}.`, remedy.trim());
    } else if (headings.indexOf(heading) < at) {
      fault(heading, `The column “${heading}” is there twice.`, 'Delete or rename one of the two.');
    }
  }
  for (const column of tables[name].required) {
    if (!headings.includes(column)) {
      fault(column, `The column “${column}” is missing.`, `Add a column with the heading ${column}.`);
    }
  }
}

function openRow(
  file: string,
  row: number,
  headings: readonly string[],
  given: readonly string[],
  faults: Fault[],
): Row {
  const cells: Record<string, string> = {};
  const spoilt = new Set<string>();
  const opened: Row = { file, row, cells, spoilt, faults };
  const fault = (column: string | null, problem: string, remedy: string) => {
    faults.push({ file, row, column, problem, remedy });
    if (column) spoilt.add(column);
  };
  for (const [at, heading] of headings.entries()) {
    const cell = given[at] ?? '';
    cells[heading] = cell;
    if (excelError.test(cell)) {
      fault(
        heading,
        `“${cell}” stands where a value should be: ${excelMeaning(cell)}.`,
        'Mend the cell and save the file again.',
      );
    } else if (cell.length > longestCell) {
      fault(heading, `The text is ${cell.length} characters long.`, `Shorten it to ${longestCell} or fewer.`);
    }
  }
  const beyond = given.findLastIndex((cell) => cell !== '') + 1;
  if (given.length < headings.length || beyond > headings.length) {
    const count = Math.max(beyond, Math.min(given.length, headings.length));
    fault(
      null,
      `The row has ${count} ${count === 1 ? 'cell' : 'cells'} and there are ${headings.length} headings.`,
      'Look for a missing comma, or for a comma in a text that isn’t in quotation marks.',
    );
    for (const heading of headings.slice(1)) spoilt.add(heading);
  }
  return opened;
}

const excelMeaning = (cell: string) =>
  /^#+$/.test(cell)
    ? 'the column was too narrow to show it'
    : /COMPUTED/i.test(cell)
      ? 'its formula was never worked out'
      : 'its formula failed';
