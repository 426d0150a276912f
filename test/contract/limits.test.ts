import type { Change } from '../../src/store/store.ts';
import { BatchTooLarge } from '../../src/store/store.ts';
import { createPlan, page, someYear } from './sample-documents.ts';
import { onEveryStore } from './store-under-test.ts';

const plans = (count: number) => Array.from({ length: count }, (_, i) => createPlan(`plan ${i}`));
const large = (id: string, characters: number, character = 'x'): Change => ({
  change: 'create',
  kind: 'digest-page',
  id,
  data: page('digest', 1, character.repeat(characters)),
});

onEveryStore((current) => {
  it('writes 100 changes at once and refuses 101', async () => {
    const { store } = current();
    const year = someYear();
    const refused = store.write(year, plans(101));
    await expect(refused).rejects.toThrow(BatchTooLarge);
    await expect(refused).rejects.toThrow('101 changes were to be written at once; at most 100 can be');
    expect(await store.list(year, 'plan')).toEqual([]);
    expect(await store.write(year, plans(100))).toMatchObject({ ok: true });
  });

  it('writes 2 MB less what surrounds it and refuses more', async () => {
    const { store } = current();
    const year = someYear();
    const refused = store.write(year, [large('a', 1_000_000), large('b', 1_000_000)]);
    await expect(refused).rejects.toThrow(/^\d{7} bytes were to be written at once; at most 2000000 can be$/);
    expect(await store.list(year, 'digest-page')).toEqual([]);
    expect(await store.write(year, [large('a', 999_000), large('b', 999_000)])).toMatchObject({ ok: true });
  });

  it('counts bytes, not characters', async () => {
    const { store } = current();
    await expect(store.write(someYear(), [large('a', 700_000, '€')])).rejects.toMatchObject({
      code: 'batch-too-large',
    });
    expect(await store.write(someYear(), [large('a', 600_000, '€')])).toMatchObject({ ok: true });
  });
});
