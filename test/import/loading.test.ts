import { giveInTeams } from './correction.ts';
import { added, changed, councilWith, now } from './council-folder.ts';
import {
  changesSince,
  everything,
  lastYear,
  load,
  newStore,
  ofCouncil,
  tenant,
  updateIn,
  year,
} from './loading.ts';

const store = newStore();
let fresh = newStore();
beforeAll(() => load(store));
beforeEach(async () => {
  fresh = newStore();
});
afterEach(() => fresh.close());
afterAll(() => store.close());

describe('a folder is loaded', () => {
  test('with its council, people and plans, and a rating for each result', async () => {
    expect(await store.tenants()).toEqual([tenant]);
    expect((await store.read(ofCouncil, 'council', 'council'))?.data).toEqual({
      tenantId: tenant,
      name: 'Testshire County Council',
      years: ['2009/10'],
    });
    const updates = await store.list(year, 'kpi-update');
    expect(updates.map(({ id, data }) => [id, data.result, data.rating.computed])).toEqual([
      ['CARE-01@2009/10 Q2', '61.54', 'red'],
      ['HWY-01@2009/10 Q1', '88', 'amber'],
      ['HWY-01@2009/10 Q2', '91.2', 'amber'],
      ['HWY-02@2009/10 M05', null, 'no-data'],
      ['HWY-02@2009/10 M06', '5.2', 'amber'],
      ['HWY-03@2009/10 Q2', '1600', 'above-range'],
    ]);
  });

  test('with the rule that made each rating kept beside it', async () => {
    const update = await updateIn(store, 'HWY-01@2009/10 Q2');
    expect(update).toMatchObject({
      revision: 1,
      reason: null,
      source: 'import',
      rating: { rule: { method: 'floor', target: '92', floor: '87' }, override: null },
    });
    const history = await store.read(year, 'kpi-update-revision', 'HWY-01@2009/10 Q2#1');
    expect(history?.data).toEqual(update);
  });

  test('with last year’s figures in last year, unrated, since no plan of that year says how', async () => {
    expect(await updateIn(store, 'CARE-01@2008/09 Q2', lastYear)).toMatchObject({
      result: '66',
      plan: 'CARE',
      rating: { computed: 'not-rated', rule: null },
    });
    expect(await store.list(lastYear, 'settings')).toEqual([]);
  });

  test('and a figure whose giver didn’t say when counts from the moment of loading', async () => {
    expect((await updateIn(store, 'HWY-03@2009/10 Q2'))?.submittedAt).toBe(now);
  });
});

describe('loading again', () => {
  test('the same folder changes nothing', async () => {
    const before = await everything(store);
    expect(await load(store, {}, {}, '2009-12-24T10:00:00Z')).toMatchObject({ changed: false });
    expect(await changesSince(store, before)).toEqual([]);
  });

  test('a dry run says what would change and changes nothing', async () => {
    const before = await everything(store);
    const files = changed('plans.csv', ['Adult Care', 'Care for Adults']);
    const summary = await load(store, files, { dryRun: true });
    expect(summary).toMatchObject({ changed: true, dryRun: true });
    expect(summary.tally.get('plan')).toEqual(
      new Map([
        ['changed', 1],
        ['unchanged', 2],
      ]),
    );
    expect(await changesSince(store, before)).toEqual([]);
  });

  test.each([
    [changed('plans.csv', ['Adult Care', 'Care for Adults']), ['2009/10 plan CARE']],
    [
      changed('people.csv', ['Cllr Cole', 'Cllr Dr Cole']),
      [expect.stringMatching(/^council person [0-9a-f]{24}$/)],
    ],
    [changed('kpis.csv', ['Reviews done', 'Reviews completed']), ['2009/10 kpi CARE-01']],
    [changed('kpi_targets.csv', ['92,87', '93,87']), ['2009/10 kpi HWY-01']],
    [changed('milestones.csv', ['Depot built', 'Depot opened']), ['2009/10 milestone HWY-P1-M2']],
    [councilWith((it) => (it.trend = 'same-period-last-year')), ['2009/10 settings settings']],
    [
      changed('kpi_updates.csv', ['1600', '1601']),
      ['2009/10 kpi-update HWY-03@2009/10 Q2', '2009/10 kpi-update-revision HWY-03@2009/10 Q2#2'],
    ],
    [
      changed('milestone_updates.csv', ['Market is poor', 'No buyer']),
      ['2009/10 milestone-update HWY-P1-M3', '2009/10 milestone-update-revision HWY-P1-M3#2'],
    ],
  ])('a folder with one changed row changes that document only (%#)', async (files, documents) => {
    await load(fresh);
    const before = await everything(fresh);
    await load(fresh, files);
    expect(await changesSince(fresh, before)).toEqual(documents);
  });

  test('a changed figure keeps the earlier one with the reason, and is rated anew', async () => {
    await load(fresh);
    await load(fresh, changed('kpi_updates.csv', ['61.54', '70']));
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({
      revision: 2,
      result: '70',
      reason: 'Imported figures changed',
      rating: { computed: 'green' },
    });
    const earlier = await fresh.read(year, 'kpi-update-revision', 'CARE-01@2009/10 Q2#1');
    expect(earlier?.data).toMatchObject({ result: '61.54', rating: { computed: 'red' } });
  });
});

