import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startClient } from '../../src/playground/start-client.ts';
import { launchBrowser } from './browser.ts';
import { type Hands, mouse } from './hands.ts';

const root = join(import.meta.dirname, '../..');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

export const personalChat = 'Personal Chat';
export const generalChannel = 'Kent County Council - General';
export const portfolioChannel = 'Kent County Council - Environment, Highways and Waste – Cabinet Member';
export const committeeChat = 'Cabinet Scrutiny Committee';

/** A person in front of the Playground's page. `card` is the newest answer; what is done is done on it. */
export type PlaygroundDriver = {
  page: Page;
  /** Goes to a chat or channel by its name in the list. */
  open(place: string): Promise<void>;
  /** Types and sends, mentioning the bot wherever it hears no one who doesn't; resolves with its card. */
  say(text: string): Promise<Locator>;
  /** Presses a button of the newest card, the first of that title or the one `at`; resolves with what answers. */
  press(title: string, at?: number): Promise<Locator>;
  /** Opens or folds a part of the newest card by its button. */
  unfold(title: string): Promise<void>;
  /** Fills a field of the newest card by its label: text, number, date, toggle (`true`) or choice. */
  fill(label: string, value: string): Promise<void>;
  card(): Locator;
  text(): Promise<string>;
  /** Waits for a card with these words anywhere in the open conversation, for so many ms, and makes it the newest. */
  see(words: string | RegExp, most?: number): Promise<Locator>;
  screenshot(name: string): Promise<string>;
};

const cards = '.ac-adaptiveCard';
/** Milliseconds: a busy machine renders a card in one or two seconds. */
const patience = 20_000;
/** Milliseconds for a card that comes back exactly as it was, which nothing on the page tells of. */
const sameCardPatience = 2_000;
/** Milliseconds after which an answer may be looked for outside the thread of the question. */
const elsewherePatience = 2_000;
/** Milliseconds after which a reply in a channel counts as one that the Playground does not show. */
const unshownPatience = 8_000;

/** Polls until something is so, or until patience ends: what depends on it then says what is missing. */
async function until(isSo: () => boolean | Promise<boolean>, most = patience): Promise<void> {
  const deadline = Date.now() + most;
  while (!(await isSo()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** What the page is told over its sockets, a moment before it shows it. */
function listenTo(page: Page) {
  const heard = { installs: 0, isWelcomed: false };
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = String(payload);
      if (/"activityName":"(installationUpdate|conversationUpdate)"/.test(text)) heard.installs += 1;
      if (text.includes('vnd.microsoft.card.adaptive')) heard.isWelcomed = true;
    }),
  );
  return heard;
}

/**
 * Runs in the page: which of the cards answers the words sent, or -1. The newest of a chat; in a channel one in
 * the post of these words, for each post has a reply box of its own.
 */
function answerTo(all: { parentElement: unknown }[], sent: string): number {
  type Element = { parentElement: Element | null; textContent: string; querySelector(css: string): unknown };
  return (all as Element[]).findLastIndex((card) => {
    let around: Element | null = card;
    while (around && !around.querySelector('[role="textbox"]')) around = around.parentElement;
    return around?.textContent.includes(sent);
  });
}

