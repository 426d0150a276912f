/** One thing that is wrong in a council folder, for the person who made the file. */
export type Fault = {
  /** The file's name, or the workbook's with the sheet: `council.xlsx, sheet kpis`. */
  file: string;
  /** As a spreadsheet numbers its rows: the headings are row 1. Null when the whole file is meant. */
  row: number | null;
  /** The heading of the column, or the place in council.json. Null when the whole row is meant. */
  column: string | null;
  /** What is wrong, in one sentence. */
  problem: string;
  /** What to do about it. */
  remedy: string;
};

/** Splits a sentence or two that say both what is wrong and what to do, as the domain's readers give them. */
export function splitAdvice(advice: string): Pick<Fault, 'problem' | 'remedy'> {
  const match = /^(.*?[.?!])\s+(\p{Lu}.*)$/su.exec(advice);
  return match ? { problem: match[1]!, remedy: match[2]! } : { problem: advice, remedy: 'Change the cell.' };
}

const byRow = (a: Fault, b: Fault) => (a.row ?? 0) - (b.row ?? 0);

/** In the order in which someone mends them: file by file as given, then from the top down. */
export const inReadingOrder = (faults: readonly Fault[], files: readonly string[]): Fault[] =>
  faults.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || byRow(a, b));
