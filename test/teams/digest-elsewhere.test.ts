import { submit } from '../support/activities.ts';
import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, startKentBot, wordsOf } from '../support/kent-bot.ts';

const year = { tenant: kentTenant, year: '2009/10' };
const grace = 'Grace Adeyemi';
let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
  await bot.press(grace, 'connect-channel', { audience: 'council', cleared: 'true' }, inChannel('cleared'));
  await bot.press(grace, 'connect-channel', { audience: 'council', cleared: 'false' }, inChannel('open'));
  await bot.say(grace, 'digest', inChannel('cleared'));
});
afterAll(() => bot.stop());

/** What the bot says to someone who sends the press of a page of the cleared channel's digest, from anywhere. */
async function pages(name: string, where = {}): Promise<string> {
  const [digest] = await bot.store.list(year, 'digest', { channel: 'cleared' });
  const said: string[] = [];
  for (let page = 1; page <= digest!.data.pages; page++) {
    const before = bot.teams.cards().length;
    const from = bot.accountOf(name);
    const press = submit(
      bot.teams.serviceUrl,
      'digest-page',
      { digest: digest!.id, page },
      { from, ...where },
    );
    await bot.sendText(JSON.stringify(press));
    said.push(wordsOf(bot.teams.cards().slice(before)));
  }
  return said.join('\n');
}

test('a clerk who opens a cleared channel’s digest in an open one is told nothing of it there', async () => {
  const said = await pages(grace, inChannel('open'));
  expect(said).toContain('That digest isn’t there any more');
  expect(said).not.toContain('Commercial Services');
});

test('and reads it all in its own channel and in their own chat', async () => {
  expect(await pages(grace, inChannel('cleared'))).toContain('Commercial Services');
  expect(await pages(grace)).toContain('Commercial Services');
});
