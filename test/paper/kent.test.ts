import type { Browser, Page } from 'playwright-core';
import { countWords } from '../../src/domain/words.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { toDocx } from '../../src/paper/to-docx.ts';
import { toHtml } from '../../src/paper/to-html.ts';
import { launchBrowser } from '../support/browser.ts';
import { kentPaper } from './kent-paper.ts';
import { faultsOf, partsOf, type ReadTable, tablesOf, wordTablesOf } from './reading.ts';

let browser: Browser;
let page: Page;
let paper: Paper;
let read: ReadTable[];
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  paper = await kentPaper();
  await page.setContent(toHtml(paper));
  read = await tablesOf(page);
});
afterAll(() => browser.close());

const refs = ({ plans }: Paper) => plans.flatMap(({ kpis }) => kpis.map(({ ref }) => ref)).sort();
const monitoring = ({ headings }: { headings: string[] }) => headings[0]?.startsWith('KPI, reference');
const refIn = (row: string[][]) => row[0]![1]!.split(' · ')[0];

describe('the page', () => {
  test('shows every KPI once, with its result, target, rating and trend', () => {
    const rows = read.filter(monitoring).flatMap((table) => table.rows);
    expect(rows.map(refIn).sort()).toEqual(refs(paper));
    const byRef = new Map(rows.map((row) => [refIn(row), row]));
    for (const kpi of paper.plans.flatMap(({ kpis }) => kpis)) {
      const row = byRef.get(kpi.ref)!;
      expect([row[0]![0], row[1]![0], row[2]![0], row[4]![0]]).toEqual([
        kpi.title,
        kpi.result?.text ?? '–',
        kpi.target?.text ?? '–',
        kpi.ratingWords.text,
      ]);
    }
  });

  test('has counts whose rows and columns add up', () => {
    const counts = read.find(({ caption }) => caption.startsWith('Plans with their status'))!;
    const figures = counts.rows.map((row) => row.slice(2).map((cell) => Number(cell[0])));
    const total = figures.pop()!;
    const ratings = countWords.length;
    expect(figures).toHaveLength(36);
    for (const row of [...figures, total]) {
      expect(row.slice(0, ratings).reduce((sum, count) => sum + count)).toBe(row[ratings]);
    }
    expect(figures.reduce((sum, row) => sum.map((count, at) => count + row[at]!))).toEqual(total);
    const statuses = read.find(({ caption }) => caption === 'Plans by directorate and status')!;
    const byDirectorate = statuses.rows.map((row) => row.slice(1).map((cell) => Number(cell[0])));
    const all = byDirectorate.pop()!;
    expect(byDirectorate.reduce((sum, row) => sum.map((count, at) => count + row[at]!))).toEqual(all);
    expect(all.at(-1)).toBe(36);
  });

  test('can be read by everyone: a language, one title, captions, row and column headings', async () => {
    expect(await page.getAttribute('html', 'lang')).toBe('en-GB');
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('main').count()).toBe(1);
    for (const { caption, headings, rows } of read) {
      expect(caption).not.toBe('');
      for (const row of rows) expect(row).toHaveLength(headings.length);
    }
    const captions = read.map(({ caption }) => caption);
    expect(new Set(captions).size).toBe(captions.length);
    const levels = await page.$$eval('h1, h2, h3', (all) => all.map(({ tagName }) => Number(tagName[1])));
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThan(2);
    const links = await page.$$eval('a', (all) => all.map((link) => link.getAttribute('href')!));
    expect(links).toHaveLength(36);
    for (const link of links) expect(await page.locator(`h2[id="${link.slice(1)}"]`).count()).toBe(1);
  });

  test('never says by colour alone how something stands', async () => {
    const coloured = await page.$$eval('td.good, td.warning, td.attention, .tone', (all) =>
      all.map((cell) => cell.textContent ?? ''),
    );
    expect(coloured.length).toBeGreaterThan(100);
    for (const text of coloured) {
      expect(text).toMatch(
        /^[✔▲✖●↗↘○·] ?(Green|Amber|Red|Complete|Off target|At risk|On target|Overdue|Not reported)/u,
      );
    }
  });

  test('stands on its own: no script, nothing fetched', async () => {
    expect(await page.locator('script, img, link, iframe, form').count()).toBe(0);
    expect(toHtml(paper)).not.toMatch(/https?:/);
  });
});

describe('the Word document', () => {
  test('is well-formed and shows every KPI once in tables whose headings are repeated', async () => {
    const parts = partsOf(await toDocx(paper));
    expect(await faultsOf(page, parts)).toEqual([]);
    const document = new Map(parts).get('word/document.xml')!;
    const tables = (await wordTablesOf(page, document)).slice(1);
    expect(tables.every(({ repeats }) => repeats)).toBe(true);
    const rows = tables.filter(monitoring).flatMap((table) => table.rows);
    expect(rows.map(refIn).sort()).toEqual(refs(paper));
    expect(tables.map(({ headings, rows: own }) => ({ headings, rows: own }))).toEqual(
      read.map(({ headings, rows: own }) => ({ headings, rows: own })),
    );
    expect(document.match(/<w:pgSz [^>]*>/)?.[0]).toBe(
      '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>',
    );
    expect(document.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(36 + 3);
  });
});

test('one plan’s paper has its status, exceptions with cause and action, and the template’s statements', async () => {
  await page.setContent(toHtml(await kentPaper('KHS')));
  const text = await page.textContent('main');
  expect(text).toContain('Business plan monitoring: Kent Highway Services');
  expect(text).toContain('Quarter 2 2009/10 (July to September)');
  expect(text).toContain('14 October 2009');
  expect(text).toContain('✖ Off target');
  expect(text).toContain('Illustrative figures and people');
  expect(text).toContain('two of six night crews are still unfilled');
  expect(text).toContain('Contractor to fill both night crews by 16 November 2009');
  expect(text).toContain('Financial regulations require every capital project');
  expect(text).toContain('Deferred on 14 September 2009 (Cabinet 14 September 2009, minute 42)');
  expect(text).not.toContain('Helen Marsh');
});
