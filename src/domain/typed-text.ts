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

const quotedLength = 40;

/** What someone typed, in quotation marks and short enough to stand in a sentence. */
export function quoted(text: string): string {
  const characters = [...text];
  const shown = characters.slice(0, quotedLength).join('');
  return `“${shown}${characters.length > quotedLength ? '…' : ''}”`;
}
