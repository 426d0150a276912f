import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
let officer: string;
beforeAll(async () => {
  bot = await startKentBot();
  officer = bot.people.find(({ roles }) => roles.includes('performance-officer'))!.name;
});
afterAll(() => bot.stop());

const year = { tenant: kentTenant, year: '2009/10' };
const q2 = { period: '2009/10 Q2' };
const moved = { ...q2, seen: '0', due: '2009-10-28', locks: '2009-11-25', reason: 'The survey is late.' };

test('anyone of the council sees the year’s periods in a table, with the formal points', async () => {
  const card = await bot.say('Priya Raman', 'calendar');
  const table = (card.body as { items?: { type: string }[] }[]).flat();
  expect(JSON.stringify(table)).toContain('"type":"Table"');
  const words = wordsOf(card);
  expect(words).toContain('Calendar 2009/10');
  expect(words).toContain('» Mid-term point');
  expect(words).toContain('» End-of-year point');
  expect(words).toContain('21 Oct 2009');
  expect(pressesOf(card).map(({ verb }) => verb)).not.toContain('move-period');
});

test('the periods of each frequency that is used are a press away, and another year by its name', async () => {
  const card = await bot.say('Priya Raman', 'calendar');
  const months = pressesOf(card).find(({ title }) => title === 'Months')!;
  const shown = wordsOf((await bot.press('Priya Raman', 'calendar', months.data)).card);
  expect(shown).toContain('Month 7');
  expect(wordsOf(await bot.say('Priya Raman', 'calendar 2030/31'))).toContain('no plans for 2030/31');
});

test('an officer opens the form with the dates as they are', async () => {
  const card = await bot.say(officer, 'calendar');
  expect(pressesOf(card).map(({ verb }) => verb)).toContain('move-period');
  const { card: form } = await bot.press(officer, 'move-period', q2);
  expect(JSON.stringify(form)).toContain('"id":"due","label":"When is it due?"');
  expect(JSON.stringify(form)).toContain('"value":"2009-10-21"');
  expect(JSON.stringify(form)).not.toContain('"id":"opens"');
  expect(pressesOf(form).find(({ verb }) => verb === 'submit-move')!.data).toEqual({ ...q2, seen: 0 });
});

test('a fault brings the form back with everything that was typed', async () => {
  const wrong = { ...moved, due: '2009-10-25', reason: '' };
  const words = JSON.stringify((await bot.press(officer, 'submit-move', wrong)).card);
  expect(words).toContain('2 answers need another look');
  expect(words).toContain('The council is closed on 25 October 2009');
  expect(words).toContain('"value":"2009-10-25"');
  expect(words).toContain('"value":"2009-11-25"');
});

test('a move is answered with what changed, twice the same, and is seen everywhere', async () => {
  await bot.press(officer, 'connect-channel', { audience: 'council', cleared: 'false' }, inChannel('board'));
  await bot.press(officer, 'digest', {}, inChannel('board'));
  const digests = async () =>
    (await bot.store.list(year, 'delivery')).filter(({ data }) => data.message.kind === 'digest').length;
  const before = await digests();
  const [one, other] = [
    await bot.press(officer, 'submit-move', moved),
    await bot.press(officer, 'submit-move', moved),
  ];
  expect(wordsOf(one.card)).toContain('Quarter 2 2009/10 (July to September) is moved');
  expect(wordsOf(one.card)).toContain('Due 28 October 2009, was 21 October 2009.');
  expect(wordsOf(other.card)).toBe(wordsOf(one.card));
  expect(await bot.store.list(year, 'period-move')).toHaveLength(1);
  expect(await digests()).toBe(before + 1);
  const shown = async (verb: string) => wordsOf((await bot.press('Priya Raman', verb)).card);
  const calendar = await shown('calendar');
  expect(calendar).toContain('28 Oct 2009 ●');
  expect(calendar).toContain('The survey is late.');
  expect(calendar).toContain(`Moved by ${officer}, 14 October 2009`);
  expect(await shown('my-updates')).toContain('due 28 October 2009');
});

test('in a channel nobody moves anything', async () => {
  const { card } = await bot.press(
    officer,
    'submit-move',
    { ...moved, seen: '1', due: '2009-10-27' },
    inChannel('open'),
  );
  expect(wordsOf(card)).toContain('in our own chat');
  const calendar = (await bot.press(officer, 'calendar', {}, inChannel('open'))).card;
  expect(pressesOf(calendar).map(({ verb }) => verb)).not.toContain('move-period');
});

test('the reason never reaches the log', () => {
  expect(bot.logged()).not.toContain('survey is late');
});
