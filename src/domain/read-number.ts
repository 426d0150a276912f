import { Big } from './decimal.ts';
import { quoted } from './typed-text.ts';

/** More than this before the point and a spreadsheet has already lost some. */
const mostDigits = 15;
/** As many as are kept exactly: published figures are printed with 12 and more (1542.377536299022). */
const mostPlaces = 18;

export type NumberRead = { ok: true; value: Big } | { ok: false; sentence: string };

const asks = (sentence: string): NumberRead => ({ ok: false, sentence });

const plain = (digits: string) => new Big(digits).toFixed();

function askAboutCommas(shown: string, before: string, after: string | undefined): NumberRead {
  const [left, right, more] = before.split(',');
  const joined = plain(before.replaceAll(',', ''));
  if (left && right && more === undefined && after === undefined) {
    return asks(
      `Do you mean ${plain(`${left}.${right}`)} or ${joined}? Type ${shown} again without the comma.`,
    );
  }
  return asks(
    `The commas in ${shown} aren’t between thousands. Check the number and type it without commas, for example ${joined}.`,
  );
}

/**
 * Reads digits with an optional decimal point and with commas or spaces between thousands: `1,234.5`,
 * `1 234`, `.5`. A comma anywhere else is asked about, since `12,5` may be 12.5 or 125.
 *
 * @param text plain text (see `plainText`) without sign or unit
 * @param example what to type, for the sentence
 */
export function readNumber(text: string, example: string): NumberRead {
  const shown = quoted(text);
  if (/^[\d.,]+ ?e ?[-+]? ?\d+$/i.test(text)) {
    return asks(`Type ${shown} in full, with all its digits and without the letter e.`);
  }
  if (!/^[\d.,][\d., ]*$/.test(text) || !/\d/.test(text)) {
    return asks(`${shown} isn’t a number. Type ${example}.`);
  }
  const [before = '', after, extra] = text.split('.');
  if (extra !== undefined) return asks(`${shown} has more than one decimal point. Type ${example}.`);
  if (after?.includes(',')) {
    return asks(
      `In ${shown} the comma comes after the point. Use commas for thousands and a point for decimals.`,
    );
  }
  if (after?.includes(' ')) return asks(`${shown} has a space after the point. Type it without spaces.`);
  if (before.includes(',') && !/^[1-9]\d{0,2}(,\d{3})+$/.test(before)) {
    return /^,*\d[\d,]*$/.test(before)
      ? askAboutCommas(shown, before, after)
      : asks(`${shown} isn’t a number. Type ${example}.`);
  }
  if (before.includes(' ') && !/^[1-9]\d{0,2}( \d{3})+$/.test(before)) {
    return asks(`${shown} has a space in it. Type one number without spaces.`);
  }
  const digits = before.replace(/[, ]/g, '').replace(/^0+(?=\d)/, '') || '0';
  if (digits.length > mostDigits) {
    return asks(`${shown} has more than ${mostDigits} digits. Round it and type it again.`);
  }
  if ((after?.length ?? 0) > mostPlaces) {
    return asks(`${shown} has more than ${mostPlaces} decimal places. Round it and type it again.`);
  }
  return { ok: true, value: new Big(after ? `${digits}.${after}` : digits) };
}
