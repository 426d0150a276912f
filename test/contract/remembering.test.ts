import { createRecentCache } from '../../src/store/recent-cache.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { createPlan, someYear } from './sample-documents.ts';

describe('what the store remembers', () => {
  it('never weighs more than its limit, and what is in use stays', () => {
    const cache = createRecentCache<number>(100);
    cache.set('in use', -1, 1);
    for (let i = 0; i < 10_000; i += 1) {
      cache.set(`${i}`, i, 1 + (i % 3));
      expect(cache.get('in use')).toBe(-1);
    }
    let weight = 0;
    for (let i = 0; i < 10_000; i += 1) if (cache.get(`${i}`) !== undefined) weight += 1 + (i % 3);
    expect(weight).toBeLessThanOrEqual(100);
    expect(weight).toBeGreaterThan(30);
  });

  it('keeps nothing that is heavier than its share', () => {
    const cache = createRecentCache<string>(100);
    cache.set('large', 'old', 10);
    cache.set('large', 'new', 90);
    expect(cache.get('large')).toBeUndefined();
  });

  it('gives the right answers with next to no room', async () => {
    const store = openSqliteStore({ file: ':memory:', cacheSize: 1_000 });
    const year = someYear();
    for (let i = 100; i < 150; i += 1) await store.write(year, [createPlan(`${i}`, { parent: `${i % 2}` })]);
    for (let round = 0; round < 2; round += 1) {
      expect(await store.list(year, 'plan')).toHaveLength(50);
      expect(await store.list(year, 'plan', { parent: '1' })).toHaveLength(25);
    }
    const { version } = (await store.read(year, 'plan', '101'))!;
    await store.list(year, 'plan', { parent: '1' });
    await store.write(year, [{ change: 'remove', kind: 'plan', id: '101', version }]);
    expect(await store.list(year, 'plan', { parent: '1' })).toHaveLength(24);
    await store.close();
  });
});
