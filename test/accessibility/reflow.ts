import type { Page } from 'playwright-core';

type Box = { left: number; right: number };
type Part = {
  tagName: string;
  textContent: string;
  className: string;
  scrollWidth: number;
  clientWidth: number;
  getBoundingClientRect(): Box & { width: number };
  closest(css: string): (Part & { dataset: { card: string } }) | null;
};

/**
 * The parts of cards that nobody can read to the end: hidden beyond their own edge or the card's, or reached only by
 * scrolling the page sideways. A field that one types in shows its end when the cursor is there, so it doesn't count.
 */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { querySelectorAll(css: string): Iterable<Part>; documentElement: Part };
      getComputedStyle(part: Part): { overflowX: string };
    };
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    for (const part of document.querySelectorAll('.card, .card *')) {
      const frame = part.closest('.card')!.getBoundingClientRect();
      const own = part.getBoundingClientRect();
      const isBeyondCard = own.width > 0 && (own.right > frame.right + 1 || own.left < frame.left - 1);
      const hides = getComputedStyle(part).overflowX !== 'visible' && part.tagName !== 'INPUT';
      const isBeyondItself = hides && part.scrollWidth > part.clientWidth + 1;
      if (isBeyondCard || isBeyondItself)
        found.push(
          `${part.closest('figure')!.dataset.card}: ${part.className} ${part.textContent.slice(0, 80)}`,
        );
    }
    return found;
  });
