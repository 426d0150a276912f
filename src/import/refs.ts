import { quoted } from '../domain/typed-text.ts';
import { fault, required, text } from './cells.ts';
import { didYouMean } from './nearest.ts';
import type { Row } from './table.ts';

/** The refs (or e-mail addresses) that a file defines, found whatever their case. */
export type Refs<T = string> = {
  /** Where they are defined, for the remedy. */
  file: string;
  /** False when that file couldn't be read: then nothing is said of a ref that isn't among them. */
  complete: boolean;
  byName: Map<string, { name: string; row: number; value: T; spoilt?: ReadonlySet<string> }>;
};

export const noRefs = <T = string>(file: string, complete: boolean): Refs<T> => ({
  file,
  complete,
  byName: new Map(),
});

const key = (name: string) => name.toLowerCase();

// `@` and `#` are kept for the names of updates and revisions.
const allowed = /^[\p{L}\p{N}][\p{L}\p{N} ._/()&+:,'’-]*$/u;
const longestRef = 80;

/** A row's own ref: there, of allowed characters. */
export function ownRef(row: Row, column = 'ref'): string {
  const ref = required(row, column);
  if (ref === '') return ref;
  if (!allowed.test(ref)) {
    const remedy = 'Use letters, digits, spaces and . , : - _ / ( ) & + ’ and begin with a letter or digit.';
    fault(row, column, `The ref ${quoted(ref)} has a character that a ref can’t have.`, remedy);
  } else if (ref.length > longestRef) {
    fault(
      row,
      column,
      `The ref ${quoted(ref)} is too long.`,
      `Shorten it to ${longestRef} characters or fewer.`,
    );
  }
  return ref;
}

/** Enters a row's name; a fault when an earlier row has it, whatever the case. */
export function define<T>(refs: Refs<T>, row: Row, column: string, name: string, value: T): void {
  if (name === '') return;
  const earlier = refs.byName.get(key(name));
  if (earlier) {
    const remedy = `Row ${earlier.row} has it too. Give each its own, or delete one of the rows.`;
    fault(row, column, `${quoted(name)} is there twice.`, remedy);
  } else {
    refs.byName.set(key(name), { name, row: row.row, value, spoilt: row.spoilt });
  }
}

/** Whether a column of the row that defines a name is wrong: what follows from it isn't told again. */
export const isWrong = (refs: Refs<unknown>, name: string, column: string): boolean =>
  refs.byName.get(key(name))?.spoilt?.has(column) ?? false;

/** What a cell refers to; null when it is empty or, with a fault, unknown. */
export function lookUp<T>(refs: Refs<T>, row: Row, column: string): T | null {
  const cell = text(row, column).replace(/\s+/g, ' ');
  return cell === '' ? null : find(refs, row, column, cell);
}

/** The same for a cell that may not be empty. */
export function mustLookUp<T>(refs: Refs<T>, row: Row, column: string): T | null {
  const cell = required(row, column);
  return cell === '' ? null : find(refs, row, column, cell);
}

export function find<T>(refs: Refs<T>, row: Row, column: string, cell: string): T | null {
  const found = refs.byName.get(key(cell));
  if (found) return found.value;
  if (refs.complete) {
    const guess = didYouMean(
      cell,
      [...refs.byName.values()].map(({ name }) => name),
    );
    const remedy = `${guess} Correct it, or add it to ${refs.file}.`.trim();
    fault(row, column, `${quoted(cell)} is not in ${refs.file}.`, remedy);
  }
  return null;
}
