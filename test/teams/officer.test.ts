import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
});
afterAll(() => bot.stop());

const history = { kpi: 'KHS-03', period: '2009/10 Q2' };
const giving = (card: unknown) => pressesOf(card).find(({ verb }) => verb === 'open-form');

describe('a figure that is someone else’s', () => {
  test('is corrected by the performance officer from its history, with a reason', async () => {
    const { card } = await bot.press('Sam Whitlock', 'kpi-history', history);
    const press = giving(card)!;
    expect(press.title).toBe('Correct the figure');
    const form = await bot.press('Sam Whitlock', press.verb, press.data);
    const nonce = pressesOf(form.card).find(({ verb }) => verb === 'submit-kpi')!.data.form;
    const typed = {
      form: nonce,
      result: '95.2',
      commentary: 'Recounted.',
      action: 'Audit.',
      actionBy: '2009-11-30',
    };
    const asked = await bot.press('Sam Whitlock', 'submit-kpi', typed);
    expect(wordsOf(asked.card)).toContain('Say why');
    const kept = await bot.press('Sam Whitlock', 'submit-kpi', {
      ...typed,
      reason: 'Contractor’s log was misread.',
    });
    expect(wordsOf(kept.card)).toContain('Amber – floor met');
    expect(wordsOf(kept.card)).toContain('92.7%');
  });

  test('offers nothing to press to those who may not, nor to anyone in a channel', async () => {
    for (const name of ['Grace Adeyemi', 'Tom Okafor', 'Cllr Helen Marsh', 'Martin Hollis']) {
      expect(giving((await bot.press(name, 'kpi-history', history)).card)).toBeUndefined();
    }
    const shared = await bot.press('Priya Raman', 'kpi-history', history, inChannel('any'));
    expect(giving(shared.card)).toBeUndefined();
    expect(giving((await bot.press('Priya Raman', 'kpi-history', history)).card)).toBeDefined();
  });
});

test('nobody’s form is opened where others see it', async () => {
  for (const verb of ['my-updates', 'open-form']) {
    const data = { item: 'kpi/KHS-02@2009/10 M06' };
    const { card } = await bot.press('Priya Raman', verb, data, inChannel('19:open'));
    expect(wordsOf(card)).toContain('in our own chat');
    expect(pressesOf(card).map((press) => press.verb)).toEqual(['help']);
  }
});

test('a channel that the bot is removed from is forgotten', async () => {
  const where = inChannel('19:leaving');
  await bot.press('Grace Adeyemi', 'connect-channel', { audience: 'council', cleared: 'false' }, where);
  expect(wordsOf(await bot.say('Grace Adeyemi', 'digest', where))).toContain('on its way');
  await bot.tell('Grace Adeyemi', { type: 'installationUpdate', action: 'remove', ...where });
  expect(wordsOf(await bot.say('Grace Adeyemi', 'digest', where))).toContain('isn’t connected');
});

test('a form that is refused gives back what was typed in it', async () => {
  const opened = await bot.press('Priya Raman', 'open-form', { item: 'kpi/LIB-01@2009/10 Q2' });
  const form = pressesOf(opened.card).find(({ verb }) => verb === 'submit-kpi')!.data.form;
  await bot.say('Priya Raman', 'clock 15 January 2010');
  const typed = { form, result: '1,402', commentary: 'The long story of the summer.', provisional: 'false' };
  const { card } = await bot.press('Priya Raman', 'submit-kpi', typed);
  const said = wordsOf(card);
  expect(said).toContain('This period is locked');
  expect(said).toContain('1,402');
  expect(said).toContain('The long story of the summer.');
  expect(bot.logged()).not.toContain('long story');
});
