import type { Change, Partition } from '../../src/store/store.ts';
import { page, plan, someYear } from './sample-documents.ts';
import { adapters, type StoreUnderTest } from './store-under-test.ts';

const due = (id: string, dueAt: string | null): Change => ({
  change: 'create',
  kind: 'digest-page',
  id,
  data: page('digest', 1),
  dueAt,
});
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe.each(adapters)('on %s', (_name, open) => {
  let current: StoreUnderTest;
  beforeEach(async () => {
    current = await open();
  });
  afterEach(() => current.close());

  it('finds the councils and years that have due work, and the work of each, earliest first', async () => {
    const { store } = current;
    const [one, other, council] = [someYear(), someYear('2008/09'), someYear(null)];
    await store.write(one, [
      due('third', '2009-10-12T09:00:00Z'),
      due('not yet', '2009-10-12T09:00:00.001Z'),
    ]);
    await store.write(other, [due('first', '2009-10-11T23:59:59.999Z'), due('never', null)]);
    await store.write(council, [due('second', '2009-10-12T00:00:00.000Z')]);
    const now = '2009-10-12T09:00:00.000Z';
    expect(await store.duePartitions(now)).toEqual([other, council, one]);
    expect(ids(await store.due(one, now, 10))).toEqual(['third']);
    expect(ids(await store.due(council, now, 10))).toEqual(['second']);
    const found = await store.due(other, now, 10);
    expect(found).toEqual([await store.read(other, 'digest-page', 'first')]);
    expect(await store.duePartitions('2009-10-11T00:00:00Z')).toEqual([]);
  });

  it('shows every council that has due work, however much an earlier one has', async () => {
    const { store } = current;
    const large = someYear();
    const small = ['dover', 'kent', 'thanet'].map((name) => ({ tenant: name, year: null }));
    for (let batch = 0; batch < 3; batch++) {
      const many = Array.from({ length: 100 }, (_, at) => due(`${batch}-${at}`, '2009-10-12T08:00:00Z'));
      await store.write(large, many);
    }
    for (const council of small) await store.write(council, [due('one', '2009-10-12T09:00:00Z')]);
    const now = '2009-10-12T10:00:00Z';
    const found = await store.duePartitions(now);
    expect(found[0]).toEqual(large);
    expect(
      found
        .slice(1)
        .map(({ tenant }) => tenant)
        .sort(),
    ).toEqual(['dover', 'kent', 'thanet']);
    for (const council of small) expect(ids(await store.due(council, now, 20))).toEqual(['one']);
    expect(await store.due(large, now, 20)).toHaveLength(20);
    expect(await store.due({ tenant: 'nobody', year: null }, now, 20)).toEqual([]);
  });

  it('compares instants, not their spelling', async () => {
    const { store } = current;
    const year = someYear();
    await store.write(year, [due('nine in summer time', '2009-10-12T09:00:00+01:00')]);
    expect(await store.due(year, '2009-10-12T07:59:59Z', 10)).toEqual([]);
    expect(ids(await store.due(year, '2009-10-12T08:00:00Z', 10))).toEqual(['nine in summer time']);
    expect(ids(await store.due(year, '2009-10-12T10:00:00+02:00', 10))).toEqual(['nine in summer time']);
    expect(await store.duePartitions('2009-10-12T07:59:59Z')).toEqual([]);
    expect(await store.duePartitions('2009-10-12T10:00:00+02:00')).toEqual([year]);
  });

  it('gives no more than asked for', async () => {
    const { store } = current;
    const year = someYear();
    const minutes = Array.from({ length: 25 }, (_, i) => `2009-10-12T09:${String(i + 10)}:00.000Z`);
    await store.write(
      year,
      minutes.map((minute) => due(minute, minute)),
    );
    expect(ids(await store.due(year, '2009-10-13T00:00:00Z', 7))).toEqual(minutes.slice(0, 7));
    expect(await store.due(year, '2009-10-13T00:00:00Z', 0)).toEqual([]);
  });

  it('forgets work that is written without a time, moved or removed', async () => {
    const { store } = current;
    const year = someYear();
    const early = '2009-10-12T09:00:00Z';
    await store.write(year, [due('done', early), due('later', early), due('gone', early)]);
    const version = async (id: string) => (await store.read(year, 'digest-page', id))!.version;
    await store.write(year, [
      { ...due('done', null), change: 'replace', version: await version('done') } as Change,
      {
        ...due('later', '2009-10-14T00:00:00Z'),
        change: 'replace',
        version: await version('later'),
      } as Change,
      { change: 'remove', kind: 'digest-page', id: 'gone', version: await version('gone') },
    ]);
    expect(await store.due(year, '2009-10-13T00:00:00Z', 10)).toEqual([]);
    expect(ids(await store.due(year, '2009-10-14T00:00:00Z', 10))).toEqual(['later']);
  });

  it('is not held up by work that it cannot read', async () => {
    const { store, plant, unreadable } = current;
    const year = someYear();
    const dueAt = '2009-10-12T08:00:00.000Z';
    await plant(year, { kind: 'digest-page', id: 'newer', schema: 99, data: {}, dueAt });
    await plant(year, { kind: 'digest-page', id: 'damaged', schema: 1, data: {}, dueAt });
    await store.write(year, [due('good', '2009-10-12T09:00:00Z')]);
    expect(ids(await store.due(year, '2009-10-12T10:00:00Z', 1))).toEqual(['good']);
    expect(unreadable.map(({ message }) => message).sort()).toEqual([
      expect.stringContaining('"damaged"'),
      expect.stringContaining('"newer"'),
    ]);
  });

  it('names the tenants of all councils, once each', async () => {
    const { store } = current;
    const council = ({ tenant }: Partition): Change => ({
      change: 'create',
      kind: 'council',
      id: 'council',
      data: { tenantId: tenant, name: 'Kent County Council', years: ['2009/10'] },
    });
    const [kent, dover] = [someYear(null), { tenant: 'dover | ü', year: null }];
    await store.write(kent, [council(kent)]);
    await store.write(dover, [council(dover)]);
    await store.write(someYear(), [{ change: 'create', kind: 'plan', id: 'KHS', data: plan('KHS') }]);
    expect(await store.tenants()).toEqual([kent.tenant, dover.tenant].sort());
  });
});
