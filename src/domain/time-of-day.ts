import { quoted } from './typed-text.ts';

/** A time of day on the 24-hour clock, such as `08:30`. */
export type TimeOfDay = string;

export type TimeRead = { ok: true; value: TimeOfDay } | { ok: false; sentence: string };

const named: Record<string, TimeOfDay> = { noon: '12:00', midday: '12:00', midnight: '00:00' };
const written = /^(\d{1,2})(?:[.:](\d{2}))?(?: ?(am|pm|a\.m\.?|p\.m\.?)| ?o['’]?clock)?$/;

const two = (number: number): string => String(number).padStart(2, '0');
const asks = (sentence: string): TimeRead => ({ ok: false, sentence });

/**
 * Reads a time of day as people type it: `9`, `9am`, `8.30`, `14:15`, `2 pm`, `midday`. From 7 to 12 without `am` or
 * `pm` is the morning and midday; 1 to 6 could be either and is asked about, unless it is written `02:30`.
 *
 * @param text plain lower-case text
 */
export function readTimeOfDay(text: string): TimeRead {
  if (Object.hasOwn(named, text)) return { ok: true, value: named[text]! };
  const match = written.exec(text);
  if (!match) return asks(`${quoted(text)} isn’t a time that I can read. Write it like 9am or 2.30pm.`);
  const [, hours, minutes = '00', half] = match;
  const hour = Number(hours);
  if (Number(minutes) > 59) return asks(`There is no ${text}: the minutes go to 59.`);
  if (half) {
    if (hour < 1 || hour > 12) return asks(`There is no ${text}. Write it like 9am, 2.30pm or 14:30.`);
    return { ok: true, value: `${two((hour % 12) + (half.startsWith('p') ? 12 : 0))}:${minutes}` };
  }
  if (hour > 23) return asks(`There is no ${text}. Write it like 9am, 2.30pm or 14:30.`);
  if (hour >= 1 && hour <= 6 && !/^0\d[.:]/.test(text)) {
    return asks(`“${text}” could be the morning or the afternoon. Write ${text}am or ${text}pm.`);
  }
  return { ok: true, value: `${two(hour)}:${minutes}` };
}

/** `9am`, `8.30am`, `midday`: a time of day as people read it. */
export function sayTimeOfDay(time: TimeOfDay): string {
  if (time === '12:00') return 'midday';
  if (time === '00:00') return 'midnight';
  const [hours, minutes] = time.split(':');
  const hour = Number(hours);
  return `${hour % 12 || 12}${minutes === '00' ? '' : `.${minutes}`}${hour < 12 ? 'am' : 'pm'}`;
}