/** Drives the Playground at `url` in a page of a browser, with a mouse or with keys alone. */
export async function drivePlayground(
  page: Page,
  url: string,
  handsOn: (page: Page) => Hands = mouse,
): Promise<PlaygroundDriver> {
  const hands = handsOn(page);
  page.setDefaultTimeout(patience);
  const heard = listenTo(page);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.getByRole('textbox').first().waitFor();
  const visited = new Set<string>();
  let isPersonal = true;
  let isChannel = false;
  let taken = 0;
  let current = page.locator(cards).last();

  /** A chat or team opened for the first time installs the bot there, whose welcome must not be taken for an answer. */
  async function visit(place: string): Promise<void> {
    const installed = isChannel ? 'the team' : place;
    if (visited.has(installed)) return;
    visited.add(installed);
    await until(() => heard.installs >= 2 * visited.size);
    if (heard.isWelcomed) await page.locator(cards).first().waitFor();
  }

  const markAll = () =>
    page.locator(cards).evaluateAll((all) => {
      for (const card of all) card.setAttribute('data-before', '');
    });
  /** The newest post of a channel is at its top, the newest message of a chat at its end. */
  const newest = (some: Locator) => (isChannel ? some.first() : some.last());
  const fresh = () => page.locator(`${cards}:not([data-before])`);

  /** Makes a card the newest, under a name of its own that stays when others come. */
  async function take(card: Locator): Promise<Locator> {
    const name = `card-${++taken}`;
    await card.evaluate((element, mark) => element.setAttribute('data-card', mark), name);
    current = page.locator(`[data-card="${name}"]`);
    return current;
  }

  /** An Execute changes the pressed card where it stands, a Submit is answered with another. */
  async function pressed(button: Locator): Promise<Locator> {
    const before = await current.textContent();
    await markAll();
    const answer = page.waitForResponse(/\/v1\/(invoke|submit)$/);
    await hands.press(button);
    const isExecute = (await answer).url().endsWith('invoke');
    const isNews = async () => (await fresh().count()) > 0 || (await current.textContent()) !== before;
    await until(isNews, isExecute ? sameCardPatience : patience);
    return (await fresh().count()) > 0 ? take(fresh().last()) : current;
  }

  async function send(text: string): Promise<void> {
    // A chat is written to at its end, below the fields of any form; a channel at its top.
    const boxes = page.getByRole('textbox');
    const box = isChannel ? boxes.first() : boxes.last();
    await hands.goTo(box);
    if (!isPersonal) {
      await page.keyboard.type('@');
      await page.getByRole('menuitem', { name: 'Planwatch' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.type(' ');
    }
    await page.keyboard.insertText(text);
    if (isChannel) await hands.press(page.getByRole('button', { name: 'Post', exact: true }));
    else await page.keyboard.press('Enter');
  }

  await visit(personalChat);
  return {
    page,
    card: () => current,
    // biome-ignore lint/performance/useDomNodeTextContent: what a person reads has its line breaks
    text: () => current.innerText(),
    async open(place) {
      isPersonal = place === personalChat;
      isChannel = place.startsWith('Kent County Council');
      heard.isWelcomed = false;
      await hands.press(page.getByRole('treeitem', { name: place, exact: true }));
      await visit(place);
      await page
        .getByText(isChannel ? 'Start a new post' : 'Type a message...')
        .first()
        .waitFor();
      current = newest(page.locator(cards));
    },
    async say(text) {
      await markAll();
      await send(text);
      let at = -1;
      const isAnswered = async () => {
        at = await fresh().evaluateAll(answerTo, text);
        return at >= 0;
      };
      await until(isAnswered, elsewherePatience);
      if (at >= 0) return take(fresh().nth(at));
      // Not in the thread, so the answer is a post of its own, or late.
      const isThere = async () => (await isAnswered()) || (await fresh().count()) > 0;
      await until(isThere, isChannel ? unshownPatience : patience);
      // The Playground now and then takes a reply to a new post (its log says 201) and never shows it.
      if (isChannel && !(await isThere())) {
        await send(text);
        await until(isThere);
      }
      return take(at >= 0 ? fresh().nth(at) : newest(fresh()));
    },
    press: (title, at = 0) => pressed(current.getByRole('button', { name: title, exact: true }).nth(at)),
    unfold: (title) => hands.press(current.getByRole('button', { name: title, exact: true }).first()),
    async fill(label, value) {
      const field = current.getByLabel(label).first();
      const [type, role, popup] = await Promise.all(
        ['type', 'role', 'aria-haspopup'].map((name) => field.getAttribute(name)),
      );
      if (type === 'checkbox' || type === 'radio') await hands.check(field, value === 'true');
      else if (popup === 'dialog') await hands.pickDate(field, value);
      else if (role === 'combobox') await hands.choose(field, value);
      else await hands.fill(field, value);
    },
    async see(words, most = patience) {
      const found = newest(page.locator(cards).filter({ hasText: words }));
      await found.waitFor({ timeout: most });
      return take(found);
    },
    async screenshot(name) {
      const folder = join(root, 'test-output');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}

/** A browser with the Playground in it, talking to the bot at `botPort`. */
export async function startPlayground(botPort: number, handsOn: (page: Page) => Hands = mouse) {
  const client = await startClient({ botPort, port: 0, log: silent, folder: root });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  const driver = await drivePlayground(page, client.url, handsOn);
  return {
    ...driver,
    url: client.url,
    async stop() {
      await browser.close();
      await client.stop();
    },
  };
}

export type Playground = Awaited<ReturnType<typeof startPlayground>>;
