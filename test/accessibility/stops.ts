import type { Page } from 'playwright-core';
import { source } from './axe.ts';

/** Where the Tab key stops on a card. */
export type Stop = {
  kind: 'button' | 'list' | 'tick' | 'date' | 'text';
  /** A button that opens and folds a part: how that is now. */
  part: 'folded' | 'open' | null;
  /** Nothing is in it; of circles: none is chosen. */
  isEmpty: boolean;
  /** An outline shows that the keys act here. */
  isSeen: boolean;
};

type Box = { left: number; top: number; bottom: number };
type Element = {
  type: string;
  name: string;
  tagName: string;
  value: string;
  hidden: boolean;
  tabIndex: number;
  textContent: string;
  classList: { contains(name: string): boolean };
  getAttribute(name: string): string | null;
  querySelector(css: string): Element;
  querySelectorAll(css: string): Iterable<Element & { checked: boolean }>;
  contains(other: Element): boolean;
  getBoundingClientRect(): Box;
  focus(): void;
};
type Axe = {
  setup(within: Element): void;
  teardown(): void;
  commons: { text: { accessibleText(part: Element): string } };
};
/** The page's globals as the functions that run in it see them. */
type Window = {
  document: { activeElement: Element; querySelectorAll(css: string): Iterable<Element> };
  getComputedStyle(part: Element): { outlineStyle: string };
  axe: Axe;
  gone: Element[];
};

/** Readies a page of the gallery: names are computed by axe-core, as a screen reader would. */
export const readNames = (page: Page) => page.evaluate(source);

/** Shows one card of the gallery alone, with nothing on it focused yet. */
export const startBefore = (page: Page, card: string): Promise<void> =>
  page.evaluate((name) => {
    const all = globalThis as unknown as Window;
    all.gone = [];
    for (const figure of all.document.querySelectorAll('figure')) {
      figure.hidden = figure.getAttribute('data-card') !== name;
      if (figure.hidden) continue;
      const caption = figure.querySelector('figcaption');
      caption.tabIndex = -1;
      caption.focus();
    }
  }, card);

/**
 * Where the keys act now: a new stop of the card; `null` for one that was there before, as the year of a date after
 * its month, and for the card itself; `left` once the card is left.
 */
export const stopNow = (page: Page): Promise<Stop | null | 'left'> =>
  page.evaluate(() => {
    const all = globalThis as unknown as Window;
    const part = all.document.activeElement;
    const [figure] = [...all.document.querySelectorAll('figure:not([hidden])')];
    if (!figure!.contains(part)) return 'left';
    if (part === all.gone.at(-1) || part.classList.contains('ac-adaptiveCard')) return null;
    all.gone.push(part);
    const expanded = part.getAttribute('aria-expanded');
    const kinds: Record<string, Stop['kind']> = { BUTTON: 'button', SELECT: 'list' };
    const fields: Record<string, Stop['kind']> = { radio: 'tick', checkbox: 'tick', date: 'date' };
    const circles = [...figure!.querySelectorAll('input[type="radio"]')].filter(
      ({ name }) => name === part.name,
    );
    const kind = kinds[part.tagName] ?? fields[part.type] ?? 'text';
    return {
      kind,
      part: expanded === null ? null : expanded === 'true' ? 'open' : 'folded',
      isEmpty: part.type === 'radio' ? !circles.some(({ checked }) => checked) : part.value === '',
      isSeen: all.getComputedStyle(part).outlineStyle !== 'none',
    };
  });

/** The names of all stops, as they came; and the names of those that stand above or left of the one before. */
export const namesOfStops = (page: Page): Promise<{ names: string[]; backwards: string[] }> =>
  page.evaluate(() => {
    const { axe, gone, document } = globalThis as unknown as Window;
    const [figure] = [...document.querySelectorAll('figure:not([hidden])')];
    axe.setup(figure!);
    const names = gone.map((part) => axe.commons.text.accessibleText(part));
    axe.teardown();
    const boxes = gone.map((part) => part.getBoundingClientRect());
    const isBackwards = (box: Box, at: number) => {
      const before = boxes[at - 1] ?? box;
      return box.bottom <= before.top || (box.top < before.bottom && box.left < before.left);
    };
    return { names, backwards: names.filter((_, at) => isBackwards(boxes[at]!, at)) };
  });

/**
 * Fills in every date, and every list that is typed into, with one that the field takes. How a date is typed differs
 * with the machine's language; in the conversations of the end-to-end tests both are typed.
 */
export const fillDatesAndLists = (page: Page): Promise<void> =>
  page.$$eval('figure:not([hidden]) :is(input[type="date"], input[list])', (fields) => {
    type Field = { value: string; min: string; list: { options: { value: string }[] } | null };
    for (const field of fields as unknown as (Field & { dispatchEvent(event: Event): void })[]) {
      field.value = field.list ? field.list.options[0]!.value : field.min || '2009-10-16';
      for (const event of ['input', 'change']) field.dispatchEvent(new Event(event));
    }
  });

/** What the last press sent, as the gallery tells it; and forgets it. */
export const whatWasSent = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const [output] = [
      ...(globalThis as unknown as Window).document.querySelectorAll('figure:not([hidden]) output'),
    ];
    const said = output!.textContent;
    output!.textContent = '';
    return said;
  });
