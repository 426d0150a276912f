import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';

/** A table's rows by its headings, with the last word in `code` that came before it. */
export type Table = { code: string | null; columns: string[]; rows: Record<string, string>[] };

const markdown = new MarkdownIt();
const parse = (file: string) => markdown.parse(readFileSync(file, 'utf8'), {});

const plain = (text: string) => text.replaceAll('`', '').trim();

/** Every table of a page, in order. */
export function tablesIn(file: string): Table[] {
  const tables: Table[] = [];
  let code: string | null = null;
  let table: Table | null = null;
  let row: string[] = [];
  for (const { type, content } of parse(file)) {
    if (type === 'table_open') table = { code, columns: [], rows: [] };
    else if (type === 'tr_open') row = [];
    else if (type === 'inline' && table) row.push(plain(content));
    else if (type === 'inline') code = /`([^`]+)`[^`]*$/.exec(content)?.[1] ?? code;
    else if (type === 'thead_close') table!.columns = row;
    else if (type === 'tr_close' && table!.columns.length > 0) {
      const cells = row;
      table!.rows.push(Object.fromEntries(table!.columns.map((column, at) => [column, cells[at] ?? ''])));
    } else if (type === 'table_close') {
      tables.push(table!);
      table = null;
    }
  }
  return tables;
}

/** The targets of a page's links and images. */
export const linksIn = (file: string): string[] =>
  parse(file)
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
    .map(String);

/** The anchors that a page's headings make, as GitHub makes them. */
export const anchorsIn = (file: string): string[] =>
  parse(file).flatMap(({ type }, at, tokens) =>
    type === 'heading_open'
      ? [
          plain(tokens[at + 1]!.content)
            .toLowerCase()
            .replace(/[^\p{L}\p{N}\s_-]/gu, '')
            .replaceAll(' ', '-'),
        ]
      : [],
  );

/** The code blocks of a page. */
export const codeBlocksIn = (file: string): string[] =>
  parse(file).flatMap(({ type, content }) => (type === 'fence' ? [content] : []));

/** What a page sets in code within its sentences and tables. */
export const codeIn = (file: string): string[] =>
  parse(file)
    .flatMap(({ children }) => children ?? [])
    .flatMap(({ type, content }) => (type === 'code_inline' ? [content] : []));

/** The pictures of a page, with the words for who doesn't see them. */
export const picturesIn = (file: string): { file: string; words: string }[] =>
  parse(file)
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) =>
      token.type === 'image'
        ? [{ file: join(dirname(file), String(token.attrGet('src'))), words: token.content }]
        : [],
    );
