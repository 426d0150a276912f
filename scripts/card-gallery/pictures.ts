import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Writes a PNG of every card to `folder`: `SCREEN--SAMPLE--THEME-WIDTH.png`. */
export async function writePictures(
  browser: Browser,
  address: string,
  folder: string,
  { screen = 'all', themes = ['light', 'dark', 'contrast'], widths = [320, 640] } = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const theme of themes) {
    for (const width of widths) {
      const page = await browser.newPage({
        viewport: { width: width + 40, height: 900 },
        deviceScaleFactor: 2,
      });
      await page.goto(`${address}/?screen=${screen}&theme=${theme}&width=${width}`);
      await page.waitForSelector('body[data-ready]');
      for (const figure of await page.locator('figure').all()) {
        const name = (await figure.getAttribute('data-card'))!.replace(/[^a-z0-9]+/gi, '-');
        await figure.screenshot({ path: join(folder, `${name}--${theme}-${width}.png`) });
      }
      await page.close();
    }
  }
}
