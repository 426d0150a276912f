import { strFromU8, unzipSync } from 'fflate';

/** A workbook that would fill the memory, by malice or by a stray cell in its last row. */
export class TooLarge extends Error {}

/** Bytes of all parts together, and parts: a council's year comes nowhere near. */
const largest = 100_000_000;
const mostParts = 1000;
/** Cells of one sheet up to its last row and column, filled or not: all of them are built in memory. */
const mostCells = 5_000_000;

/** The parts of an .xlsx file that say something, by name. Throws when the bytes are no zip file, and `TooLarge`. */
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
  // The reader of sheets would look for its end from each beginning again.
  if (Object.values(files).some((part) => unended.test(strFromU8(part)))) throw new Error('a tag has no end');
  return files;
}

/** A tag in which another begins; a comment or a `CDATA` section isn't one. */
const unended = /<[^<>!?][^<>]*</;

/** A part as text; empty when there is none. */
export const textOf = (files: Record<string, Uint8Array>, name: string): string =>
  Object.hasOwn(files, name) ? strFromU8(files[name]!) : '';

/** A cell's row and column, from 0, by its address such as `C7`; neither is a number for anything else. */
export function placeOf(address: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, column: column - 1 };
}

/** Throws `TooLarge` for a sheet that reaches too far. */
export function assertFits(sheet: string): void {
  let rows = 0;
  let columns = 0;
  for (const [, address] of sheet.matchAll(/<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]+\d+)"/g)) {
    const { row, column } = placeOf(address!);
    rows = Math.max(rows, row + 1);
    columns = Math.max(columns, column + 1);
    if (rows * columns > mostCells) throw new TooLarge();
  }
}
