import { added, changed, read } from './council-folder.ts';
import { changesSince, everything, load, newStore, updateIn, year } from './loading.ts';

let store = newStore();
beforeEach(() => {
  store = newStore();
});
afterEach(() => store.close());

const again = {
  ...added(
    'kpi_updates.csv',
    'HWY-01,2009/10 Q2,93,,,,,,,,ben.manager@testshire.example,2009-10-15T09:00:00Z',
    'HWY-01,2009/10 Q2,90,,,,,,,,ben.manager@testshire.example,2009-10-05',
  ),
  ...added('milestone_updates.csv', 'HWY-P1-M1,on-track,50,,,,ben.manager@testshire.example,2009-05-10,,,'),
};

test('the newest of several rows for one figure or milestone counts, and the earlier are its history', async () => {
  await load(store, again);
  expect(await updateIn(store, 'HWY-01@2009/10 Q2')).toMatchObject({
    result: '93',
    revision: 3,
    rating: { computed: 'green' },
  });
  const revisions = await Promise.all(
    [1, 2, 3].map((nth) => store.read(year, 'kpi-update-revision', `HWY-01@2009/10 Q2#${nth}`)),
  );
  expect(revisions.map((stored) => stored?.data.result)).toEqual(['90', '91.2', '93']);
  expect(revisions.map((stored) => stored?.data.reason === null)).toEqual([true, false, false]);
  const milestone = await store.read(year, 'milestone-update', 'HWY-P1-M1');
  expect(milestone?.data).toMatchObject({ state: 'complete', revision: 2 });
  const first = await store.read(year, 'milestone-update-revision', 'HWY-P1-M1#1');
  expect(first?.data).toMatchObject({ state: 'on-track', percentComplete: 50 });
});

test('loading such a folder twice changes nothing, and a row added later is one more revision', async () => {
  await load(store, again);
  const before = await everything(store);
  expect((await load(store, again)).changed).toBe(false);
  expect(await changesSince(store, before)).toEqual([]);
  const more = `${again['kpi_updates.csv']}HWY-01,2009/10 Q2,94,,,,,,,,,2009-11-02\n`;
  await load(store, { ...again, 'kpi_updates.csv': more });
  expect(await updateIn(store, 'HWY-01@2009/10 Q2')).toMatchObject({ result: '94', revision: 4 });
});

test('two rows said to be given at one time, or with no time, are a fault of the later', async () => {
  const row = (at: string) => `HWY-01,2009/10 Q2,93,,,,,,,,,${at}`;
  for (const at of ['2009-10-12', '']) {
    const folder = await read(added('kpi_updates.csv', row(at)));
    expect(folder).toMatchObject({ ok: false, faults: [{ row: 9, column: 'period' }] });
  }
  const muddled = await read(changed('kpi_updates.csv', ['HWY-02,2009/10 M06', 'HWY-02,2009/10 M05']));
  expect(muddled).toMatchObject({ ok: false, faults: [{ row: 8, column: 'period' }] });
});
