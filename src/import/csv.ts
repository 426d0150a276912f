import { CsvError, parse } from 'csv-parse/sync';
import type { Fault } from './fault.ts';

/** The cells of a file or sheet as they stand, headings included: `rows[0]` is row 1. */
export type Sheet = { file: string; rows: string[][] };

const saveAs = 'In Excel choose Save As and the type “CSV UTF-8 (Comma delimited)”.';

/** What the first bytes say a file is when it isn't UTF-8 text. */
function wrongKind(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return 'This file is saved as “Unicode text” (UTF-16).';
  if (a === 0x50 && b === 0x4b) return 'This file is a workbook that was only renamed to .csv.';
  if (bytes.subarray(0, 4000).includes(0)) return 'This file is not text.';
  return null;
}

const syntax: Record<string, Pick<Fault, 'problem' | 'remedy'>> = {
  CSV_QUOTE_NOT_CLOSED: {
    problem: 'A quotation mark is opened in this row and never closed, so the rows after it can’t be read.',
    remedy: 'Close it after the cell’s text. Write a quotation mark that belongs to the text twice ("").',
  },
  CSV_INVALID_CLOSING_QUOTE: {
    problem: 'A quotation mark stands inside a quoted cell of this row, so the rows after it can’t be read.',
    remedy: 'Write it twice (""), or close the quotation mark of the cell or row before.',
  },
  INVALID_OPENING_QUOTE: {
    problem: 'A quotation mark stands inside a cell of this row that isn’t in quotation marks itself.',
    remedy: 'Put the whole cell in quotation marks and write the one inside twice: "a 6"" pipe".',
  },
};

/**
 * Reads comma-separated text. Takes a byte-order mark, any line endings, and quoted commas, quotation marks and
 * line breaks. A line that is blank is a row, as in a spreadsheet. What can't be read is a fault that names the
 * row, and no sheet.
 */
export function readCsv(file: string, bytes: Uint8Array): { sheet: Sheet | null; faults: Fault[] } {
  const failed = (problem: string, remedy: string, row: number | null = null) => ({
    sheet: null,
    faults: [{ file, row, column: null, problem, remedy }],
  });
  const wrong = wrongKind(bytes);
  if (wrong) return failed(wrong, saveAs);
  // The decoder takes the byte-order mark away and puts U+FFFD for bytes that aren't UTF-8.
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n');
  if (text.trim() === '')
    return failed('This file is empty.', 'Give it its headings in row 1, or delete it.');
  try {
    const rows = parse(text, { relax_column_count: true, record_delimiter: '\n', max_record_size: 0 });
    const lost = firstLostLetter(rows);
    if (lost) {
      const problem = `This file is not saved in UTF-8: row ${lost.row} reads “${lost.around}”.`;
      return failed(problem, saveAs, lost.row);
    }
    return { sheet: { file, rows }, faults: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { problem, remedy } = syntax[error.code] ?? {
      problem: 'This row can’t be read as comma-separated cells.',
      remedy: saveAs,
    };
    return failed(problem, remedy, Number(error.records) + 1);
  }
}

/** Where a byte that isn't UTF-8 was: an é, a £ or a dash of Windows-1252. */
function firstLostLetter(rows: readonly string[][]): { row: number; around: string } | null {
  for (const [at, cells] of rows.entries()) {
    const cell = cells.find((text) => text.includes('\ufffd'));
    if (cell === undefined) continue;
    const from = Math.max(0, cell.indexOf('\ufffd') - 15);
    return { row: at + 1, around: cell.slice(from, from + 30) };
  }
  return null;
}
