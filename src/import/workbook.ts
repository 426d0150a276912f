import { zipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { Big } from '../domain/decimal.ts';
import type { Sheet } from './csv.ts';
import type { Fault } from './fault.ts';
import { TooLarge, unpackWorkbook } from './unpack-workbook.ts';
import { type Mark, readMarks } from './workbook-marks.ts';

/** What a spreadsheet shows of a number: 15 digits, so that 0.1 + 0.2 is 0.3. */
const shown = (number: string) => new Big(new Big(number).toPrecision(15)).toFixed();

/** A cell's date as ISO text; its time of day when it has no date, such as 4:30. */
function dateText(date: Date): string {
  const iso = date.toISOString();
  const time = iso.slice(11, 19).replace(/:00$/, '');
  if (iso < '1900-01-02') return time.replace(/^0/, '');
  return time === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${time}`;
}

function cellText(value: unknown, mark: Mark | undefined): string {
  if (mark?.kind === 'error') return mark.text;
  if (mark?.kind === 'percent') return `${shown(new Big(mark.fraction).times(100).toFixed())}%`;
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/\r\n?/g, '\n');
}

/**
 * Reads every sheet of an .xlsx workbook as text, as its user sees it: dates in ISO form, 95% as `95%`, a
 * failed formula as its sign (`#REF!`). A sheet with nothing on it is left out.
 *
 * @returns sheets by name
 */
export async function readWorkbook(
  file: string,
  bytes: Uint8Array,
): Promise<{ sheets: Map<string, Sheet>; faults: Fault[] }> {
  const sheets = new Map<string, Sheet>();
  try {
    const files = unpackWorkbook(bytes);
    const marks = readMarks(files);
    // Packed anew, for a file may say otherwise how long its parts are than it turns out.
    const sound = Buffer.from(zipSync(files, { level: 0 }));
    const read = await readXlsxFile<string>(sound, { trim: false, parseNumber: shown });
    for (const { sheet: name, data } of read) {
      const own = marks.get(name);
      const rows = withMarkedCells(data, own).map((cells, row) =>
        cells.map((value, column) => cellText(value, own?.get(`${row},${column}`))),
      );
      if (rows.some((cells) => cells.some((cell) => cell.trim() !== ''))) {
        sheets.set(name, { file: `${file}, sheet ${name}`, rows });
      }
    }
    return { sheets, faults: [] };
  } catch (error) {
    const said =
      error instanceof TooLarge
        ? {
            problem: 'This workbook is too large to be read.',
            remedy: 'Delete what belongs to no table, also far down and far to the right, and save it again.',
          }
        : {
            problem: 'This workbook can’t be read.',
            remedy:
              'Open it in Excel, choose Save As and the type “Excel Workbook (.xlsx)”, without a password.',
          };
    return { sheets, faults: [{ file, row: null, column: null, ...said }] };
  }
}

/** A failed formula at the end of a row or sheet is read as nothing at all: makes room for it again. */
function withMarkedCells(
  data: readonly (readonly unknown[])[],
  marks: Map<string, Mark> | undefined,
): unknown[][] {
  const rows = data.map((cells) => [...cells]);
  for (const at of marks?.keys() ?? []) {
    const [row, column] = at.split(',').map(Number) as [number, number];
    while (rows.length <= row) rows.push([]);
    while (rows[row]!.length <= column) rows[row]!.push(null);
  }
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  for (const cells of rows) while (cells.length < width) cells.push(null);
  return rows;
}
