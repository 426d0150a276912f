import { giveInTeams } from './correction.ts';
import { added, changed, council, councilWith } from './council-folder.ts';
import { changesSince, everything, lastYear, load, newStore, ofCouncil, updateIn, year } from './loading.ts';

const store = newStore();
let fresh = newStore();
beforeAll(() => load(store));
beforeEach(async () => {
  fresh = newStore();
});
afterEach(() => fresh.close());
afterAll(() => store.close());

describe('people', () => {
  test('keep what the bot knows of them', async () => {
    await load(fresh);
    const [ann] = await fresh.list(ofCouncil, 'person', { name: 'Ann Head' });
    const known = {
      ...ann!.data,
      entraObjectId: '6b1f0d5e-0000-4000-8000-0000000000aa',
      deputy: { person: 'p', from: '2009-11-01', to: '2009-11-30' },
      conversation: { id: 'c', serviceUrl: 'https://smba.trafficmanager.net/uk/' },
    };
    await fresh.write(ofCouncil, [
      { change: 'replace', kind: 'person', id: ann!.id, version: ann!.version, data: known },
    ]);
    await load(
      fresh,
      changed('people.csv', ['Ann Head,head-of-service;manager', 'Ann Head-Hill,head-of-service']),
    );
    expect((await fresh.read(ofCouncil, 'person', ann!.id))?.data).toEqual({
      ...known,
      name: 'Ann Head-Hill',
      roles: ['head-of-service'],
    });
  });

  test('stay the same people when their e-mail address changes and their Entra id doesn’t', async () => {
    await load(fresh);
    const before = await fresh.list(ofCouncil, 'person');
    const marry = (text: string) => text.replaceAll('ben.manager@', 'ben.moore@');
    await load(fresh, Object.fromEntries(Object.entries(council).map(([name, text]) => [name, marry(text)])));
    const after = await fresh.list(ofCouncil, 'person');
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ data }) => data.name === 'Ben Manager')?.data.email).toBe(
      'ben.moore@testshire.example',
    );
  });

  test('get the same ids in every store', async () => {
    await load(fresh);
    const ids = async (from: typeof store) => (await from.list(ofCouncil, 'person')).map(({ id }) => id);
    expect(await ids(fresh)).toEqual(await ids(store));
  });
});

describe('what the folder has no longer', () => {
  const without = {
    ...changed(
      'kpis.csv',
      ['CARE-02,CARE,Satisfaction,target,number,higher,annual,latest,,Top quartile,,,,,,,\n', ''],
      ['HWY-03,HWY,Calls about roads,activity,number,,quarterly,sum,,,,,,,1000,1500,\n', ''],
    ),
    ...changed('kpi_updates.csv', ['HWY-03,2009/10 Q2,1600,,,,,,,,,\n', '']),
    ...changed('engagements.csv', ['survey', 'panel']),
  };

  test('stays, and is listed', async () => {
    await load(fresh);
    const before = await everything(fresh);
    const { leftovers } = await load(fresh, without);
    expect(leftovers.map(({ kind, title, reported }) => [kind, title, reported])).toEqual([
      ['engagement', "Residents' survey", false],
      ['kpi', 'Satisfaction', false],
      ['kpi', 'Calls about roads', true],
    ]);
    expect(await changesSince(fresh, before)).toEqual([expect.stringMatching(/^2009\/10 engagement HWY@/)]);
  });

  test('is removed when that is asked for, except what has been reported on', async () => {
    await load(fresh);
    const { leftovers } = await load(fresh, without, { removeMissing: true });
    expect(leftovers.map(({ id }) => id)).toEqual(['HWY-03']);
    expect(await fresh.read(year, 'kpi', 'CARE-02')).toBeNull();
    expect(await fresh.read(year, 'kpi', 'HWY-03')).not.toBeNull();
    expect(await fresh.list(year, 'engagement')).toHaveLength(1);
  });
});

test('a KPI that moves to another plan takes its results along, those given in Teams too', async () => {
  const results = changed('kpi_updates.csv', ['CARE-01,2009/10 Q2', 'CARE-01,2009/10 Q1']);
  const moved = { ...results, ...changed('kpis.csv', ['CARE-01,CARE', 'CARE-01,ENVD']) };
  await load(fresh, results);
  await giveInTeams(fresh, 'CARE-01@2009/10 Q2', '72');
  expect(await load(fresh, moved)).toMatchObject({ changed: true });
  const updates = await fresh.list(year, 'kpi-update', { kpi: 'CARE-01' });
  expect(updates.map(({ data }) => [data.plan, data.revision, data.source])).toEqual([
    ['ENVD', 1, 'import'],
    ['ENVD', 1, 'form'],
  ]);
  const before = await everything(fresh);
  await load(fresh, moved);
  expect(await changesSince(fresh, before)).toEqual([]);
});

describe('last year', () => {
  const improving = {
    ...changed('kpis.csv', ['70,,relative,,10', '70,,relative-or-improving,,']),
  };

  test('decides whether a result that is short has improved', async () => {
    await load(fresh, improving);
    expect(await updateIn(fresh, 'CARE-01@2009/10 Q2')).toMatchObject({
      rating: { computed: 'red', rule: { lastYear: '66' } },
    });
    const better = newStore();
    await load(better, { ...improving, ...changed('kpi_updates.csv', ['2008/09 Q2,66', '2008/09 Q2,60']) });
    expect(await updateIn(better, 'CARE-01@2009/10 Q2')).toMatchObject({
      rating: { computed: 'amber', rule: { lastYear: '60' } },
    });
    await better.close();
  });

  const ofLastYear = {
    ...councilWith((it) => (it.year = '2008/09')),
    'kpi_targets.csv': null,
    'kpi_updates.csv': 'kpi,period,result,commentary\nCARE-01,2008/09 Q2,66,\nCARE-01,2008/09 Q1,71,Good\n',
    'milestone_updates.csv': null,
  };

  test('has its figures rated once its own plans are loaded', async () => {
    await load(fresh);
    await load(fresh, ofLastYear);
    expect(await updateIn(fresh, 'CARE-01@2008/09 Q2', lastYear)).toMatchObject({
      revision: 2,
      reason: 'Rated by the plan of its own year, which was loaded later',
      rating: { computed: 'amber', rule: { target: '70' } },
    });
    expect((await fresh.read(ofCouncil, 'council', 'council'))?.data.years).toEqual(['2008/09', '2009/10']);
    const before = await everything(fresh);
    await load(fresh, ofLastYear);
    await load(fresh);
    expect(await changesSince(fresh, before)).toEqual([]);
  });

  test('says itself what its figures are, whatever a later folder compares with', async () => {
    await load(fresh, ofLastYear);
    await load(fresh, {
      ...changed('kpi_updates.csv', ['2008/09 Q2,66', '2008/09 Q2,67']),
    });
    expect(await updateIn(fresh, 'CARE-01@2008/09 Q2', lastYear)).toMatchObject({
      result: '66',
      revision: 1,
    });
    await load(fresh, added('kpi_updates.csv', 'CARE-01,2008/09 Q3,60,,,,,,,,,'));
    expect(await updateIn(fresh, 'CARE-01@2008/09 Q3', lastYear)).toMatchObject({
      rating: { computed: 'red' },
    });
  });
});
