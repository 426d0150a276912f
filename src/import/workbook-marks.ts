import { strFromU8, unzipSync } from 'fflate';

/**
 * What a workbook says of a cell that read-excel-file passes over: that its formula failed or was never worked
 * out, which it reads as empty, or that it is shown as a percentage, which it reads as 0.95 for 95%.
 */
export type Mark = { kind: 'error'; text: string } | { kind: 'percent'; fraction: string };

/** Marks by sheet name, then by cell as `row,column`, both from 0. */
export type Marks = Map<string, Map<string, Mark>>;

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? null;

const plain = (xml: string) =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]!,
  );

const tags = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)/?>`, 'g'))].map((match) => match[1]!);

/** Where each sheet is kept in the file, by its name. */
function sheetPaths(files: Record<string, string>): Map<string, string> {
  const targets = new Map(
    tags(files['xl/_rels/workbook.xml.rels'] ?? '', 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  );
  return new Map(
    tags(files['xl/workbook.xml'] ?? '', 'sheet').map((tag) => {
      const target = targets.get(attribute(tag, 'r:id')) ?? '';
      return [plain(attribute(tag, 'name') ?? ''), target.startsWith('/') ? target.slice(1) : `xl/${target}`];
    }),
  );
}

/** For each cell style whether it shows a percentage: Excel's formats 9 and 10, or one of its own with a `%`. */
function percentStyles(styles: string): boolean[] {
  const own = new Set(
    tags(styles, 'numFmt')
      .filter((tag) => (attribute(tag, 'formatCode') ?? '').includes('%'))
      .map((tag) => attribute(tag, 'numFmtId')),
  );
  const formats = /<(?:\w+:)?cellXfs\b.*?<\/(?:\w+:)?cellXfs>/s.exec(styles)?.[0] ?? '';
  return tags(formats, 'xf').map((tag) => {
    const format = attribute(tag, 'numFmtId');
    return format === '9' || format === '10' || own.has(format);
  });
}

function place(address: string): string {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return `${Number(digits) - 1},${column - 1}`;
}

function marksIn(sheet: string, isPercent: readonly boolean[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const [, tag, content] of sheet.matchAll(/<(?:\w+:)?c(\s[^>]*?)(?<!\/)>(.*?)<\/(?:\w+:)?c>/gs)) {
    const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</.exec(content!)?.[1];
    const type = attribute(tag!, 't') ?? 'n';
    const at = place(attribute(tag!, 'r') ?? '');
    if (type === 'e') marks.set(at, { kind: 'error', text: plain(value ?? '#VALUE!') });
    else if (value === undefined && /<(?:\w+:)?f[\s>/]/.test(content!)) {
      marks.set(at, { kind: 'error', text: '#NOT-COMPUTED!' });
    } else if (type === 'n' && value && isPercent[Number(attribute(tag!, 's') ?? 0)]) {
      marks.set(at, { kind: 'percent', fraction: value });
    }
  }
  return marks;
}

/** Finds the marks of every sheet. Throws when the bytes are no zip file. */
export function readMarks(bytes: Uint8Array): Marks {
  const unzipped = unzipSync(bytes, { filter: ({ name }) => /\.(xml|rels)$/.test(name) });
  const files = Object.fromEntries(Object.entries(unzipped).map(([name, file]) => [name, strFromU8(file)]));
  const isPercent = percentStyles(files['xl/styles.xml'] ?? '');
  return new Map([...sheetPaths(files)].map(([name, path]) => [name, marksIn(files[path] ?? '', isPercent)]));
}
