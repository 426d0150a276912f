import type { Change, Partition, Store } from '../../src/store/store.ts';
import { giveInTeams } from './correction.ts';
import { changed } from './council-folder.ts';
import { everything, load, newStore, ofCouncil, tenant, updateIn, year } from './loading.ts';

/** The store, with something happening before its nth write. */
const before = (
  store: Store,
  nth: number,
  happen: (partition: Partition, changes: Change[]) => Promise<void>,
): Store => {
  let writes = 0;
  return {
    ...store,
    write: async (partition, changes) => {
      writes += 1;
      if (writes === nth) await happen(partition, changes);
      return store.write(partition, changes);
    },
  };
};

const shapeOf = async (store: Store) =>
  [...(await everything(store))].map(([name, { data }]) => [name, data]);

test('an import that is stopped anywhere isn’t seen until it is run again, and then it is whole', async () => {
  const whole = newStore();
  await load(whole);
  const expected = await shapeOf(whole);
  let stopped = true;
  for (let nth = 1; stopped; nth++) {
    const store = newStore();
    const failing = before(store, nth, async () => {
      throw new Error('the machine stops');
    });
    stopped = await load(failing).then(
      () => false,
      () => true,
    );
    if (stopped) {
      expect(await store.read(ofCouncil, 'council', 'council')).toBeNull();
      expect(await store.tenants()).toEqual([]);
    }
    await load(store);
    expect(await shapeOf(store)).toEqual(expected);
    await store.close();
  }
  await whole.close();
});

test('a figure that is given in Teams while the folder is loaded is kept, and so is what the folder changes', async () => {
  const store = newStore();
  await load(store);
  const busy = before(store, 1, () => giveInTeams(store, 'CARE-01@2009/10 Q2', '72'));
  await load(busy, changed('kpi_updates.csv', ['61.54', '62'], ['1600', '1601']));
  expect(await updateIn(store, 'CARE-01@2009/10 Q2')).toMatchObject({ revision: 3, result: '62' });
  const given = await store.read(year, 'kpi-update-revision', 'CARE-01@2009/10 Q2#2');
  expect(given?.data).toMatchObject({ result: '72', source: 'form' });
  expect(await updateIn(store, 'HWY-03@2009/10 Q2')).toMatchObject({ revision: 2, result: '1601' });
  await store.close();
});

test('an import gives up with a sentence when the same documents never come to rest', async () => {
  const store = newStore();
  await load(store);
  const never: Store = {
    ...store,
    write: async () => ({ ok: false, conflict: 'stale', at: 0, current: null }),
  };
  await expect(load(never, changed('plans.csv', ['Adult Care', 'Care']))).rejects.toMatchObject({
    code: 'busy',
    sentence: expect.stringMatching(/run the import again/),
  });
  await store.close();
});

test('a council of 2,000 KPIs and 24,000 results is loaded in batches that the store takes, and again in no time', async () => {
  const kpis = ['ref,plan,title,unit,polarity,frequency,target'];
  const updates = ['kpi,period,result,commentary,submitted_at'];
  for (let kpi = 0; kpi < 2000; kpi++) {
    kpis.push(`K${kpi},${kpi % 2 ? 'HWY' : 'CARE'},KPI ${kpi},number,higher,monthly,50`);
    for (let month = 1; month <= 12; month++) {
      const year = month <= 7 ? '2009/10' : '2008/09';
      updates.push(
        `K${kpi},${year} M${String(month).padStart(2, '0')},${40 + (kpi % 20)},"Text, as usual",2009-11-10`,
      );
    }
  }
  const files = {
    'kpis.csv': kpis.join('\n'),
    'kpi_updates.csv': updates.join('\n'),
    'kpi_targets.csv': null,
  };
  const store = newStore();
  const started = performance.now();
  const first = await load(store, files);
  const seconds = (performance.now() - started) / 1000;
  expect(first.tally.get('kpi-update')?.get('created')).toBe(24_000);
  expect(await store.list({ tenant, year: '2009/10' }, 'kpi-update')).toHaveLength(14_000);
  expect(await load(store, files)).toMatchObject({ changed: false });
  expect(seconds).toBeLessThan(25);
  await store.close();
});
