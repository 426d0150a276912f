import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openPlaygroundEdition } from '../../src/playground/edition.ts';
import { type Running, start } from '../../src/start.ts';
import { type Exception, faultsIn, looks } from '../accessibility/axe.ts';
import { keys } from '../support/hands.ts';
import { type Playground, personalChat, portfolioChannel, startPlayground } from '../support/playground.ts';

jest.setTimeout(120_000);

let folder: string;
let bot: Running;
let chat: Playground;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-keys-'));
  const env = { PORT: '0', PLAYGROUND_PORT: 'off', LOG_LEVEL: 'silent' };
  const read = readConfig({ ...env, PLANWATCH_SQLITE_FILE: join(folder, 'planwatch.db') });
  if (!read.ok) throw new Error(read.message);
  bot = await start(read.config, createLog('silent'), openPlaygroundEdition);
  chat = await startPlayground(bot.port, keys);
  // The client's log, which Teams has none of, holds the Tab key fast.
  await chat.page.getByText('Log Panel').locator('..').getByRole('button').last().click();
});
afterAll(async () => {
  await chat?.stop();
  await bot?.stop();
  rmSync(folder, { recursive: true });
});

const clients: readonly Exception[] = [
  {
    rule: 'aria-valid-attr-value',
    about: /aria-controls="[a-z0-9 -]+"/,
    because:
      'The client names the part that a button unfolds by its id on the card, and gives the part another.',
  },
  {
    rule: 'aria-hidden-focus',
    about: /data-tabster-dummy/,
    because: 'The client sets stops of its own about lists and dates, to lead the keys in and out.',
  },
];
const inForcedColours: readonly Exception[] = [
  ...clients,
  {
    rule: 'color-contrast',
    about: /./,
    because:
      'axe-core reads the colours that the page asked for, not those that the browser puts in their place.',
  },
];

/** What axe-core finds on the newest card, as the client shows it and in the colours of Windows high contrast. */
async function faultsOnCard(): Promise<string[]> {
  const within = `[data-card="${await chat.card().getAttribute('data-card')}"]`;
  const found = await faultsIn(chat.page, { within, exceptions: clients });
  await chat.page.emulateMedia({ forcedColors: 'active' });
  const forced = await faultsIn(chat.page, { within, rules: looks, exceptions: inForcedColours });
  await chat.page.emulateMedia({ forcedColors: 'none' });
  return [...found, ...forced];
}

test('a manager gives a figure, is told what is wrong, mends it, sends it and goes on to the next', async () => {
  await chat.see('Hello, Priya Raman');
  await chat.press('My updates');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Give');
  await chat.fill('Result, in percent', '91..2');
  await chat.press('Send');
  expect(await chat.text()).toContain('more than one decimal point');
  expect(await faultsOnCard()).toEqual([]);
  await chat.fill('Result, in percent', '91.2');
  await chat.press('Send');
  await chat.fill('Why is the result what it is?', 'Two cable faults left an estate dark.');
  await chat.fill('What is being done about it?', 'The power company repairs both.');
  await chat.fill('By when?', '2009-11-13');
  await chat.press('Send');
  expect(await chat.text()).toContain('5 of 9 given');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Next');
  expect(await chat.text()).toMatch(/Street lights working.*Month 6/s);
});

test('a manager gives a milestone with its choices and its date', async () => {
  await chat.say('my updates');
  await chat.press('Give', 1);
  await chat.fill('How does it stand?', 'Complete');
  await chat.fill('How much is done, in percent?', '100');
  await chat.fill('When was it completed, if it is?', '2009-10-12');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Send');
  expect(await chat.text()).toContain('6 of 9 given');
});

test('a manager names a deputy and ends the cover', async () => {
  await chat.say('my updates');
  await chat.press('Reminders and cover');
  await chat.unfold('Name a deputy');
  await chat.fill('Who stands in for you?', 'Martin Hollis');
  await chat.fill('First day', '2009-10-19');
  await chat.fill('Last day', '2009-10-23');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Name the deputy');
  expect(await chat.text()).toContain('Martin Hollis stands in for you');
  await chat.press('End the cover');
  expect(await chat.text()).toContain('Nobody stands in for you');
});

test('a clerk opens a plan, the history of a KPI and the plan again', async () => {
  await chat.say('as Grace Adeyemi');
  await chat.say('status highways');
  await chat.unfold('History and other periods');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Show its history');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Back to the plan');
  expect(await chat.text()).toContain('7 KPIs');
});

test.each([['deliveries'], ['late'], ['off target'], ['cover'], ['unreachable'], ['calendar']])(
  'a clerk reads what %s shows',
  async (words) => {
    await chat.say(words);
    expect(await faultsOnCard()).toEqual([]);
  },
);

test('an officer moves a period, reads who did what, and switches the pre-election period on', async () => {
  await chat.say('as Sam Whitlock');
  await chat.say('calendar');
  await chat.press('Move dates');
  await chat.fill('When is it due?', '2009-10-28');
  await chat.fill('Why? Everyone who is affected reads this.', 'The half-term holiday.');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Move the dates');
  expect(await chat.text()).toContain('28 October 2009');
  await chat.say('audit');
  expect(await chat.text()).toContain('Who did what');
  expect(await faultsOnCard()).toEqual([]);
  await chat.say('pre-election on');
  expect(await faultsOnCard()).toEqual([]);
});

test('a clerk connects a channel, posts its digest, unfolds it, opens a plan and sets the schedule', async () => {
  await chat.open(personalChat);
  await chat.say('as Grace Adeyemi');
  await chat.open(portfolioChannel);
  await chat.say('connect');
  await chat.fill('Whose digest?', 'Cabinet Member: Environment, Highways and Waste');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Connect');
  await chat.say('digest');
  await chat.see('1 Red, 2 Amber');
  await chat.unfold('▲ At risk: 1 plan');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Open plan');
  await chat.press('Back to the digest');
  await chat.say('schedule');
  await chat.fill('Or in your own words, in place of all that', 'at due and at lock');
  expect(await faultsOnCard()).toEqual([]);
  await chat.press('Set the schedule');
  expect(await chat.text()).toContain('The schedule is set');
});
