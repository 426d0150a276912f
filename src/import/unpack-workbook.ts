import { strFromU8, unzipSync } from 'fflate';

/** A workbook that would fill the memory, by malice or by a stray cell in its last row. */
export class TooLarge extends Error {}

/** Bytes of all parts together, and parts: a council's year comes nowhere near. */
const largest = 100_000_000;
const mostParts = 1000;
/** Rows of one sheet, with cells or without: as many as Excel has, for LibreOffice likes to write the last. */
const mostRows = 1_048_576;
/** Cells of one sheet up to its last row and column, filled or not: all of them are built in memory. */
const mostCells = 5_000_000;

/**
 * The parts of an .xlsx file that say something, by name. Throws when the bytes are no zip file, when the place of a
 * row or cell can't be read, and `TooLarge`.
 */
export function unpackWorkbook(bytes: Uint8Array): Record<string, Uint8Array> {
  let length = 0;
  let parts = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      length += originalSize;
      parts += 1;
      if (length > largest || parts > mostParts) throw new TooLarge();
      return /\.(xml|rels)$/.test(name);
    },
  });
  for (const part of Object.values(files)) {
    const xml = strFromU8(part);
    // The reader of sheets would look for its end from each beginning again.
    if (unended.test(xml)) throw new Error('a tag has no end');
    // Whatever part it is and whoever refers to it: the reader takes for a sheet what has this.
    if (xml.includes('sheetData')) assertFits(xml);
  }
  return files;
}

/** A tag in which another begins; a comment or a `CDATA` section isn't one. */
const unended = /<[^<>!?][^<>]*</;

/** A part as text; empty when there is none. */
export const textOf = (files: Record<string, Uint8Array>, name: string): string =>
  Object.hasOwn(files, name) ? strFromU8(files[name]!) : '';

/** A cell's row and column, from 0, by its address such as `C7`. Throws for anything else. */
export function placeOf(address: string): { row: number; column: number } {
  const [, letters, digits] = /^([A-Z]+)(\d+)$/.exec(address) ?? notRead();
  const column = [...letters!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, column: column - 1 };
}

/** Any attribute but `r`, for which the reader takes `x:r` too. */
const other = String.raw`\s+(?!(?:[\w.:-]*:)?r=)[\w.:-]+="[^"<>]*"`;
/**
 * A row or a cell as spreadsheets write it, with its `r`; or, with no name, one in any other form that the reader may
 * take for one.
 */
const placed = new RegExp(
  String.raw`<(?:\w+:)?(c|row)(?:${other})*(?:\s+r="([A-Z]*\d+)"(?:${other})*)?\s*/?>|<(?:[\w.-]*:)?(?:c|row)(?![\w.:-])`,
  'g',
);

/** Throws `TooLarge` for a sheet that reaches too far, and an error when it can't be told how far it does. */
function assertFits(sheet: string): void {
  let row = 0;
  let rows = 0;
  let columns = 0;
  for (const [, name, address = ''] of sheet.matchAll(placed)) {
    if (name === 'c') {
      const at = placeOf(address);
      row = Math.max(row, at.row + 1);
      rows = row;
      columns = Math.max(columns, at.column + 1);
    } else if (name === 'row' && /^\d*$/.test(address)) row = Math.max(row + 1, Number(address));
    else notRead();
    if (row > mostRows || rows * columns > mostCells) throw new TooLarge();
  }
}

function notRead(): never {
  throw new Error('a row or a cell is written in a form that is not read');
}
