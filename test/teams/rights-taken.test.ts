import type { Person } from '../../src/domain/people.ts';
import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

const council = { tenant: kentTenant, year: null };
const year = { tenant: kentTenant, year: '2009/10' };
const lights = 'kpi/KHS-02@2009/10 M06';

let bot: KentBot;
beforeEach(async () => {
  bot = await startKentBot();
});
afterEach(() => bot.stop());

/** Changes what is kept of a person, as an import or an erasure in another process does. */
async function amend(name: string, change: Partial<Person>): Promise<void> {
  const { id, version, data } = (await bot.store.list(council, 'person')).find(
    (each) => each.data.name === name,
  )!;
  const changed = { ...data, ...change };
  const written = await bot.store.write(council, [
    { change: 'replace', kind: 'person', id, version, data: changed },
  ]);
  expect(written.ok).toBe(true);
}

async function formOf(name: string): Promise<unknown> {
  const { card } = await bot.press(name, 'open-form', { item: lights });
  return pressesOf(card).find(({ verb }) => verb === 'submit-kpi')!.data.form;
}

const given = async () =>
  (await bot.store.list(year, 'kpi-update', { plan: 'KHS' })).filter(({ data }) => data.result === '91.7');

const erased = { at: '2009-10-14T09:00:00.000Z', reason: 'R', address: 'a' };
test.each<[string, Partial<Person>, RegExp]>([
  ['lost their role', { roles: [] }, /Only the accountable manager/],
  [
    'was erased',
    { name: 'Former officer', email: '', roles: [], entraObjectId: null, erased },
    /aren’t on .* list/,
  ],
])('a form that was open when its manager %s is not taken', async (_what, change, said) => {
  const form = await formOf('Priya Raman');
  await amend('Priya Raman', change);
  const { card } = await bot.press('Priya Raman', 'submit-kpi', { form, result: '91.7' });
  expect(wordsOf(card)).toMatch(said);
  expect(await given()).toEqual([]);
});

test('a form that was open when someone else became accountable is not taken', async () => {
  const form = await formOf('Priya Raman');
  const { id, version, data } = (await bot.store.read(year, 'kpi', 'KHS-02'))!;
  const martin = bot.people.find(({ name }) => name === 'Martin Hollis')!.id;
  const moved = { ...data, accountableManager: martin };
  await bot.store.write(year, [{ change: 'replace', kind: 'kpi', id, version, data: moved }]);
  const { card } = await bot.press('Priya Raman', 'submit-kpi', { form, result: '91.7' });
  expect(wordsOf(card)).toMatch(/Only the accountable manager/);
  expect(await given()).toEqual([]);
});

test('a deputy’s form is not taken on the day after', async () => {
  const martin = bot.people.find(({ name }) => name === 'Martin Hollis')!.id;
  await amend('Priya Raman', { deputy: { person: martin, from: '2009-10-14', to: '2009-10-14' } });
  const form = await formOf('Martin Hollis');
  await amend('Priya Raman', { deputy: { person: martin, from: '2009-10-13', to: '2009-10-13' } });
  const { card } = await bot.press('Martin Hollis', 'submit-kpi', { form, result: '91.7' });
  expect(wordsOf(card)).toMatch(/Only the accountable manager/);
  expect(await given()).toEqual([]);
});

test('a clerk who is one no more connects nothing with the card that they still have', async () => {
  await bot.press('Grace Adeyemi', 'connect', {}, inChannel('open'));
  await amend('Grace Adeyemi', { roles: ['manager'] });
  const choice = { audience: 'council', cleared: 'true' };
  const { card } = await bot.press('Grace Adeyemi', 'connect-channel', choice, inChannel('open'));
  expect(wordsOf(card)).toMatch(/You can’t do that/);
  expect(await bot.store.list(council, 'channel')).toEqual([]);
});
