import { parseDate } from './dates.ts';
import type { IsoDate } from './days.ts';

/** A form's values as a client sent them. Nothing about them is certain: not the names, not the types. */
export type Typed = Readonly<Record<string, unknown>>;

/** A sentence by each field that needs another look. */
export type FieldFaults = Record<string, string>;

const control = /(?![\n\t])\p{Cc}/gu;

/**
 * A field's text, trimmed, with one kind of line break and without control characters; empty when it is
 * missing or isn't text or a number.
 */
export function fieldText(typed: Typed, field: string): string {
  const value = Object.hasOwn(typed, field) ? typed[field] : '';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string'
    ? value.toWellFormed().replace(/\r\n?/g, '\n').replace(control, '').trim()
    : '';
}

/** Whether a toggle is on, as Teams sends it (`true` as text) or as anything that says yes. */
export function isTicked(typed: Typed, field: string): boolean {
  const value = Object.hasOwn(typed, field) ? typed[field] : false;
  return value === true || (typeof value === 'string' && /^(true|yes|1|on)$/i.test(value.trim()));
}

/** Says by how much a text is too long; null when it fits. Counted as people see characters, not in bytes. */
export function tooLong(text: string, limit: number): string | null {
  const length = text.length <= limit ? text.length : [...text].length;
  if (length <= limit) return null;
  const count = (number: number) => number.toLocaleString('en-GB');
  const over = length - limit;
  return `This is ${count(length)} characters and the most is ${count(limit)}. Take out ${count(over)} ${over === 1 ? 'character' : 'characters'}.`;
}

const nothingSaid = /^(n\/?a|none|nil|tbc|tba|nothing|no comment|not applicable)\.?$/i;

/** Whether a text says something: a dash, a full stop, `n/a` and `TBC` don't. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text) && !nothingSaid.test(text);

/**
 * A date field: null when empty. What isn't a date leaves its sentence in `faults`; a date that is there but
 * not as it must be is for the caller to ask about.
 */
export function fieldDate(typed: Typed, field: string, faults: FieldFaults): IsoDate | null {
  const text = fieldText(typed, field);
  if (text === '') return null;
  const read = parseDate(text);
  if (read.ok) return read.value;
  faults[field] = read.sentence;
  return null;
}

/** A text field, with its sentence left in `faults` when it is longer than it may be. */
export function limitedText(typed: Typed, field: string, limit: number, faults: FieldFaults): string {
  const text = fieldText(typed, field);
  const fault = tooLong(text, limit);
  if (fault) faults[field] = fault;
  return text;
}
