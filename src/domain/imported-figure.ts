import { Temporal } from 'temporal-polyfill';
import { longDate } from './days.ts';
import type { Unit } from './kpi.ts';
import { type FigureRead, parseFigure } from './parse-figure.ts';
import { plainText, quoted } from './typed-text.ts';

const month = 'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec';
const dates = [
  new RegExp(`^(\\d{1,4}[-/ ])?(${month})[a-z]*([-/ ]\\d{1,4})?$`, 'i'),
  new RegExp(`^\\d{1,2}[-/ ](${month})[a-z]*[-/ ]\\d{2,4}$`, 'i'),
  /^\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?( \d{1,2}:\d{2}(:\d{2})?)?$/,
];

/** The days of 2000 to 2049 as Excel counts them. */
const serial = { first: 36_526, last: 54_788 };

function serialDate(text: string): string | null {
  const days = /^\d{5}$/.test(text) ? Number(text) : 0;
  if (days < serial.first || days > serial.last) return null;
  return longDate(Temporal.PlainDate.from('1899-12-30').add({ days }).toString());
}

/** What Excel has made of the figure in a cell, as a sentence with the remedy; null when it looks sound. */
function mangled(cell: string): string | null {
  const shown = quoted(cell);
  if (/^[-+]?[\d.,]+e[-+]?\d+$/i.test(cell)) {
    return `Excel has shortened this figure to ${shown} and digits may be lost. Set the column’s format to Text and type the figure again in full.`;
  }
  if (/^#(div\/0!|n\/a|ref!|value!|name\?|num!|null!|#+)/i.test(cell)) {
    return `${shown} is Excel’s sign that a formula failed or the column is too narrow. Mend the cell and save the file again.`;
  }
  if (dates.some((date) => date.test(cell))) {
    return `${shown} is a date: Excel may have made it from the figure. Set the column’s format to Text and type the figure again.`;
  }
  if (/^(n\/?a|n\/?k|tb[cad]|nil|none|not available|-+|\?+)$/i.test(cell)) {
    return `${shown} isn’t a figure. Leave the cell empty; where there is no result, give the reason in unavailable_reason.`;
  }
  return null;
}

/**
 * Reads a figure from a cell of a loaded file. Takes all that a form takes (`1,234.5`, `12.5%`, `£3.2m`) and
 * refuses, with what to do, what Excel is known to make of figures: `1.23E+05` (digits may be lost), `Oct-09`
 * and other dates, `#DIV/0!`. A whole number such as 43101 is a figure unless the unit makes it unlikely; the
 * sentence then says which date it stands for.
 */
export function parseImportedFigure(text: string, unit: Unit): FigureRead {
  const cell = plainText(text).replace(/^'/, '');
  const fault = mangled(cell);
  if (fault) return { ok: false, sentence: fault };
  const read = parseFigure(cell, unit);
  const date = read.ok ? (unit === 'days' || unit === 'ratio' ? serialDate(cell) : null) : serialDate(cell);
  if (date) {
    return {
      ok: false,
      sentence: `${quoted(cell)} is how Excel keeps the date ${date}. Set the column’s format to Text and type the figure again.`,
    };
  }
  return read;
}
