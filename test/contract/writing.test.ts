import { UnreadableDocument, type WriteResult } from '../../src/store/store.ts';
import { createPlan, plan, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

async function versions(writing: Promise<WriteResult>): Promise<(string | null)[]> {
  const result = await writing;
  return result.ok ? result.versions : [];
}

onEveryStore((current) => {
  it('reads back what was written', async () => {
    const { store } = current();
    const year = someYear();
    const written = await store.write(year, [createPlan('KHS')]);
    const read = await store.read(year, 'plan', 'KHS');
    expect(written).toEqual({ ok: true, versions: [read!.version] });
    expect(read).toEqual({
      partition: year,
      kind: 'plan',
      id: 'KHS',
      version: read!.version,
      data: plan('KHS'),
    });
  });

  it('gives null for a document that is not there', async () => {
    expect(await current().store.read(someYear(), 'plan', 'KHS')).toBeNull();
  });

  it('creates only when there is none, and hands over the one there is', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [createPlan('KHS')]);
    const there = await store.read(year, 'plan', 'KHS');
    const again = await store.write(year, [createPlan('KHS', { title: 'Another' })]);
    expect(again).toEqual({ ok: false, conflict: 'exists', at: 0, current: there });
  });

  it('replaces at the version that was read, and gives it a new one', async () => {
    const { store } = current();
    const year = someYear();
    const [first] = await versions(store.write(year, [createPlan('KHS')]));
    const data = plan('KHS', { title: 'Highways' });
    const [second] = await versions(
      store.write(year, [{ change: 'replace', kind: 'plan', id: 'KHS', version: first!, data }]),
    );
    expect(second).not.toBe(first);
    expect(await store.read(year, 'plan', 'KHS')).toMatchObject({ version: second, data });
  });

  it('refuses a stale replacement and removal with the newer value in hand', async () => {
    const { store } = current();
    const year = someYear();
    const [first] = await versions(store.write(year, [createPlan('KHS')]));
    const newer = plan('KHS', { title: 'Newer' });
    const stale = { change: 'replace', kind: 'plan', id: 'KHS', version: first! } as const;
    const [second] = await versions(store.write(year, [{ ...stale, data: newer }]));
    const there = { partition: year, kind: 'plan', id: 'KHS', version: second, data: newer };
    const refused = { ok: false, conflict: 'stale', at: 0, current: there };
    expect(await store.write(year, [{ ...stale, data: plan('KHS') }])).toEqual(refused);
    const removal = { change: 'remove', kind: 'plan', id: 'KHS', version: first! } as const;
    expect(await store.write(year, [removal])).toEqual(refused);
    expect(await store.read(year, 'plan', 'KHS')).toEqual(there);
  });

  it('says that a document to be replaced or removed is missing', async () => {
    const { store } = current();
    const year = someYear();
    const missing = { ok: false, conflict: 'missing', at: 0, current: null };
    const replacement = {
      change: 'replace',
      kind: 'plan',
      id: 'KHS',
      version: '1',
      data: plan('KHS'),
    } as const;
    expect(await store.write(year, [replacement])).toEqual(missing);
    expect(await store.write(year, [{ change: 'remove', kind: 'plan', id: 'KHS', version: '1' }])).toEqual(
      missing,
    );
  });

  it('removes a document, and never takes the one made anew for the old one', async () => {
    const { store } = current();
    const year = someYear();
    const [first] = await versions(store.write(year, [createPlan('KHS')]));
    const removal = { change: 'remove', kind: 'plan', id: 'KHS', version: first! } as const;
    expect(await store.write(year, [removal])).toEqual({ ok: true, versions: [null] });
    expect(await store.read(year, 'plan', 'KHS')).toBeNull();
    await store.write(year, [createPlan('KHS')]);
    expect(await store.write(year, [removal])).toMatchObject({ ok: false, conflict: 'stale' });
  });

  it('leaves no trace of a batch whose last change fails', async () => {
    const { store } = current();
    const year = someYear();
    await store.write(year, [createPlan('A'), createPlan('B'), createPlan('C')]);
    const before = await store.list(year, 'plan');
    const [a, b] = before;
    const refused = await store.write(year, [
      createPlan('D'),
      {
        change: 'replace',
        kind: 'plan',
        id: 'A',
        version: a!.version,
        data: plan('A', { title: 'Changed' }),
      },
      { change: 'remove', kind: 'plan', id: 'B', version: b!.version },
      createPlan('C'),
    ]);
    expect(refused).toMatchObject({ ok: false, conflict: 'exists', at: 3, current: { id: 'C' } });
    expect(await store.list(year, 'plan')).toEqual(before);
    // The documents of the failed batch are still at the versions they were read at.
    const changes = [{ change: 'remove', kind: 'plan', id: 'B', version: b!.version } as const];
    expect(await store.write(year, changes)).toMatchObject({ ok: true });
  });

  it('refuses a batch that makes the same document twice', async () => {
    const { store } = current();
    const year = someYear();
    const refused = await store.write(year, [createPlan('A'), createPlan('A')]);
    expect(refused).toEqual({ ok: false, conflict: 'exists', at: 1, current: null });
    expect(await store.list(year, 'plan')).toEqual([]);
  });

  it('lets one of many who replace the same version through, and tells the others', async () => {
    const { store } = current();
    const year = someYear();
    const [version] = await versions(store.write(year, [createPlan('KHS')]));
    const attempts = Array.from({ length: 20 }, (_, i) =>
      store.write(year, [
        createPlan(`side effect ${i}`),
        {
          change: 'replace',
          kind: 'plan',
          id: 'KHS',
          version: version!,
          data: plan('KHS', { title: `${i}` }),
        },
      ]),
    );
    const results = await Promise.all(attempts);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const kept = await store.read(year, 'plan', 'KHS');
    for (const result of results) {
      if (!result.ok) expect(result).toMatchObject({ conflict: 'stale', at: 1, current: kept! });
    }
    expect(await store.list(year, 'plan')).toHaveLength(2);
  });

  it('takes an empty batch as done', async () => {
    expect(await current().store.write(someYear(), [])).toEqual({ ok: true, versions: [] });
  });

  it('refuses data that could not be read back, before anything is written', async () => {
    const { store } = current();
    const year = someYear();
    const faulty = { ...plan('B'), tier: 'borough' as 'service' };
    const changes = [createPlan('A'), { change: 'create', kind: 'plan', id: 'B', data: faulty } as const];
    await expect(store.write(year, changes)).rejects.toThrow(UnreadableDocument);
    expect(await store.list(year, 'plan')).toEqual([]);
  });

  it('does not let a caller change what others read', async () => {
    const { store } = current();
    const year = someYear();
    const data = plan('KHS');
    await store.write(year, [{ change: 'create', kind: 'plan', id: 'KHS', data }]);
    data.units.push('Changed after the write');
    const read = await store.read(year, 'plan', 'KHS');
    expect(() => read!.data.units.push('Changed after the read')).toThrow(TypeError);
    expect((await store.read(year, 'plan', 'KHS'))!.data).toEqual(plan('KHS'));
  });
});
