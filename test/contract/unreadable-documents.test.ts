import { UnreadableDocument } from '../../src/store/store.ts';
import { createPlan, plan, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

onEveryStore((current) => {
  const cases: [string, unknown, number, RegExp][] = [
    [
      'of a newer version',
      plan('KHS'),
      2,
      /plan "KHS" was written by a newer version of Planwatch \(schema 2/,
    ],
    [
      'with a wrong value',
      { ...plan('KHS'), tier: 'borough' },
      1,
      /plan "KHS" is not as a plan must be\. tier: /,
    ],
    ['with a field missing', { ref: 'KHS' }, 1, /title: /],
    ['without data', null, 1, /plan "KHS" is not as a plan must be/],
  ];

  it.each(cases)('refuses to guess at a document %s', async (_what, data, schema, message) => {
    const { store, plant } = current();
    const year = someYear();
    await store.write(year, [createPlan('A')]);
    await plant(year, { kind: 'plan', id: 'KHS', schema, data });
    await expect(store.read(year, 'plan', 'KHS')).rejects.toThrow(message);
    await expect(store.read(year, 'plan', 'KHS')).rejects.toThrow(UnreadableDocument);
    await expect(store.list(year, 'plan')).rejects.toThrow(UnreadableDocument);
    await expect(store.write(year, [createPlan('KHS')])).rejects.toMatchObject({
      code: 'unreadable-document',
    });
    expect(await store.read(year, 'plan', 'A')).toMatchObject({ data: plan('A') });
  });

  it('lets a document that it cannot read spoil no write beside it', async () => {
    const { store, plant } = current();
    const year = someYear();
    await plant(year, { kind: 'plan', id: 'KHS', schema: 99, data: {} });
    const [spoilt, good] = await Promise.allSettled([
      store.write(year, [createPlan('A'), createPlan('KHS')]),
      store.write(year, [createPlan('B')]),
    ]);
    expect(spoilt.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(await store.read(year, 'plan', 'A')).toBeNull();
    expect(await store.read(year, 'plan', 'B')).not.toBeNull();
  });
});
