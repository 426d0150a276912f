import type { Colour, Wording } from '../../domain/words.ts';

/** What a cell says: its lines, the first of them the main one; colour only repeats what the words say. */
export type Cell = { lines: string[]; colour?: Colour; link?: string };

export type Column = {
  heading: string;
  /** Share of the table's width, in hundredths. */
  width: number;
  /** Figures are set to the right. */
  figures?: true;
};

export type Table = {
  block: 'table';
  caption: string;
  columns: Column[];
  /** The first cell of a row is its heading. */
  rows: Cell[][];
  /** Whether the last row adds the others up. */
  totalled: boolean;
};

/** What a paper is laid out in: each format draws these and nothing else. */
export type Block =
  | { block: 'heading'; level: 2 | 3; text: string; anchor?: string }
  | { block: 'text'; text: string; colour?: Colour }
  | { block: 'facts'; caption: string; facts: [name: string, value: string][] }
  | { block: 'list'; items: string[] }
  | Table;

/** A cell of lines that have something to say; a dash when none has. */
export function cell(...lines: (string | null | undefined | false)[]): Cell {
  const said = lines.filter((line): line is string => Boolean(line));
  return { lines: said.length > 0 ? said : ['–'] };
}

/** A rating's cell, in its colour. */
export const rated = ({ text, colour }: Wording, ...more: (string | null | false)[]): Cell => ({
  ...cell(text, ...more),
  colour,
});

export const number = (count: number): Cell => cell(count.toLocaleString('en-GB'));
