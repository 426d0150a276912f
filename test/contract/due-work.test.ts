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

  it('finds due work of all councils and years, earliest first', async () => {
    const { store } = current;
    const [one, other, council] = [someYear(), someYear('2008/09'), someYear(null)];
    await store.write(one, [
      due('third', '2009-10-12T09:00:00Z'),
      due('not yet', '2009-10-12T09:00:00.001Z'),
    ]);
    await store.write(other, [due('first', '2009-10-11T23:59:59.999Z'), due('never', null)]);
    await store.write(council, [due('second', '2009-10-12T00:00:00.000Z')]);
    const found = await store.due('2009-10-12T09:00:00.000Z', 10);
    expect(ids(found)).toEqual(['first', 'second', 'third']);
    expect(found.map(({ partition }) => partition)).toEqual([other, council, one]);
    const read = await store.read(other, 'digest-page', 'first');
    expect(found[0]).toEqual(read);
  });

  it('compares instants, not their spelling', async () => {
    const { store } = current;
    await store.write(someYear(), [due('nine in summer time', '2009-10-12T09:00:00+01:00')]);
    expect(await store.due('2009-10-12T07:59:59Z', 10)).toEqual([]);
    expect(ids(await store.due('2009-10-12T08:00:00Z', 10))).toEqual(['nine in summer time']);
    expect(ids(await store.due('2009-10-12T10:00:00+02:00', 10))).toEqual(['nine in summer time']);
  });

  it('gives no more than asked for', async () => {
    const { store } = current;
    const year = someYear();
    const minutes = Array.from({ length: 25 }, (_, i) => `2009-10-12T09:${String(i + 10)}:00.000Z`);
    await store.write(
      year,
      minutes.map((minute) => due(minute, minute)),
    );
    expect(ids(await store.due('2009-10-13T00:00:00Z', 7))).toEqual(minutes.slice(0, 7));
    expect(await store.due('2009-10-13T00:00:00Z', 0)).toEqual([]);
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
    expect(await store.due('2009-10-13T00:00:00Z', 10)).toEqual([]);
    expect(ids(await store.due('2009-10-14T00:00:00Z', 10))).toEqual(['later']);
  });

  it('is not held up by work that it cannot read', async () => {
    const { store, plant, unreadable } = current;
    const year = someYear();
    const dueAt = '2009-10-12T08:00:00.000Z';
    await plant(year, { kind: 'digest-page', id: 'newer', schema: 99, data: {}, dueAt });
    await plant(year, { kind: 'digest-page', id: 'damaged', schema: 1, data: {}, dueAt });
    await store.write(year, [due('good', '2009-10-12T09:00:00Z')]);
    expect(ids(await store.due('2009-10-12T10:00:00Z', 1))).toEqual(['good']);
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
