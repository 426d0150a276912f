import type { Stopped } from '../../src/domain/destination.ts';
import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, startKentBot } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

const council = { tenant: kentTenant, year: null };
const blocked: Stopped = { why: 'blocked', code: 'BotDisabledByAdmin', at: '2009-10-14T09:00:00.000Z' };
const channel = () => bot.store.read(council, 'channel', 'scrutiny');
const priya = async () =>
  (await bot.store.list(council, 'person')).find(({ data }) => data.name === 'Priya Raman')!;

async function stopChannel(): Promise<void> {
  const { id, version, data } = (await channel())!;
  const stopped = { ...data, serviceUrl: 'http://127.0.0.1:1/', stopped: blocked };
  await bot.store.write(council, [{ change: 'replace', kind: 'channel', id, version, data: stopped }]);
}

test('a channel that was stopped is sent to again once somebody writes there, at its newest address', async () => {
  const there = inChannel('scrutiny');
  await bot.press('Grace Adeyemi', 'connect-channel', { audience: 'scrutiny', cleared: 'false' }, there);
  await stopChannel();
  await bot.say('Cllr David Lin', 'help', inChannel('another'));
  expect((await channel())!.data.stopped).toEqual(blocked);
  await bot.say('Cllr David Lin', 'help', there);
  expect((await channel())!.data).toMatchObject({ serviceUrl: bot.teams.serviceUrl });
  expect((await channel())!.data.stopped).toBeUndefined();
});

test('and what it was posted is brought in line then, for it may show what became exempt meanwhile', async () => {
  await bot.say('Grace Adeyemi', 'digest', inChannel('scrutiny'));
  // Waits until all of that is sent.
  await bot.say('Grace Adeyemi', 'clock 2009-10-14');
  const deliveries = async () => (await bot.store.list({ ...council, year: '2009/10' }, 'delivery')).length;
  const before = await deliveries();
  await stopChannel();
  await bot.say('Cllr David Lin', 'help', inChannel('another'));
  expect(await deliveries()).toBe(before);
  await bot.say('Cllr David Lin', 'help', inChannel('scrutiny'));
  expect(await deliveries()).toBe(before + 1);
});

test('and once the bot is installed there anew', async () => {
  await stopChannel();
  await bot.tell('Grace Adeyemi', { type: 'installationUpdate', action: 'add', ...inChannel('scrutiny') });
  expect((await channel())!.data.stopped).toBeUndefined();
});

test('someone who had blocked the bot is sent to again once they write to it', async () => {
  await bot.say('Priya Raman', 'hi');
  const { id, version, data } = await priya();
  const stopped = { ...data, conversation: { ...data.conversation!, stopped: blocked } };
  await bot.store.write(council, [{ change: 'replace', kind: 'person', id, version, data: stopped }]);
  await bot.say('Priya Raman', 'hi');
  const { conversation } = (await priya()).data;
  expect(conversation).toEqual({ id: 'personal-chat', serviceUrl: bot.teams.serviceUrl });
});
