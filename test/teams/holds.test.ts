import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeEach(async () => {
  bot = await startKentBot();
});
afterEach(() => bot.stop());

const council = { tenant: kentTenant, year: null };
const sam = 'Sam Whitlock';
const holds = async () => (await bot.store.list(council, 'hold')).map(({ data }) => data);
const entries = async (act: string) =>
  (await bot.store.list(council, 'audit-entry')).map(({ data }) => data).filter((each) => each.act === act);
const press = async (verb: string, data: object = {}) => (await bot.press(sam, verb, data)).card;
const samsId = () => bot.people.find(({ name }) => name === sam)!.id;

/** The hold form's own data, as its button carries it. */
const openForm = async () =>
  pressesOf(await press('hold-form')).find(({ verb }) => verb === 'add-hold')!.data;

/** The value of an input on a card. */
function inputOn(card: unknown, id: string): unknown {
  if (Array.isArray(card)) return card.map((each) => inputOn(each, id)).find((value) => value !== undefined);
  if (card === null || typeof card !== 'object') return undefined;
  const own = card as Record<string, unknown>;
  if (own.id === id && String(own.type).startsWith('Input.')) return own.value ?? '';
  return inputOn(Object.values(own), id);
}

test('an officer puts a hold on a person, sees it with who and why, and ends it; the trail has both', async () => {
  expect(wordsOf(await bot.say(sam, 'holds'))).toContain('No hold is on.');
  const form = await openForm();
  const typed = { on: 'person', person: 'Priya Raman', reason: 'Request 41, open.' };
  const said = await press('add-hold', { ...form, ...typed });
  expect(wordsOf(said)).toContain('✔ A hold is on Priya Raman');
  expect(wordsOf(said)).toContain('On since 14 October 2009, by Sam Whitlock');
  expect(await holds()).toEqual([
    expect.objectContaining({ on: 'person', reason: 'Request 41, open.', addedBy: samsId(), endedAt: null }),
  ]);
  const end = pressesOf(said).find(({ verb }) => verb === 'end-hold')!;
  for (const _ of ['once', 'twice']) {
    expect(wordsOf(await press('end-hold', end.data))).toContain('✔ The hold on Priya Raman has ended');
  }
  expect(wordsOf(await bot.say(sam, 'holds'))).toContain('○ Ended 14 October 2009');
  expect(await entries('hold-added')).toEqual([expect.objectContaining({ by: samsId(), via: 'teams' })]);
  expect(await entries('hold-ended')).toHaveLength(1);
  const trail = wordsOf(await bot.say(sam, 'audit'));
  expect(trail).toContain('Priya Raman');
  expect(trail).not.toContain(bot.people.find(({ name }) => name === 'Priya Raman')!.id);
});

test('the same form sent twice is one hold', async () => {
  const form = await openForm();
  const typed = { on: 'everything', reason: 'The Ombudsman looks into it.' };
  for (const _ of ['once', 'twice']) {
    expect(wordsOf(await press('add-hold', { ...form, ...typed }))).toContain('✔ A hold is on everything');
  }
  await press('add-hold', { ...(await openForm()), ...typed });
  expect(await holds()).toHaveLength(2);
  expect(await entries('hold-added')).toHaveLength(2);
});

test.each([
  [{ on: 'person' }, 'Choose the person.'],
  [{ on: 'plan', planNamed: 'NONE' }, 'No plan has the ref “NONE”'],
  [{ on: 'year', year: '1999/00' }, 'There is no year “1999/00” here'],
  [{ on: 'person', personNamed: 'Nobody Known' }, 'Nobody here is called “Nobody Known”'],
  [{}, 'Choose what it is on.'],
])('%j is asked about, keeps the reason and puts on nothing', async (typed, fault) => {
  const said = await press('add-hold', { ...(await openForm()), ...typed, reason: 'Request 41.' });
  expect(wordsOf(said)).toContain(`⚠ ${fault}`);
  expect(inputOn(said, 'reason')).toBe('Request 41.');
  expect(await holds()).toEqual([]);
});

test('without a reason it is asked for one, and what was chosen stays chosen', async () => {
  const said = await press('add-hold', { ...(await openForm()), on: 'plan', plan: 'KHS', reason: ' . ' });
  expect(wordsOf(said)).toContain('⚠ Say why');
  expect([inputOn(said, 'on'), inputOn(said, 'plan')]).toEqual(['plan', 'KHS']);
  expect(await holds()).toEqual([]);
});

test('in a channel none of it is shown', async () => {
  await press('add-hold', {
    ...(await openForm()),
    on: 'person',
    person: 'Priya Raman',
    reason: 'Request 41.',
  });
  for (const text of ['holds', 'erase Priya Raman', 'held about Priya Raman', 'retention']) {
    const said = wordsOf(await bot.say(sam, text, inChannel('open')));
    expect(said).toMatch(/to me in our own chat/);
    expect(said).not.toMatch(/Request 41|priya\.raman/);
  }
});
