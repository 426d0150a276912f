import { type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeEach(async () => {
  bot = await startKentBot();
  await bot.say('Priya Raman', 'hi');
});
afterEach(() => bot.stop());

/** Moves the clock and gives what was sent on the way, and the answer after it. */
async function clock(day: string) {
  const before = bot.teams.cards().length;
  await bot.say('Priya Raman', `clock ${day}`.trim());
  const cards = bot.teams.cards().slice(before);
  return { sent: cards.slice(0, -1), answer: wordsOf(cards.at(-1)) };
}
const dayOf = (card: unknown) => /it is (\d+ \w+) 2009 here/.exec(wordsOf(card))?.[1];

test('moving the clock lives every day on the way, as the running bot would', async () => {
  const { sent, answer } = await clock('2 November 2009');
  expect(answer).toContain('It is now 2 November 2009');
  // Due on 21 October: asked at once, reminded two days before, chased every week, until a month opens.
  expect(sent.map(dayOf)).toEqual(['15 October', '19 October', '22 October', '29 October', '2 November']);
  expect(answer).toContain('In these 19 days the cycle sent: 2 for what had opened, 1 reminder');
  expect(wordsOf(sent.at(-1))).toContain('Your updates are open');
  expect(pressesOf(sent.at(-1)).filter(({ verb }) => verb === 'open-form').length).toBeGreaterThan(1);
});

test('a day that is lived again sends nothing twice, and a day off nothing at all', async () => {
  expect((await clock('15 October 2009')).sent).toHaveLength(1);
  const again = await clock('15 October 2009');
  expect(again.sent).toEqual([]);
  expect(again.answer).toContain('Today the cycle sent: 0 for what had opened');
  const { answer } = await clock('17 October 2009');
  expect(answer).toContain('The council is closed on this day');
});

test('the clock goes no further than anyone can follow, and to no day that is none', async () => {
  const { answer } = await clock('2 November 2019');
  expect(answer).toContain('It is 14 October 2009 now. Move the clock to 26 February 2011 at most.');
  expect((await clock('some day')).answer).toContain('such as “clock 15 January 2010”');
  expect((await clock('')).answer).toContain('It is now 14 October 2009');
});
