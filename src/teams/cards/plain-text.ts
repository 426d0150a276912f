/**
 * Marks that Markdown would act on, each where it could act: emphasis, code, links, images, raw HTML and `<at>`
 * mentions, strike-through, entities and the renderer's own `{{DATE(…)}}`. An asterisk with a space on each side
 * and an underscore inside a word do nothing, so ordinary text stays as it was typed.
 */
const acting = new RegExp(
  [
    String.raw`\\(?=[!-/:-@[-\u0060{-~])`,
    '`',
    String.raw`(?<!\s)\*|\*(?!\s|$)`,
    String.raw`(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])`,
    String.raw`\[`,
    String.raw`<(?=\S)`,
    '~(?=[^~]*~)|(?<=~[^~]*)~',
    String.raw`&(?=#?\w+;)`,
    String.raw`(?<=\{)\{`,
  ].join('|'),
  'giu',
);

/** Marks that act only at the start of a line: headings, quotes, lists and rules. */
const lineStarts: readonly [RegExp, string][] = [
  [/^(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|-(?=[-\s]*$))/, '\\$1'],
  [/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2'],
];

const plainLine = (line: string): string =>
  lineStarts.reduce(
    (text, [mark, escaped]) => text.replace(mark, escaped),
    line.trim().replace(acting, '\\$&'),
  );

/** Whether a text has anything at all that a client could act on: most have nothing and are shown as they are. */
const mayAct = /[\\`*_[<~&{#>+\r\n\u2028\u2029-]|^\s|\s$|^\d{1,9}[.)]/;

/**
 * People's own words so that a Markdown-rendering field of a card shows them as they were typed (PLATFORM
 * "Cards"). A line break becomes a paragraph break, because Teams joins lines otherwise.
 */
export const plainText = (text: string): string =>
  mayAct.test(text)
    ? text
        .split(/[\r\n\u2028\u2029]+/)
        .map(plainLine)
        .filter((line) => line !== '')
        .join('\n\n')
    : text;
