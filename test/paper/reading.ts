import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';

/** A table as a reader meets it: its caption, its headings, and each row's cells, the lines of each. */
export type ReadTable = { caption: string; headings: string[]; rows: string[][][] };

/** Every table of a page that has a heading row, as the browser understands it. */
export const tablesOf = (page: Page): Promise<ReadTable[]> =>
  page.$$eval('table:has(thead)', (tables) =>
    tables.map((table) => ({
      caption: table.querySelector('caption')?.textContent ?? '',
      headings: [...table.querySelectorAll('thead th[scope=col]')].map((cell) => cell.textContent ?? ''),
      rows: [...table.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('th[scope=row], td')].map((cell) =>
          [...cell.querySelectorAll('.line')].map((line) => line.textContent ?? ''),
        ),
      ),
    })),
  );

/** The parts of a Word document that are XML. */
export const partsOf = (docx: Uint8Array): [name: string, xml: string][] =>
  Object.entries(unzipSync(docx))
    .filter(([name]) => /\.(xml|rels)$/.test(name))
    .map(([name, bytes]) => [name, strFromU8(bytes)]);

/** What an XML parser says is wrong with these parts; nothing when they are well-formed. */
export const faultsOf = (page: Page, parts: [name: string, xml: string][]): Promise<string[]> =>
  page.evaluate(`(${JSON.stringify(parts)}).flatMap(([name, xml]) => {
    const fault = new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror');
    return fault ? [name + ': ' + fault.textContent] : [];
  })`);

/** A table of a Word document, with whether its header row is repeated on every page. */
export type WordTable = Omit<ReadTable, 'caption'> & { repeats: boolean };

/** The tables of a Word document's text. */
export const wordTablesOf = (page: Page, xml: string): Promise<WordTable[]> =>
  page.evaluate(`(() => {
    const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
    const inside = (parent, name) => [...parent.getElementsByTagName(name)];
    const textOf = (element) => inside(element, 'w:t').map((text) => text.textContent).join('');
    return inside(parsed, 'w:tbl').map((table) => {
      const rows = inside(table, 'w:tr').map((row) =>
        inside(row, 'w:tc').map((cell) => inside(cell, 'w:p').map(textOf)),
      );
      const repeats = inside(inside(table, 'w:tr')[0], 'w:tblHeader').length === 1;
      return { headings: rows[0].map((cell) => cell.join('')), rows: rows.slice(1), repeats };
    });
  })()`);
