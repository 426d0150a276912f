import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import type { PlanReport } from '../../src/domain/report.ts';
import { composePaper } from '../../src/paper/compose-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { publishable } from '../../src/paper/publishable.ts';
import { csvColumns, toCsv } from '../../src/paper/to-csv.ts';
import { toDocx } from '../../src/paper/to-docx.ts';
import { toHtml } from '../../src/paper/to-html.ts';
import { plan, quarter2, report, settings } from '../domain/digest-example.ts';
import { launchBrowser } from '../support/browser.ts';
import { faultsOf, partsOf, tablesOf, wordTablesOf } from './reading.ts';

const texts = [
  '<script>document.title="broken"</script><img src=x onerror=alert(1)>',
  '</td></tr></table><h1>Broken',
  `"double" 'single' &amp; &lt;b&gt; \`back\` \${x}`,
  '=HYPERLINK("http://evil.example","Click")',
  '+44 1622 000000',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1,1)',
  '\t=1+1',
  '\r\n=1+1',
  '\uff1d1+1',
  'one line\nanother, with a comma; and "quotes"\r\nand a third',
  'שלום \u202egnihton\u202c العربية \u2066x\u2069',
  'bell\u0007 null\u0000 escape\u001b[31m \ud800 lone',
  ']]><w:p/>{{x}} 🚧 emoji',
  'x'.repeat(5000),
];

/** A report in which every text that people write is `text`. */
function said(text: string): PlanReport {
  const made = report(
    plan('HWY', { title: text }),
    [
      { q1: '80', q2: '80', commentary: text, action: text, dataAge: text, forecast: '70' },
      { q2: '-5', commentary: text },
      {},
    ],
    [
      { due: '2009-08-01', commentary: text },
      {
        due: '2009-12-01',
        state: 'deferred',
        commentary: text,
        decision: { by: 'Cllr Nobody', on: '2009-09-01', reference: text },
      },
    ],
  );
  return {
    ...made,
    kpis: made.kpis.map((line) => ({ ...line, kpi: { ...line.kpi, title: text } })),
    milestones: made.milestones.map((line) => ({
      ...line,
      milestone: { ...line.milestone, title: text },
      project: { ...line.project, title: text },
    })),
  };
}

const paperSaying = (text: string): Paper =>
  composePaper({
    settings: { ...settings, name: text, notice: text, statements: [{ section: text, text }] },
    period: quarter2,
    today: '2009-10-14',
    scope: 'all',
    reports: [said(text)],
    lateMilestones: [],
    leftOut: 0,
    quotes: true,
    nameOf: () => text,
  });

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(() => browser.close());

describe.each(texts.map((text) => [JSON.stringify(text).slice(0, 40), text]))('%s', (_, text) => {
  const paper = paperSaying(text);
  const shown = publishable(text);

  test('is plain text on the page', async () => {
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      return dialog.dismiss();
    });
    await page.setContent(toHtml(paper));
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('script, img, b').count()).toBe(0);
    expect(await page.title()).toContain('Business plan monitoring: all plans');
    expect(dialogs).toBe(0);
    const tables = await tablesOf(page);
    const monitoring = tables.find(({ headings }) => headings[0]!.startsWith('KPI, reference'))!;
    expect(monitoring.rows.map((row) => row[0]![0])).toEqual([shown, shown, shown]);
    for (const { headings, rows } of tables)
      for (const row of rows) expect(row).toHaveLength(headings.length);
  });

  test('is plain text in the Word document', async () => {
    const parts = partsOf(await toDocx(paper));
    expect(await faultsOf(page, parts)).toEqual([]);
    const tables = await wordTablesOf(page, new Map(parts).get('word/document.xml')!);
    const monitoring = tables.find(({ headings }) => headings[0]!.startsWith('KPI, reference'))!;
    const flat = shown.replaceAll('\n', '');
    expect(monitoring.rows.map((row) => row[0]![0])).toEqual([flat, flat, flat]);
  });

  test('is one cell of the csv, and never a formula', () => {
    const rows: Record<string, string>[] = parse(toCsv(paper), { bom: true, columns: true });
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([...csvColumns]);
      expect(row.title!.replace(/^'/, '')).toBe(shown);
      for (const cell of Object.values(row)) {
        if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
      }
    }
    expect(rows.map(({ result }) => result)).toEqual(['80', '-5', '', '', '']);
  });
});

test('the csv is RFC 4180 with a byte-order mark', () => {
  const csv = toCsv(paperSaying('one\ntwo'));
  expect(csv.startsWith('\ufeffcouncil,')).toBe(true);
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv).toContain('"one\ntwo"');
});

test('e-mail addresses that people wrote are taken out, and other words stay', () => {
  expect(publishable('Ask ann.head+x@kent.example, or “bob@kent.example”. 3 @ £4; @council')).toBe(
    'Ask [e-mail address removed], or “[e-mail address removed]”. 3 @ £4; @council',
  );
});

test('an empty council has a paper that says so', () => {
  const empty = composePaper({
    settings,
    period: quarter2,
    today: '2009-10-14',
    scope: 'all',
    reports: [],
    lateMilestones: [],
    leftOut: 0,
    quotes: true,
    nameOf: () => '',
  });
  expect(toHtml(empty)).toContain('There are no plans to report.');
  expect(toCsv(empty).trim().split('\r\n')).toHaveLength(1);
});
