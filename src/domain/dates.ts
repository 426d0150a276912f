import { type IsoDate, longDate } from './days.ts';
import { plainText, quoted } from './typed-text.ts';

export type DateRead = { ok: true; value: IsoDate } | { ok: false; sentence: string };

const example = 'for example 30 September 2009';
const asks = (sentence: string): DateRead => ({ ok: false, sentence });

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNamed = (word: string) => months.indexOf(word.slice(0, 3)) + 1;

const weekday = /^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?,? /;
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const separator = '[-/. ,]{1,2}';

/** Each way of writing a date, with the places of its year, month and day. */
const written: [RegExp, year: number, month: number, day: number][] = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t.*)?$/, 1, 2, 3],
  [/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/, 3, 2, 1],
  [
    new RegExp(
      `^(\\d{1,2})(?:st|nd|rd|th)?(?: of)?(?:${separator})?${monthWord}${separator}(\\d{4}|\\d{2})$`,
    ),
    3,
    2,
    1,
  ],
  [new RegExp(`^${monthWord} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`), 3, 1, 2],
];

const two = (number: number) => String(number).padStart(2, '0');

function onCalendar(year: number, month: number, day: number): DateRead {
  if (month > 12 && month <= 31 && day >= 1 && day <= 12) {
    return asks(`There is no month ${month}. Type the day first, ${example}.`);
  }
  if (month < 1 || month > 12) return asks(`There is no month ${month}. Type the date again, ${example}.`);
  if (year < 1990 || year > 2099) return asks(`Check the year ${year}. Type the date again, ${example}.`);
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const dated = (on: number): IsoDate => `${year}-${two(month)}-${two(on)}`;
  if (day < 1 || day > daysInMonth) {
    const named = longDate(dated(1)).slice(2);
    return asks(`There is no ${day} ${named}: the month has ${daysInMonth} days. Type the date again.`);
  }
  return { ok: true, value: dated(day) };
}

/**
 * Reads a calendar date as people in the UK type it: `30/9/2009`, `30.09.09`, `30 September 2009`, `30th Sept
 * 2009`, `September 30, 2009`, and ISO `2009-09-30`. The day comes before the month; two digits of a year are
 * this century's. 31 February, a date without a year and anything else get a sentence that says what to type.
 */
export function parseDate(text: string): DateRead {
  const typed = plainText(text).toLowerCase().replace(weekday, '');
  if (typed === '') return asks(`Type a date, ${example}.`);
  for (const [pattern, year, month, day] of written) {
    const parts = typed.length <= 40 ? pattern.exec(typed) : null;
    if (!parts) continue;
    const century = parts[year]!.length === 2 ? 2000 : 0;
    return onCalendar(
      Number(parts[year]) + century,
      monthNamed(parts[month]!) || Number(parts[month]),
      Number(parts[day]),
    );
  }
  if (/^\d{5}$/.test(typed))
    return asks(`${quoted(typed)} is a number, not a date. Type the date, ${example}.`);
  if (/^\d{1,2}(st|nd|rd|th)?[-/. ]([a-z]{3,9}|\d{1,2})$/.test(typed)) {
    return asks(`${quoted(plainText(text))} has no year. Type the whole date, ${example}.`);
  }
  return asks(`${quoted(plainText(text))} isn’t a date that I can read. Type it like 30 September 2009.`);
}
