import { Big, type DecimalText } from './decimal.ts';
import type { Unit } from './kpi.ts';
import { type NumberRead, readNumber } from './read-number.ts';
import { readTime } from './read-time.ts';
import { plainText, quoted } from './typed-text.ts';
import { grouped, isTime, ratePer } from './units.ts';

export type FigureRead = { ok: true; value: DecimalText } | { ok: false; sentence: string };

const asks = (sentence: string): FigureRead => ({ ok: false, sentence });

/** What to type for a unit, as it stands in a sentence after "Type". */
export function figureExample(unit: Unit): string {
  if (unit === 'percent') return 'a percentage, for example 91.2';
  if (unit === 'gbp') return 'an amount in pounds, for example 3,200,000 or £3.2m';
  if (unit === 'days') return 'the number of days, for example 4.5';
  if (isTime(unit)) return `the number of ${unit}, for example 4.5 or 4:30`;
  if (unit === 'ratio') return 'the ratio as one number, for example 3.2';
  if (unit === 'yes-no') return 'Yes or No';
  const per = ratePer(unit);
  return per ? `the rate per ${grouped(per)}, for example 12.5` : 'a number, for example 1,234.5';
}

const yesWords = new Set(['yes', 'y', 'true', '1']);
const noWords = new Set(['no', 'n', 'false', '0']);

const magnitudes: Record<string, number> = { k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, mil: 1e6, million: 1e6 };
for (const word of ['bn', 'b', 'billion']) magnitudes[word] = 1e9;

/** Takes brackets or a sign away: `(450)`, `-£450` and `£-450` are all below zero. Null when it has two. */
function withoutSign(text: string): { negative: boolean; rest: string } | null {
  const bracketed = /^([^()]*)\(([^()]*)\)([^()]*)$/.exec(text);
  const inside = bracketed ? `${bracketed[1]}${bracketed[2]}${bracketed[3]}`.trim() : text;
  const signed = /^(£? ?)([-+]) ?(.*)$/.exec(inside);
  if (bracketed && signed) return null;
  return {
    negative: bracketed !== null || signed?.[2] === '-',
    rest: signed ? `${signed[1]}${signed[3]}`.trim() : inside,
  };
}

/** Takes away the sign or words of the unit itself. */
function withoutUnit(text: string, unit: Unit): string {
  if (unit === 'percent') return text.replace(/ ?(%|per ?cent)$/, '');
  if (unit === 'gbp') return text.replace(/^£ ?/, '').replace(/ ?(pounds|gbp)$/, '');
  if (unit === 'ratio') return text.replace(/ ?(:|to) ?1$/, '');
  const per = ratePer(unit);
  const rate = per ? / ?(?:per|\/) ?([\d,]+)$/.exec(text) : null;
  return rate && rate[1]!.replaceAll(',', '') === per ? text.slice(0, rate.index) : text;
}

function wrongUnit(text: string, unit: Unit): FigureRead | null {
  if (text.includes('%') && unit !== 'percent') {
    return asks(`This figure isn’t a percentage. Type ${figureExample(unit)}.`);
  }
  if (text.includes('£') && unit !== 'gbp') {
    return asks(`This figure isn’t an amount of money. Type ${figureExample(unit)}.`);
  }
  if (text.includes(':') && unit === 'ratio') {
    return asks(`Type ${quoted(text)} as one number. For 3.2:1 that is 3.2.`);
  }
  return null;
}

function readAmount(text: string, unit: Unit): NumberRead {
  const example = figureExample(unit);
  if (isTime(unit)) return readTime(text, unit, example);
  const large = unit === 'gbp' || unit === 'number' ? /^(.*?\d\.?) ?([a-z]+)$/.exec(text) : null;
  const times = large && Object.hasOwn(magnitudes, large[2]!) ? magnitudes[large[2]!] : undefined;
  if (!large || times === undefined) return readNumber(text, example);
  const read = readNumber(large[1]!, example);
  return read.ok ? { ok: true, value: read.value.times(times) } : read;
}

/**
 * Asks about a figure that its unit makes unlikely, typed or computed; null when there is nothing to ask.
 * A percentage may pass 100 (councils print 115%), but not 1,000. A time can't be below zero; everything else may
 * measure a change.
 */
export function askIfUnlikely(value: DecimalText, unit: Unit): string | null {
  const figure = new Big(value);
  if (unit === 'percent' && (figure.gt(1000) || figure.lt(-100))) {
    return `${figure.round(2).toFixed()}% is beyond what a percentage can be here. Check it and type it again, for example 91.2.`;
  }
  if (figure.lt(0) && isTime(unit)) {
    return `This figure can’t be below zero. Type ${figureExample(unit)}.`;
  }
  if (figure.abs().gte('1e15')) return 'That number is too large. Check it and type it again.';
  return null;
}

/**
 * Reads what a person typed as a figure of a unit, exactly. Understands commas or spaces between thousands,
 * `£`, `%`, `£3.2m`, `£450k`, `4:30`, `12.5 per 1,000`, brackets for a figure below zero, and whatever marks a
 * phone or a copied page puts in. A `yes-no` gives `1` or `0`.
 *
 * What can be read in two ways, such as `12,5`, is asked about and never guessed: `sentence` says what to type.
 */
export function parseFigure(text: string, unit: Unit): FigureRead {
  const typed = plainText(text).toLowerCase();
  const example = figureExample(unit);
  if (typed === '') return asks(`Type ${example}.`);
  if (typed.length > 60) return asks(`${quoted(typed)} is too long for a figure. Type ${example}.`);
  if (unit === 'yes-no') {
    if (yesWords.has(typed)) return { ok: true, value: '1' };
    return noWords.has(typed) ? { ok: true, value: '0' } : asks('Type Yes or No.');
  }
  const signed = withoutSign(typed);
  if (!signed)
    return asks(`${quoted(text.trim())} has both brackets and a sign. Use one of them, for example -450.`);
  const amount = withoutUnit(signed.rest, unit);
  const wrong = wrongUnit(amount, unit);
  if (wrong) return wrong;
  const read = readAmount(amount, unit);
  if (!read.ok) return read;
  const value = (signed.negative && !read.value.eq(0) ? read.value.neg() : read.value).toFixed();
  const unlikely = askIfUnlikely(value, unit);
  return unlikely ? asks(unlikely) : { ok: true, value };
}
