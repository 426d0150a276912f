import type { Change } from '../../src/store/store.ts';
import { createPlan, page, plan, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

onEveryStore((current) => {
  it('lists every document of a kind in order of id, beyond one page of 1,000', async () => {
    const { store } = current();
    const year = someYear();
    const numbers = Array.from({ length: 2_345 }, (_, i) => i);
    const create = (i: number): Change => ({
      change: 'create',
      kind: 'digest-page',
      id: `page ${i}`,
      data: page(i % 2 ? 'odd' : 'even', 1 + i),
    });
    for (let from = 0; from < numbers.length; from += 100) {
      await store.write(year, numbers.slice(from, from + 100).map(create));
    }
    await store.write(year, [createPlan('KHS')]);
    expect(ids(await store.list(year, 'digest-page'))).toEqual(numbers.map((i) => `page ${i}`).sort());
    expect(await store.list(year, 'digest-page', { digest: 'odd' })).toHaveLength(1_172);
    expect(ids(await store.list(year, 'digest-page', { page: 2_345 }))).toEqual(['page 2344']);
  });

  it('lists what has all the wanted values', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [
      createPlan('A', { directorate: 'EHW', tier: 'service', parent: 'B' }),
      createPlan('B', { directorate: 'EHW', tier: 'division' }),
      createPlan('C', { directorate: 'CFE', tier: 'service', parent: 'B' }),
    ]);
    expect(ids(await store.list(year, 'plan', { directorate: 'EHW' }))).toEqual(['A', 'B']);
    expect(ids(await store.list(year, 'plan', { directorate: 'EHW', tier: 'service' }))).toEqual(['A']);
    expect(ids(await store.list(year, 'plan', { parent: null }))).toEqual(['B']);
    expect(ids(await store.list(year, 'plan', { parent: 'null' }))).toEqual([]);
    expect(ids(await store.list(year, 'plan', {}))).toEqual(['A', 'B', 'C']);
  });

  it('keeps values of different types apart', async () => {
    const { store } = current();
    const year = someYear();
    const kpi = (id: string, core: boolean | null): Change => ({
      change: 'create',
      kind: 'project',
      id,
      data: { ...project, ref: id, capital: core },
    });
    await store.write(year, [kpi('no', false), kpi('not said', null), kpi('yes', true)]);
    expect(ids(await store.list(year, 'project', { capital: true }))).toEqual(['yes']);
    expect(ids(await store.list(year, 'project', { capital: false }))).toEqual(['no']);
    expect(ids(await store.list(year, 'project', { capital: null }))).toEqual(['not said']);
    expect(await store.list(year, 'project', { capital: 1 })).toEqual([]);
    expect(await store.list(year, 'project', { capital: 'true' })).toEqual([]);
  });

  it('refuses a filter that got lost on the way instead of showing everything', async () => {
    const { store } = current();
    const list = store.list(someYear(), 'plan', { directorate: undefined });
    await expect(list).rejects.toThrow('undefined "directorate"');
  });

  it('refuses a filter on what is no field', async () => {
    const { store } = current();
    const hostile = { 'ref"] = "x" OR true --': 'x' } as object;
    await expect(store.list(someYear(), 'plan', hostile)).rejects.toThrow(TypeError);
  });

  it('never shows one council or year to another', async () => {
    const { store } = current();
    const mine = someYear('2009/10');
    const others = [
      { ...mine, year: '2008/09' },
      { ...mine, year: null },
      { tenant: `${mine.tenant}|2009/10`, year: null },
      { tenant: `${mine.tenant}%7C2009/10`, year: null },
      someYear('2009/10'),
    ];
    await store.write(mine, [createPlan('KHS')]);
    for (const other of others) {
      expect(await store.read(other, 'plan', 'KHS')).toBeNull();
      expect(await store.list(other, 'plan')).toEqual([]);
      expect(await store.list(other, 'plan', { ref: 'KHS' })).toEqual([]);
      expect(await store.write(other, [createPlan('KHS', { title: other.tenant })])).toMatchObject({
        ok: true,
      });
    }
    expect((await store.list(mine, 'plan')).map(({ data }) => data)).toEqual([plan('KHS')]);
  });

  it('has no partition of nobody', async () => {
    const { store } = current();
    await expect(store.list({ tenant: '', year: null }, 'plan')).rejects.toThrow('needs a tenant');
  });

  it('gives the same list again until something in it changes', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [
      createPlan('A', { directorate: 'EHW' }),
      createPlan('B', { directorate: 'CFE' }),
    ]);
    const before = await store.list(year, 'plan', { directorate: 'EHW' });
    await store.write(year, [createPlan('C', { directorate: 'CFE' })]);
    expect(await store.list(year, 'plan', { directorate: 'EHW' })).toBe(before);
    await store.write(year, [createPlan('D', { directorate: 'EHW' })]);
    const after = await store.list(year, 'plan', { directorate: 'EHW' });
    expect(ids(after)).toEqual(['A', 'D']);
    expect(after[0]).toBe(before[0]);
    expect(await store.read(year, 'plan', 'A')).toBe(before[0]);
  });

  it('moves a document from one list to another when its data changes', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [createPlan('A', { portfolio: 'one' }), createPlan('B', { portfolio: 'two' })]);
    const listed = async () => ({
      one: ids(await store.list(year, 'plan', { portfolio: 'one' })),
      two: ids(await store.list(year, 'plan', { portfolio: 'two' })),
      all: ids(await store.list(year, 'plan')),
    });
    expect(await listed()).toEqual({ one: ['A'], two: ['B'], all: ['A', 'B'] });
    const { version } = (await store.read(year, 'plan', 'A'))!;
    const data = plan('A', { portfolio: 'two' });
    await store.write(year, [{ change: 'replace', kind: 'plan', id: 'A', version, data }]);
    expect(await listed()).toEqual({ one: [], two: ['A', 'B'], all: ['A', 'B'] });
    const b = (await store.read(year, 'plan', 'B'))!;
    await store.write(year, [{ change: 'remove', kind: 'plan', id: 'B', version: b.version }]);
    expect(await listed()).toEqual({ one: [], two: ['A'], all: ['A'] });
  });

  it('shows what another instance has written at the next read', async () => {
    const { store, another } = current();
    const other = await another();
    const year = someYear();
    expect(await store.list(year, 'plan')).toEqual([]);
    await other.write(year, [createPlan('A')]);
    expect(ids(await store.list(year, 'plan'))).toEqual(['A']);
    const { version } = (await store.read(year, 'plan', 'A'))!;
    const data = plan('A', { title: 'Written by the other' });
    await other.write(year, [{ change: 'replace', kind: 'plan', id: 'A', version, data }]);
    expect((await store.read(year, 'plan', 'A'))!.data.title).toBe('Written by the other');
    expect((await store.list(year, 'plan'))[0]!.data.title).toBe('Written by the other');
  });
});

const project = {
  plan: 'KHS',
  title: 'Street lighting',
  nature: null,
  accountableManager: null,
  outcomes: '',
  start: null,
  due: null,
  strategicPriority: '',
  role: null,
  gatewayReview: '',
  riskRegister: '',
};
