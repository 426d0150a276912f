import { existsSync, readFileSync } from 'node:fs';
import { applyRetention } from '../../src/usecases/apply-retention.ts';
import { findHeld } from '../../src/usecases/held-about.ts';
import { openYear } from '../../src/usecases/session.ts';
import { kentTenant } from '../support/kent.ts';
import { type KentBot, pressesOf, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeEach(async () => {
  bot = await startKentBot();
});
afterEach(() => bot.stop());

const council = { tenant: kentTenant, year: null };
const year = { tenant: kentTenant, year: '2009/10' };
const sam = 'Sam Whitlock';
const idOf = (name: string) => bot.people.find((each) => each.name === name)!.id;
const person = async (name: string) => (await bot.store.read(council, 'person', idOf(name)))!.data;
const press = async (verb: string, data: object = {}) => (await bot.press(sam, verb, data)).card;
const erasures = async () =>
  (await bot.store.list(council, 'audit-entry'))
    .map(({ data }) => data)
    .filter(({ act }) => act === 'person-erased');

/** The use cases' own deps, on the bot's store. */
const deps = () => {
  const now = () => '2009-10-14T09:00:00.000Z';
  return { store: bot.store, now, wallNow: now, newId: () => 'id' };
};
const open = () => openYear(deps(), kentTenant, 'command-line');

const name = 'Priya Raman';
const sure = { reason: 'Request for erasure 12', confirmed: 'true', force: 'true' };

/** Priya names herself in a commentary. */
async function writeAboutHerself(): Promise<void> {
  const opened = pressesOf((await bot.press(name, 'open-form', { item: 'kpi/KHS-02@2009/10 M06' })).card);
  const form = opened.find(({ verb }) => verb === 'submit-kpi')!;
  const why = { commentary: 'Ask Priya Raman about the cables.', action: 'Repair.', actionBy: '2010-03-01' };
  await bot.press(name, 'submit-kpi', { ...form.data, result: '41', reason: 'Counted.', ...why });
}

describe('erase NAME', () => {
  test('says what would happen and what they answer for, and changes nothing yet', async () => {
    const said = await bot.say(sam, 'erase priya raman');
    const words = wordsOf(said);
    for (const told of [
      'Erase Priya Raman?',
      'priya.raman@kent.example',
      'They become “Former officer ',
      'Figures, ratings, dates and counts stay as they are.',
      '● Still accountable for',
      'KPI Street lights',
      'No other text has their whole name or address in it.',
    ]) {
      expect(words).toContain(told);
    }
    expect((await person(name)).name).toBe(name);
    expect(await erasures()).toEqual([]);
  });

  test('asks which when several could be meant, and says so when nobody is', async () => {
    const martin = await person('Martin Hollis');
    const namesake = { ...martin, id: 'namesake', email: 'martin.hollis2@kent.example', entraObjectId: null };
    await bot.store.write(council, [{ change: 'create', kind: 'person', id: 'namesake', data: namesake }]);
    const said = await bot.say(sam, 'erase Martin Hollis');
    expect(wordsOf(said)).toContain('martin.hollis2@kent.example');
    const looks = pressesOf(said).filter(({ verb }) => verb === 'erase');
    expect(looks.map(({ data }) => data.person).sort()).toEqual([martin.id, 'namesake'].sort());
    expect(wordsOf(await press('erase', { person: 'namesake' }))).toContain('martin.hollis2@kent.example');
    expect(wordsOf(await bot.say(sam, 'erase Nobody Known'))).toContain(
      'Nobody here is called “Nobody Known”',
    );
    expect(wordsOf(await bot.say(sam, 'erase'))).toContain('Write whom');
  });

  test.each([
    ['the reason', { ...sure, reason: '' }, 'Say why'],
    ['being sure', { ...sure, confirmed: 'false' }, 'Tick this if you are sure.'],
    ['that they are still accountable', { ...sure, force: 'false' }, 'Tick this, or name someone else'],
  ])('asks again without %s, keeps what was typed and erases nobody', async (_what, typed, fault) => {
    const said = await press('erase-person', { person: idOf(name), ...typed });
    expect(wordsOf(said)).toContain(`⚠ ${fault}`);
    expect(JSON.stringify(said)).toContain(typed.reason);
    expect((await person(name)).name).toBe(name);
    expect(await erasures()).toEqual([]);
  });

  test('one press is one erasure: twice shows the same, with the texts that still name them', async () => {
    await writeAboutHerself();
    const figures = JSON.stringify(await bot.store.list(year, 'kpi-update'));
    const data = { person: idOf(name), ...sure };
    const first = wordsOf(await press('erase-person', data));
    expect(first).toMatch(/✔ They are “Former officer [0-9a-f]{4}” now/);
    expect(first).toMatch(/\d+ texts name them still/);
    expect(first).toContain('KPI results: KHS-02@2009/10 M06');
    const { name: pseudonym, email, erased } = await person(name);
    expect([email, erased?.reason]).toEqual(['', 'Request for erasure 12']);
    expect(wordsOf(await press('erase-person', data))).toBe(first);
    expect(wordsOf(await bot.say(sam, `erase ${pseudonym}`))).toContain('KPI results: KHS-02@2009/10 M06');
    expect(await erasures()).toEqual([expect.objectContaining({ by: idOf(sam), via: 'teams' })]);
    expect(JSON.stringify(await bot.store.list(year, 'kpi-update'))).toBe(figures);
  });

  test('two presses at once are one erasure', async () => {
    const data = { person: idOf(name), ...sure };
    const both = await Promise.all([press('erase-person', data), press('erase-person', data)]);
    for (const said of both) expect(wordsOf(said)).toMatch(/✔ They are “Former officer|is not erased yet/);
    expect(wordsOf(await press('erase', data))).toContain('✔ They are “Former officer');
    expect(await erasures()).toHaveLength(1);
  });

  test('a hold stops it: the card says which, offers no way, and a press of an old card erases nobody', async () => {
    const form = pressesOf(await press('hold-form')).find(({ verb }) => verb === 'add-hold')!.data;
    await press('add-hold', { ...form, on: 'plan', plan: 'KHS', reason: 'The Ombudsman looks into it.' });
    const said = await bot.say(sam, `erase ${name}`);
    expect(wordsOf(said)).toContain('⚠ A hold stops this. Nothing was erased.');
    expect(wordsOf(said)).toContain('On the plan Kent Highway Services: The Ombudsman looks into it.');
    expect(pressesOf(said).some(({ verb }) => verb === 'erase-person')).toBe(false);
    expect(wordsOf(await press('erase-person', { person: idOf(name), ...sure }))).toContain(
      'A hold stops this',
    );
    expect((await person(name)).name).toBe(name);
  });

  test('their address is in no file of the store any more, while the bot still runs', async () => {
    const holds = (file: string) =>
      existsSync(file) && readFileSync(file).includes('priya.raman@kent.example');
    const files = [bot.file, `${bot.file}-wal`];
    expect(files.some(holds)).toBe(true);
    await press('erase-person', { person: idOf(name), ...sure });
    expect(files.filter(holds)).toEqual([]);
  });

  test('one that was cut off is shown as such, and goes on by a press', async () => {
    await press('erase-person', { person: idOf(name), ...sure });
    const { version, data } = (await bot.store.read(council, 'person', idOf(name)))!;
    const erasing = { name, email: 'priya.raman@kent.example', conversation: null };
    const cutOff = { ...data, erasing };
    await bot.store.write(council, [
      { change: 'replace', kind: 'person', id: data.id, version, data: cutOff },
    ]);
    const said = await press('erase', { person: data.id });
    expect(wordsOf(said)).toContain('is not erased yet');
    const goOn = pressesOf(said).find(({ verb }) => verb === 'erase-person')!;
    const done = wordsOf(await press('erase-person', goOn.data));
    expect(done).toContain('✔ They are “Former officer');
    expect(done).toContain('how many documents were removed can’t be told');
    expect((await person(name)).erasing).toBeUndefined();
  });

  test('an officer who means themselves is sent to another', async () => {
    const said = await press('erase-person', { person: idOf(sam), ...sure });
    expect(wordsOf(said)).toContain('Ask another performance officer');
    expect((await person(sam)).name).toBe(sam);
  });
});

test('held about NAME counts what is written on the command line, and shows none of it', async () => {
  await writeAboutHerself();
  const said = wordsOf(await bot.say(sam, `held about ${name}`));
  const { documents } = await findHeld(deps(), await open(), name);
  expect(said).toContain(`${documents.length} documents tell of them.`);
  const results = documents.filter(({ kind }) => kind === 'kpi-update').length;
  expect(said).toContain(`KPI results: ${results}`);
  expect(said).toContain('Kept: the published figure, its explanation and who gave it.');
  expect(said).toContain('planwatch held-about');
  expect(said).not.toMatch(/about the cables/);
});

describe('retention', () => {
  test('says for how long things are kept, and that nothing goes', async () => {
    const said = wordsOf(await bot.say(sam, 'retention'));
    expect(said).toContain('every year is kept');
    expect(said).toContain('Nothing has been kept longer than that.');
  });

  test('shows by year what the command line says would go, and removes nothing', async () => {
    const settings = (await bot.store.read(year, 'settings', 'settings'))!;
    const stored = (await bot.store.read(council, 'council', 'council'))!;
    const kept = { ...settings.data, retention: { years: 3 } };
    await bot.store.write(year, [
      { change: 'replace', kind: 'settings', id: 'settings', version: settings.version, data: kept },
    ]);
    const years = ['2001/02', ...stored.data.years];
    await bot.store.write(council, [
      {
        change: 'replace',
        kind: 'council',
        id: 'council',
        version: stored.version,
        data: { ...stored.data, years },
      },
    ]);
    const old = { tenant: kentTenant, year: '2001/02' };
    const plan = (await bot.store.read(year, 'plan', 'KHS'))!.data;
    await bot.store.write(old, [{ change: 'create', kind: 'plan', id: 'KHS', data: plan }]);
    const said = wordsOf(await bot.say(sam, 'retention'));
    const { past } = await applyRetention(deps(), await open(), { dryRun: true });
    expect(past).toContainEqual({ year: '2001/02', kind: 'plan', documents: 1 });
    expect(said).toContain('2001/02: 1 document');
    expect(said).toContain('plans 1');
    expect(await bot.store.read(old, 'plan', 'KHS')).not.toBeNull();
  });
});
