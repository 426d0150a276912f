import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
  await bot.press('Grace Adeyemi', 'connect-channel', { audience: 'council', cleared: 'false' }, here);
});
afterAll(() => bot.stop());

const here = inChannel('open');
const council = { tenant: kentTenant, year: null };
const rules = async () =>
  (await bot.store.read(council, 'channel', 'open'))!.data.schedule?.rules.map(({ rule }) => rule) ?? [];

/** The value of an input on a card. */
function inputOn(card: unknown, id: string): unknown {
  if (Array.isArray(card)) return card.map((each) => inputOn(each, id)).find((value) => value !== undefined);
  if (card === null || typeof card !== 'object') return undefined;
  const own = card as Record<string, unknown>;
  if (own.id === id && String(own.type).startsWith('Input.')) return own.value ?? '';
  return inputOn(Object.values(own), id);
}

describe('schedule', () => {
  test('in words is shown back in plain English with the next three times', async () => {
    const said = wordsOf(await bot.say('Grace Adeyemi', 'schedule every friday at 9 and at due', here));
    for (const words of [
      '✔ The schedule is set.',
      'Every Friday at 9am, while a quarter’s figures can be given',
      'On the first working day after a quarter’s figures are due, at 9am',
      'Friday 16 October 2009 at 9am',
      'Thursday 22 October 2009 at 9am',
      'Friday 23 October 2009 at 9am',
    ]) {
      expect(said).toContain(words);
    }
  });

  test('that can’t be read is asked about, keeps what was typed and changes nothing', async () => {
    const before = await rules();
    const card = await bot.say('Sam Whitlock', 'schedule whenever it suits', here);
    expect(wordsOf(card)).toContain('I can’t read “whenever it suits”');
    expect(inputOn(card, 'words')).toBe('whenever it suits');
    expect(await rules()).toEqual(before);
  });

  test('in the form keeps what was chosen when something is missing, and is set when nothing is', async () => {
    const typed = { when: 'lock,weekday', time: '10:30' };
    const asked = await bot.press('Grace Adeyemi', 'set-schedule', typed, here);
    expect(wordsOf(asked.card)).toContain('Choose on which day of the week');
    expect(inputOn(asked.card, 'when')).toBe('lock,weekday');
    expect(inputOn(asked.card, 'time')).toBe('10:30');
    const set = await bot.press('Grace Adeyemi', 'set-schedule', { ...typed, weekday: '3' }, here);
    expect(wordsOf(set.card)).toContain('✔ The schedule is set.');
    expect(await rules()).toEqual([
      { on: 'lock', time: '10:30' },
      { on: 'weekday', weekday: 3, time: '10:30' },
    ]);
  });

  test('alone shows what is set, and one press ends it', async () => {
    const card = await bot.say('Grace Adeyemi', 'schedule', here);
    expect(inputOn(card, 'weekday')).toBe('3');
    const off = pressesOf(card).find(({ title }) => title === 'Post nothing by itself')!;
    const after = await bot.press('Grace Adeyemi', off.verb, off.data, here);
    expect(wordsOf(after.card)).toContain('Nothing is posted by itself any more');
    expect(await rules()).toEqual([]);
  });

  test('is not for others, and not for a channel that isn’t connected', async () => {
    for (const name of ['Cllr David Lin', 'Priya Raman']) {
      expect(wordsOf(await bot.say(name, 'schedule every friday at 9', here))).toContain('You can’t do that');
    }
    const elsewhere = await bot.say('Grace Adeyemi', 'schedule every friday at 9', inChannel('other'));
    expect(wordsOf(elsewhere)).toContain('isn’t connected yet');
  });
});

describe('with forty channels', () => {
  beforeAll(async () => {
    for (let at = 1; at <= 39; at++) {
      const where = inChannel(`Channel ${at}`);
      await bot.press('Grace Adeyemi', 'connect-channel', { audience: 'scrutiny', cleared: 'false' }, where);
    }
  });

  test.each(['digest', 'schedule', 'seen 14 October 2009'])(
    '%s in the chat offers them all',
    async (text) => {
      const card = await bot.say('Grace Adeyemi', text);
      const offered = JSON.stringify(card).match(/"title":"[^"]+","value":"[^"]+"/g);
      expect(offered).toHaveLength(40);
      const press = pressesOf(card)[0]!;
      const { card: answer } = await bot.press('Grace Adeyemi', press.verb, {
        ...press.data,
        channel: 'Channel 39',
      });
      expect(wordsOf(answer)).not.toMatch(/didn’t work|can’t do that/);
    },
  );

  test('without a choice it asks again', async () => {
    const { card } = await bot.press('Grace Adeyemi', 'digest', { channel: '' });
    expect(wordsOf(card)).toContain('Choose a channel first');
  });
});

describe('what did we see', () => {
  const shownOnce = async () => {
    await bot.say('Grace Adeyemi', 'digest', here);
    for (let tries = 0; tries < 200; tries++) {
      const kept = await bot.store.list({ ...council, year: '2009/10' }, 'digest-shown', { channel: 'open' });
      if (kept.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('nothing was posted');
  };
  beforeAll(shownOnce);

  test.each([
    'what did we see on 14 October 2009?',
    'What did the committee see on 14 October?',
    'seen 14 October',
    'digest on 14 October 2009',
    'seen on Wednesday 14 October 2009',
  ])('“%s” shows the card as it was, with its times', async (text) => {
    const card = await bot.say('Cllr David Lin', text, here);
    expect(wordsOf(card)).toMatch(/As shown since 14 October 2009, \d+\.\d\d(am|pm)/);
    expect(wordsOf(card)).toContain('Provisional: figures can change until 29 November 2009.');
    expect(pressesOf(card).some(({ verb }) => verb === 'digest-plan')).toBe(false);
  });

  test('says plainly where nothing was posted by then', async () => {
    const card = await bot.say('Grace Adeyemi', 'seen 13 October 2009', here);
    expect(wordsOf(card)).toContain('Nothing was shown on 13 October 2009');
    expect(wordsOf(await bot.say('Grace Adeyemi', 'seen 13 November 2009', here))).toContain('has not come');
    expect(wordsOf(await bot.say('Grace Adeyemi', 'seen banana', here))).toContain('seen 14 October 2009');
  });

  test('is told to nobody who may not know', async () => {
    const date = '2009-10-14';
    for (const name of ['Cllr David Lin', 'Priya Raman', 'Nobody Known']) {
      const { card } = await bot.press(name, 'seen', { channel: 'open', date });
      expect(wordsOf(card)).toMatch(/You can’t do that|aren’t on/);
    }
  });
});
