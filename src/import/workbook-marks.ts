import { placeOf, textOf } from './unpack-workbook.ts';

/**
 * What a workbook says of a cell that read-excel-file passes over: that its formula failed or was never worked
 * out, which it reads as empty, or that it is shown as a percentage, which it reads as 0.95 for 95%.
 */
export type Mark = { kind: 'error'; text: string } | { kind: 'percent'; fraction: string };

/** Marks by sheet name, then by cell as `row,column`, both from 0. */
export type Marks = Map<string, Map<string, Mark>>;

/** In quotes of either kind: XML knows both. */
function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2] ?? null;
}

const plain = (xml: string) =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]!,
  );

/** A tag ends before the next begins, so that what never ends is read once and not again from each beginning. */
const tags = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^<>]*?)/?>`, 'g'))].map((match) => match[1]!);

/** Where each sheet is kept in the file, by its name. */
function sheetPaths(files: Record<string, Uint8Array>): Map<string, string> {
  const targets = new Map(
    tags(textOf(files, 'xl/_rels/workbook.xml.rels'), 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  );
  return new Map(
    tags(textOf(files, 'xl/workbook.xml'), 'sheet').map((tag) => {
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
  const [, formats = ''] = styles.split(/<\/?(?:\w+:)?cellXfs\b/);
  return tags(formats, 'xf').map((tag) => {
    const format = attribute(tag, 'numFmtId');
    return format === '9' || format === '10' || own.has(format);
  });
}

function place(address: string): string {
  const { row, column } = placeOf(address);
  return `${row},${column}`;
}

/** A cell ends before the next begins. */
const cells = /<(?:\w+:)?c(\s[^<>]*?)(?<!\/)>((?:(?!<(?:\w+:)?c\s).)*?)<\/(?:\w+:)?c>/gs;

function marksIn(sheet: string, isPercent: readonly boolean[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const [, tag, content] of sheet.matchAll(cells)) {
    const value = /<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)</.exec(content!)?.[1];
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

/** Finds the marks of every sheet. */
export function readMarks(files: Record<string, Uint8Array>): Marks {
  const isPercent = percentStyles(textOf(files, 'xl/styles.xml'));
  return new Map(
    [...sheetPaths(files)].map(([name, path]) => [name, marksIn(textOf(files, path), isPercent)]),
  );
}
