import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Theme } from '../../scripts/card-gallery/host-config.ts';
import { allCards } from '../../scripts/card-gallery/screens.ts';
import { serveGallery } from '../../scripts/card-gallery/serve.ts';
import { launchBrowser } from '../support/browser.ts';

/** Widths in CSS pixels of a window that a card of 640 fits into, of the same window at 200% zoom, and of a phone. */
export const widths = { desktop: 700, zoomed: 350, phone: 320 } as const;

/** The gallery of all cards in a browser. */
export async function openGallery() {
  const server = await serveGallery(0);
  const browser = await launchBrowser();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** A page with every sample of every card, as wide as a desktop window and sharp enough to be zoomed. */
    async show(theme: Theme): Promise<Page> {
      const page = await browser.newPage({ deviceScaleFactor: 2 });
      await resize(page, 'desktop');
      await page.goto(`${address}/?theme=${theme}&width=640`);
      await page.waitForSelector('body[data-ready]');
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Zooming to 200% leaves half as many CSS pixels, which is how a page notices it. */
export const resize = (page: Page, to: keyof typeof widths) =>
  page.setViewportSize({ width: widths[to], height: 700 });

export type Gallery = Awaited<ReturnType<typeof openGallery>>;

/** Opens every folded part: what is folded is not checked by anything that looks at the page. */
export const unfoldAll = (page: Page): Promise<void> =>
  page.$$eval('button[aria-expanded="false"]', (buttons) => {
    for (const button of buttons as unknown as { click(): void }[]) button.click();
  });

export const cardNames = () => allCards().map(({ screen, sample }) => `${screen} ${sample}`);
