/** What keyboards, spreadsheets and copied web pages put into a field and nobody sees. */
const invisible = /[\p{Cf}\p{Cc}]/gu;

const fullWidth = (from: string) => String.fromCodePoint(from.codePointAt(0)! - 0xfee0);

/**
 * Typed text in plain characters: any kind of space as one space, any dash or minus as `-`, full-width digits
 * and signs as the usual ones, invisible characters gone, ends trimmed. Nothing else is changed.
 */
export const plainText = (text: string): string =>
  text
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .replace(invisible, '')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')
    .replace(/[\uff01-\uff5e]/g, fullWidth)
    .replace(/\uffe1/g, '£')
    .trim();

const longestQuestion = 200;

/** What someone looks for, as long as a search may be: how near words are costs the square of their length. */
export const asQuestion = (text: string): string => text.slice(0, longestQuestion);

const quotedLength = 40;

/** What someone typed, in quotation marks and short enough to stand in a sentence. */
export function quoted(text: string): string {
  const characters = [...text];
  const shown = characters.slice(0, quotedLength).join('');
  return `“${shown}${characters.length > quotedLength ? '…' : ''}”`;
}

/** Text cut at a word so that it is at most `length` characters with its `…`; whole when it fits. */
export function cut(text: string, length: number): string {
  const characters = text.length <= length ? [] : [...text];
  if (characters.length <= length) return text;
  const start = characters.slice(0, length - 1).join('');
  const space = start.search(/\s\S*$/);
  return `${(space > length / 2 ? start.slice(0, space) : start).trimEnd()}…`;
}
