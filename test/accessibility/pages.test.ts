import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { toHtml } from '../../src/paper/to-html.ts';
import { openKentCommandLine } from '../cli/command-line.ts';
import { kentPaper } from '../paper/kent-paper.ts';
import { launchBrowser } from '../support/browser.ts';
import { faultsIn } from './axe.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage({ deviceScaleFactor: 2 });
});
afterAll(() => browser.close());

/** The page of what is held about a manager, with all that it folds. */
async function heldAbout(): Promise<string> {
  const kent = await openKentCommandLine();
  try {
    await kent.run('held-about', 'Priya Raman', '--out', kent.at('held.html'));
    return readFileSync(kent.at('held.html'), 'utf8');
  } finally {
    await kent.close();
  }
}

describe.each([
  ['the paper of all plans', async () => toHtml(await kentPaper())],
  ['the paper of one plan', async () => toHtml(await kentPaper('KHS'))],
  ['the page of what is held about a person', heldAbout],
])('%s', (_, write) => {
  let html: string;
  beforeAll(async () => {
    html = await write();
  });

  test('has nothing that axe finds at 200% zoom', async () => {
    await page.setViewportSize({ width: 640, height: 450 });
    await page.setContent(html);
    await page.$$eval('details', (all) => {
      for (const part of all as unknown as { open: boolean }[]) part.open = true;
    });
    expect(await faultsIn(page)).toEqual([]);
  });

  test.each([1280, 640, 320])('doesn’t scroll sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('can be read through with the keys alone', async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.setContent(html);
    const stops = page.locator('a[href], summary, [tabindex="0"]');
    const wanted = Math.min(await stops.count(), 60);
    for (let at = 0; at < wanted; at++) {
      await page.keyboard.press('Tab');
      expect(await stops.nth(at).evaluate(isInSight)).toBe('focused with an outline');
    }
  });
});

/** Runs in the page: a person who goes by keys must see where they are. */
function isInSight(part: unknown): string {
  const { document, getComputedStyle } = globalThis as unknown as {
    document: { activeElement: unknown };
    getComputedStyle(part: unknown): { outlineStyle: string };
  };
  if (document.activeElement !== part) return 'not focused';
  return getComputedStyle(part).outlineStyle === 'none' ? 'focused unseen' : 'focused with an outline';
}
