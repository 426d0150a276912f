import type { Locator, Page } from 'playwright-core';

/** How a person works a page. Everything is found first and worked then. */
export type Hands = {
  /** Goes to something to type in it or press it. */
  goTo(part: Locator): Promise<void>;
  press(button: Locator): Promise<void>;
  fill(field: Locator, value: string): Promise<void>;
  /** A tick or a circle. */
  check(field: Locator, isOn: boolean): Promise<void>;
  /** A date in a box that also opens a calendar. */
  pickDate(field: Locator, value: string): Promise<void>;
  /** An entry of a list that opens. */
  choose(list: Locator, entry: string): Promise<void>;
};

export const mouse = (page: Page): Hands => ({
  goTo: (part) => part.click(),
  press: (button) => button.click(),
  fill: (field, value) => field.fill(value),
  check: (field, isOn) => field.setChecked(isOn),
  async pickDate(field, value) {
    await field.fill(value);
    // The calendar lies over everything until it is sent away.
    await field.press('Enter');
    await field.press('Escape');
  },
  async choose(list, entry) {
    await list.click();
    await page.getByRole('option', { name: entry, exact: true }).click();
  },
});

/** As many stops as no conversation of a test has. */
const mostStops = 200;

/** No pointer at all: Tab and Shift+Tab, Enter and Space, the arrows and what is typed. */
export function keys(page: Page): Hands {
  const { keyboard } = page;

  /** Tabs to a part from wherever the keys act now, and wants to see that they act there. */
  async function goTo(part: Locator): Promise<void> {
    await part.waitFor();
    for (let stops = 0; stops < mostStops; stops++) {
      const way = await part.evaluate(wayTo);
      if (way === 'there') {
        if (await part.evaluate(isSeen)) return;
        throw new Error(`Nothing shows that the keys act on ${part}.`);
      }
      await keyboard.press(way);
    }
    throw new Error(`${mostStops} times Tab do not lead to ${part}.`);
  }

  const selectAll = () => keyboard.press('ControlOrMeta+a');

  return {
    goTo,
    async press(button) {
      await goTo(button);
      await keyboard.press('Enter');
    },
    async fill(field, value) {
      await goTo(field);
      await selectAll();
      await keyboard.press('Delete');
      await keyboard.type(value);
    },
    async check(field, isOn) {
      await goTo(field);
      if ((await field.isChecked()) !== isOn) await keyboard.press('Space');
    },
    async pickDate(field, value) {
      await goTo(field);
      await selectAll();
      await keyboard.type(value);
      await keyboard.press('Enter');
      await keyboard.press('Escape');
    },
    async choose(list, entry) {
      await goTo(list);
      await keyboard.press('ArrowDown');
      const wanted = page.getByRole('option', { name: entry, exact: true });
      await wanted.waitFor();
      for (let steps = 0; steps < mostStops; steps++) {
        const active = await list.getAttribute('aria-activedescendant');
        if (active && active === (await wanted.getAttribute('id'))) break;
        await keyboard.press('ArrowDown');
      }
      await keyboard.press('Enter');
    },
  };
}

type Element = { compareDocumentPosition(other: unknown): number; tagName: string };
/** The page's globals as the functions that run in it see them. */
type Window = {
  document: { activeElement: Element };
  getComputedStyle(element: unknown): { outlineStyle: string };
};

/** Runs in the page: which key leads from what has the focus to this part. */
function wayTo(part: unknown): 'there' | 'Tab' | 'Shift+Tab' {
  const { activeElement } = (globalThis as unknown as Window).document;
  if (activeElement === part) return 'there';
  const precedes = 2;
  return activeElement.compareDocumentPosition(part) & precedes ? 'Shift+Tab' : 'Tab';
}

/** Runs in the page. A box that one types in shows its cursor in place of an outline. */
function isSeen(part: unknown): boolean {
  const { getComputedStyle } = globalThis as unknown as Window;
  return (part as Element).tagName !== 'BUTTON' || getComputedStyle(part).outlineStyle !== 'none';
}
