import type { Entry } from '../../src/domain/cycle.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
  for (const name of [priya, martin, fiona, head]) await say(name, 'hi');
  await say(priya, 'clock 15 October 2009');
}, 60_000);
afterAll(() => bot.stop());

const [priya, martin, fiona, head] = ['Priya Raman', 'Martin Hollis', 'Fiona Abernathy', 'Tom Okafor'];
const council = { tenant: kentTenant, year: null };

/** Everyone in a chat of their own. */
const own = (name: string) => ({
  conversation: { conversationType: 'personal', tenantId: kentTenant, id: `chat of ${name}` },
});
const say = (name: string, text: string) => bot.say(name, text, own(name));
const press = async (name: string, verb: string, data: object = {}) =>
  (await bot.press(name, verb, data, own(name))).card;

type Item = string;

/** The items that a card offers to give, in its order, all pages of it. */
async function asked(name: string, title: 'Give' | 'Correct' = 'Give'): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; page < 10; page++) {
    const presses = pressesOf(await press(name, 'my-updates', { page }));
    items.push(...presses.filter((each) => each.title === title).map(({ data }) => String(data.item)));
    if (!presses.some((each) => each.title === 'Next page')) break;
  }
  return items;
}

const words = {
  commentary: 'Two teams were short of people for a month.',
  action: 'A third team starts.',
  actionBy: '2009-12-01',
  reason: 'Two returns had been counted twice.',
};

const isReceipt = (card: unknown) => pressesOf(card).some(({ verb }) => verb === 'correct');

/** Opens an item's form and sends it: a milestone as complete, a KPI as not available where no plain figure will do. */
async function give(name: string, item: Item, result = '90'): Promise<void> {
  const send = async (typed: object) => {
    const opened = pressesOf(await press(name, 'open-form', { item }));
    const form = opened.find(({ verb }) => verb.startsWith('submit'))!;
    return press(name, form.verb, { ...form.data, ...words, ...typed });
  };
  const done = { state: 'complete', completed: '2009-10-14', percentComplete: '100' };
  const received = await send({ result, numerator: result, denominator: '100', ...done });
  if (isReceipt(received)) return;
  const missing = { unavailable: 'true', unavailableReason: 'The return is late.', expected: '2009-12-10' };
  const said = await send(missing);
  expect(isReceipt(said) ? 'received' : wordsOf(said)).toBe('received');
}

/** What the cycle has asked of anyone, and why, since a day. */
async function entriesSince(day: string): Promise<Entry[]> {
  const messages = await bot.store.list(council, 'cycle-message');
  return messages.filter(({ data }) => data.date >= day).flatMap(({ data }) => data.entries);
}

/** The items that the cards that were sent since offer to give, by the chat that they were sent to. */
const offeredSince = (from: number) =>
  bot.teams.received.slice(from).flatMap(({ path, body }) =>
    pressesOf(body?.attachments ?? [])
      .filter(({ verb, title }) => verb === 'open-form' && title === 'Give')
      .map(({ data }) => ({ path, item: String(data.item) })),
  );

test('whoever has given everything is never asked for it again, whoever gave it and in whatever order', async () => {
  const mine = await asked(priya);
  const theirs = await asked(martin);
  const fionas = await asked(fiona);
  const [kept, ...rest] = fionas;
  expect(mine.length * theirs.length * rest.length).toBeGreaterThan(0);

  // Priya gives hers from the last to the first, stands in for Martin and gives every other one of his.
  for (const item of mine.toReversed()) await give(priya, item);
  const deputy = bot.people.find(({ name }) => name === priya)!.id;
  const { data } = pressesOf(await press(martin, 'reminders')).find(({ verb }) => verb === 'name-deputy')!;
  const days = { from: '2009-10-15', to: '2009-10-30' };
  expect(wordsOf(await press(martin, 'name-deputy', { ...data, deputy, ...days }))).toContain(
    '✔ Priya Raman',
  );
  expect((await asked(priya)).sort()).toEqual([...theirs].sort());
  for (const [at, item] of theirs.entries()) await give(at % 2 === 0 ? priya : martin, item);
  for (const item of rest) await give(fiona, item);

  // What was given is corrected, by each of them.
  for (const [name, item] of [
    [priya, mine[0]!],
    [martin, theirs[0]!],
  ] as const) {
    await give(name, item, '91');
  }
  const given = new Set([...mine, ...theirs, ...rest]);
  for (const name of [priya, martin]) expect(await asked(name)).toEqual([]);
  expect(await asked(fiona)).toEqual([kept]);

  // The due date passes, the chases, the head's summary and the deputy's last day; the next periods open.
  const from = bot.teams.received.length;
  for (const day of ['21 October', '22 October', '29 October', '5 November', '12 November']) {
    await say(priya, `clock ${day} 2009`);
  }
  const entries = await entriesSince('2009-10-16');
  expect(entries.filter(({ item }) => given.has(item))).toEqual([]);
  expect(offeredSince(from).filter(({ item }) => given.has(item))).toEqual([]);

  // It is for want of the updates that nobody was asked: the one that Fiona kept back was, and its head was told.
  const whys = entries.filter(({ item }) => item === kept).map(({ why }) => why);
  expect(whys).toContain('chase');
  expect(
    offeredSince(from).some(({ path, item }) => item === kept && path.includes(`chat of ${fiona}`)),
  ).toBe(true);
}, 120_000);