describe('what was said in Teams', () => {
  test('is not taken back by loading the same folder again', async () => {
    await load(fresh);
    await giveInTeams(fresh, 'CARE-01@2009/10 Q2', '72');
    const before = await everything(fresh);
    expect(await load(fresh)).toMatchObject({ changed: false });
    expect(await changesSince(fresh, before)).toEqual([]);
  });

  test('gives way to a row that was changed after it was loaded', async () => {
    await load(fresh);
    await giveInTeams(fresh, 'CARE-01@2009/10 Q2', '72');
    await load(fresh, changed('kpi_updates.csv', ['61.54', '71']));
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({
      revision: 3,
      result: '71',
      source: 'import',
    });
  });

  test('stands against a row that was given earlier and is loaded later', async () => {
    await load(fresh, changed('kpi_updates.csv', ['CARE-01,2009/10 Q2,61.54', 'CARE-01,2009/10 Q1,61.54']));
    await giveInTeams(fresh, 'CARE-01@2009/10 Q2', '72');
    const older = changed('kpi_updates.csv', [
      'Agency staff from October,,',
      'Agency staff from October,,2009-10-01',
    ]);
    const summary = await load(fresh, older);
    expect(summary.tally.get('kpi-update')?.get('kept-newer')).toBe(1);
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({ result: '72', source: 'form' });
  });
});

describe('the rules may change after results were rated', () => {
  const stricter = changed('kpis.csv', ['70,,relative,,10', '65,,relative,,10']);

  test('stored ratings keep the rule that made them, and the import says how many', async () => {
    await load(fresh);
    const summary = await load(fresh, stricter);
    expect(summary.tally.get('kpi-update')?.get('kept-rule')).toBe(1);
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({
      revision: 1,
      rating: { computed: 'red', rule: { target: '70' } },
    });
  });

  test('rating again gives them today’s rule, with the reason in the history', async () => {
    await load(fresh);
    await load(fresh, stricter);
    const summary = await load(fresh, stricter, { rerate: 'Target corrected by Cabinet' });
    expect(summary.tally.get('kpi-update')?.get('rated-again')).toBe(1);
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({
      revision: 2,
      result: '61.54',
      reason: 'Target corrected by Cabinet',
      rating: { computed: 'amber', rule: { target: '65' } },
    });
    const before = await everything(fresh);
    expect(await load(fresh, stricter, { rerate: 'Target corrected by Cabinet' })).toMatchObject({
      changed: false,
    });
    expect(await changesSince(fresh, before)).toEqual([]);
  });
});

test('refs as councils print them are loaded, found and corrected', async () => {
  const refs = ['1.1.2.PI', 'NI 192', 'LPI-5a', 'KPI/7', 'LI: 3', 'PI 4, part b', 'O’Hara 1', 'a) & (b)'];
  const rows = refs.map(
    (ref) => `"${ref}",HWY,Title,target,number,higher,quarterly,,ben.manager@testshire.example,9,,,,,,,`,
  );
  const given = refs.map((ref) => `"${ref}",2009/10 Q2,10,,,,,,,,,`);
  const files = { ...added('kpis.csv', ...rows), ...added('kpi_updates.csv', ...given) };
  await load(fresh, files);
  expect((await load(fresh, files)).changed).toBe(false);
  for (const ref of refs) {
    await giveInTeams(fresh, `${ref}@2009/10 Q2`, '12');
    expect(await updateIn(fresh, `${ref}@2009/10 Q2`)).toMatchObject({ result: '12', revision: 2 });
  }
});
