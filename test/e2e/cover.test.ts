import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openPlaygroundEdition } from '../../src/playground/edition.ts';
import { type Running, start } from '../../src/start.ts';
import { type Playground, startPlayground } from '../support/playground.ts';

jest.setTimeout(120_000);

let folder: string;
let bot: Running;
let chat: Playground;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planwatch-cover-'));
  const env = { PORT: '0', PLAYGROUND_PORT: 'off', LOG_LEVEL: 'silent' };
  const read = readConfig({ ...env, PLANWATCH_SQLITE_FILE: join(folder, 'planwatch.db') });
  if (!read.ok) throw new Error(read.message);
  bot = await start(read.config, createLog('silent'), openPlaygroundEdition);
  chat = await startPlayground(bot.port);
});
afterAll(async () => {
  await chat?.stop();
  await bot?.stop();
  rmSync(folder, { recursive: true });
});

test('a manager snoozes, names a deputy by pressing, and ends the cover', async () => {
  await chat.say('as Priya Raman');
  await chat.say('my updates');
  await chat.press('Reminders and cover');
  expect(await chat.text()).toContain('Nobody');
  await chat.card().getByRole('button', { name: 'Snooze reminders' }).click();
  await chat.screenshot('reminders-snooze');
  await chat.card().getByText('In 3 days, 17 October 2009').click();
  await chat.press('Snooze');
  expect(await chat.text()).toContain('No reminder before 17 October 2009');

  await chat.card().getByRole('button', { name: 'Name a deputy' }).click();
  await chat.screenshot('reminders-cover');
  await chat.fill('Who stands in for you?', 'Martin Hollis');
  await chat.fill('First day', '2009-10-19');
  await chat.fill('Last day', '2009-10-16');
  await chat.press('Name the deputy');
  await chat.screenshot('reminders-fault');
  expect(await chat.text()).toContain('The last day is before the first');
  await chat.fill('Last day', '2009-10-23');
  await chat.press('Name the deputy');
  expect(await chat.text()).toContain('Martin Hollis stands in for you');
  await chat.screenshot('reminders-named');
  await chat.press('End the cover');
  expect(await chat.text()).toContain('Nobody stands in for you');
});

test('an officer sets cover for someone who is ill, and the clerk sees it', async () => {
  await chat.say('as Sam Whitlock');
  await chat.say('cover for Fiona Abernathy');
  await chat.fill('Who stands in for them?', 'Martin Hollis');
  await chat.fill('Last day', '2009-10-30');
  await chat.press('Set cover');
  expect(await chat.text()).toContain('Martin Hollis stands in for Fiona Abernathy');
  await chat.say('as Grace Adeyemi');
  await chat.say('cover');
  await chat.screenshot('cover');
  expect(await chat.text()).toMatch(/Fiona Abernathy[\s\S]*Martin Hollis/);
  await chat.say('unreachable');
  await chat.screenshot('unreachable');
  expect(await chat.text()).toContain('I can’t reach');
});
