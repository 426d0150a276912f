import { Big } from './decimal.ts';
import { type NumberRead, readNumber } from './read-number.ts';
import { quoted } from './typed-text.ts';
import type { TimeUnit } from './units.ts';

type Clock = Exclude<TimeUnit, 'days'>;

const inSeconds: Record<Clock, number> = { hours: 3600, minutes: 60, seconds: 1 };

/** What two parts of a clock mean for each unit: `4:30` is 4 hours 30 minutes, or 4 minutes 30 seconds. */
const firstOfTwo: Record<Clock, Clock> = { hours: 'hours', minutes: 'minutes', seconds: 'minutes' };

const words: Record<string, Clock> = {};
for (const word of ['h', 'hr', 'hrs', 'hour', 'hours']) words[word] = 'hours';
for (const word of ['m', 'min', 'mins', 'minute', 'minutes']) words[word] = 'minutes';
for (const word of ['s', 'sec', 'secs', 'second', 'seconds']) words[word] = 'seconds';

// A third of an hour has no end in decimals: ten places are a millionth of a second.
const asUnit = (seconds: Big, unit: Clock): Big => seconds.div(inSeconds[unit]).round(10, Big.roundHalfUp);

function readClock(text: string, unit: TimeUnit): NumberRead {
  const shown = quoted(text);
  if (unit === 'days') {
    return {
      ok: false,
      sentence: `${shown} reads as a time of day. Type the number of days, for example 4.5.`,
    };
  }
  const parts = text.split(':').map(Number);
  if (parts.slice(1).some((part) => part > 59)) {
    return {
      ok: false,
      sentence: `In ${shown} the part after the colon is more than 59. Check it and type it again.`,
    };
  }
  const [hours, minutes, seconds] =
    parts.length === 3 ? parts : firstOfTwo[unit] === 'hours' ? [...parts, 0] : [0, ...parts];
  const total = new Big(hours!).times(3600).plus(new Big(minutes!).times(60)).plus(seconds!);
  return { ok: true, value: asUnit(total, unit) };
}

const amountAndWord = /^([\d.,]+) ?([a-z]+)(?:,? (?:and )?|$)/;

function readWords(text: string, unit: Clock, example: string): NumberRead | null {
  let rest = text.replace(/(\d)([a-z]+)(?=\d)/g, '$1$2 ');
  let total = new Big(0);
  while (rest) {
    const match = amountAndWord.exec(rest);
    const counted = match && Object.hasOwn(words, match[2]!) ? words[match[2]!] : undefined;
    if (!match || !counted) return null;
    const amount = readNumber(match[1]!, example);
    if (!amount.ok) return amount;
    total = total.plus(amount.value.times(inSeconds[counted]));
    rest = rest.slice(match[0].length);
  }
  return { ok: true, value: asUnit(total, unit) };
}

/**
 * Reads a length of time into the KPI's own unit. `4:30` is 4 hours 30 minutes where the unit is hours (4.5),
 * and 4 minutes 30 seconds where it is minutes (4.5) or seconds (270); `1:04:30` is always hours, minutes and
 * seconds. `4 hours 30 minutes`, `4h 30m` and `90 minutes` are converted; days are never turned into hours,
 * since a day may be a working day.
 *
 * @param text plain lower-case text without sign
 */
export function readTime(text: string, unit: TimeUnit, example: string): NumberRead {
  if (/^\d{1,6}(:\d{1,2}){1,2}$/.test(text)) return readClock(text, unit);
  if (unit === 'days') return readNumber(text.replace(/ ?(working )?(days?|d)$/, ''), example);
  return (/[a-z]/.test(text) ? readWords(text, unit, example) : null) ?? readNumber(text, example);
}
