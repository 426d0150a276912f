import { execute } from '../support/activities.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

/** A second council with the same refs and people, down to their accounts: nothing but the tenant tells them apart. */
const twin = '6b1f0d5e-2009-4010-8a38-0000000000ee';
const inTwin = {
  channelData: { tenant: { id: twin } },
  conversation: { id: 'twin-chat', conversationType: 'personal', tenantId: twin },
};
const item = 'kpi/KHS-02@2009/10 M06';
const year = { tenant: kentTenant, year: '2009/10' };

let bot: KentBot;
beforeAll(async () => {
  bot = await startKentBot();
  for (const kind of ['council', 'person'] as const) {
    for (const { id, data } of await bot.store.list({ tenant: kentTenant, year: null }, kind)) {
      await bot.store.write({ tenant: twin, year: null }, [{ change: 'create', kind, id, data } as never]);
    }
  }
  for (const kind of ['settings', 'plan', 'kpi', 'project', 'milestone'] as const) {
    for (const { id, data } of await bot.store.list(year, kind)) {
      await bot.store.write({ tenant: twin, year: '2009/10' }, [
        { change: 'create', kind, id, data } as never,
      ]);
    }
  }
  await bot.say('Priya Raman', 'clock 2009-10-14', inTwin);
});
afterAll(() => bot.stop());

async function openForm(name: string, where = {}): Promise<string> {
  const { card } = await bot.press(name, 'open-form', { item }, where);
  return pressesOf(card).find(({ verb }) => verb === 'submit-kpi')!.data.form as string;
}
const submit = (name: string, form: unknown, result: string, where = {}) =>
  bot.press(
    name,
    'submit-kpi',
    { form, result, commentary: 'Cause.', action: 'Do it.', actionBy: '2009-11-30' },
    where,
  );
const updates = async (tenant: string) =>
  (await bot.store.list({ tenant, year: '2009/10' }, 'kpi-update', { plan: 'KHS' })).map(({ id, data }) => [
    id,
    data,
  ]);

test('a form of one council is none in another, although the person and the refs are the same', async () => {
  const [here, there] = [await openForm('Priya Raman'), await openForm('Priya Raman', inTwin)];
  const before = [await updates(kentTenant), await updates(twin)];
  for (const [form, where] of [
    [here, inTwin],
    [there, {}],
  ] as const) {
    const { statusCode, card } = await submit('Priya Raman', form, '91', where);
    expect([statusCode, pressesOf(card).some(({ verb }) => verb === 'submit-kpi')]).toEqual([200, false]);
  }
  expect([await updates(kentTenant), await updates(twin)]).toEqual(before);
  await submit('Priya Raman', there, '91', inTwin);
  expect(await updates(kentTenant)).toEqual(before[0]);
  expect(await updates(twin)).not.toEqual(before[1]);
});

test('an old form gives its first receipt again, whatever is sent with it, and changes nothing', async () => {
  const form = await openForm('Priya Raman');
  const receipt = await submit('Priya Raman', form, '92');
  const kept = await updates(kentTenant);
  for (const result of ['92', '10', '-1', 'nonsense']) {
    expect((await submit('Priya Raman', form, result)).card).toEqual(receipt.card);
  }
  expect(await updates(kentTenant)).toEqual(kept);
});

test('a form that someone else was shown keeps nothing for anyone else, old or new', async () => {
  const used = await openForm('Priya Raman');
  await submit('Priya Raman', used, '93');
  const fresh = await openForm('Priya Raman');
  const kept = await updates(kentTenant);
  for (const form of [
    used,
    fresh,
    fresh.slice(0, -1),
    `${fresh}x`,
    fresh.toUpperCase(),
    [fresh],
    { fresh },
    null,
  ]) {
    for (const name of ['Sam Whitlock', 'Grace Adeyemi', 'Martin Hollis', 'Nobody Known']) {
      const { statusCode, card } = await submit(name, form, '1');
      expect([statusCode, pressesOf(card).some(({ verb }) => verb === 'submit-kpi')]).toEqual([200, false]);
    }
  }
  expect(await updates(kentTenant)).toEqual(kept);
});

test('a card’s own words about who, what or when are not believed', async () => {
  const form = await openForm('Priya Raman');
  const claims = {
    item: 'kpi/COMSERV-01@2009/10 Q2',
    person: 'x',
    tenant: twin,
    baseRevision: 0,
    used: null,
    year: '2008/09',
  };
  const body = execute(
    bot.teams.serviceUrl,
    'submit-kpi',
    { form, result: '94', ...claims },
    {
      from: bot.accountOf('Priya Raman'),
    },
  );
  const before = await bot.store.list(year, 'kpi-update', { plan: 'COMSERV' });
  await bot.sendText(JSON.stringify(body));
  expect(await bot.store.list(year, 'kpi-update', { plan: 'COMSERV' })).toEqual(before);
});

test('a state that is none is none beside what someone else gave, even where JavaScript knows its name', async () => {
  const { card: list } = await bot.press('Priya Raman', 'my-updates');
  const item = pressesOf(list).find(({ data }) => String(data.item).startsWith('milestone/'))!.data.item;
  const open = async () =>
    pressesOf((await bot.press('Priya Raman', 'open-form', { item })).card).find(
      ({ verb }) => verb === 'submit-milestone',
    )!.data.form;
  const [first, second] = [await open(), await open()];
  await bot.press('Priya Raman', 'submit-milestone', {
    form: first,
    state: 'on-track',
    forecast: '2010-03-01',
    commentary: 'Begun.',
  });
  for (const state of ['constructor', '__proto__', 'toString']) {
    const { card } = await bot.press('Priya Raman', 'submit-milestone', { form: second, state });
    expect(pressesOf(card).some(({ verb }) => verb === 'replace-theirs')).toBe(true);
    expect(wordsOf(card)).toContain('No state');
    expect(wordsOf(card)).not.toMatch(/native code|\[object/);
  }
});
