import fc from 'fast-check';
import { createDeduplicator } from '../../src/teams/deduplicate.ts';

let now = 0;
const remembering = (capacity = 10, room = Infinity) =>
  createDeduplicator<number>({ capacity, room, sizeOf: (answer) => answer, longest: 1000, clock: () => now });

test('the first is run, its repeats get its answer, even while it still runs', async () => {
  const deduplicator = remembering();
  let runs = 0;
  const { promise, resolve } = Promise.withResolvers<number>();
  const work = () => {
    runs += 1;
    return promise;
  };
  const answers = [deduplicator.once('a', work), deduplicator.once('a', work)];
  resolve(7);
  expect(await Promise.all([...answers, deduplicator.once('a', work)])).toEqual([7, 7, 7]);
  expect(runs).toBe(1);
});

test('a failure is not kept, so that what is sent again is tried again', async () => {
  const deduplicator = remembering();
  await expect(deduplicator.once('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await deduplicator.once('a', async () => 1)).toBe(1);
});

test('an answer is forgotten when it is old, and no younger one with it', async () => {
  const deduplicator = remembering();
  let runs = 0;
  const ask = (key: string) => deduplicator.once(key, async () => ++runs);
  expect([await ask('a'), await ask('a')]).toEqual([1, 1]);
  now += 600;
  expect([await ask('b'), await ask('a')]).toEqual([2, 1]);
  now += 600;
  expect([await ask('a'), await ask('b')]).toEqual([3, 2]);
});

test('it remembers the newest, never more than it may', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 8 }), async (keys, capacity) => {
      const deduplicator = remembering(capacity);
      const kept: number[] = [];
      let runs = 0;
      let expected = 0;
      for (const key of keys) {
        if (!kept.includes(key)) {
          expected += 1;
          kept.push(key);
          if (kept.length > capacity) kept.shift();
        }
        await deduplicator.once(String(key), async () => ++runs);
      }
      expect(runs).toBe(expected);
    }),
  );
});

test('it remembers the newest that have room together, and nothing that has none by itself', async () => {
  const sizes = fc.array(fc.record({ key: fc.nat(5), size: fc.nat(120) }));
  await fc.assert(
    fc.asyncProperty(sizes, async (asked) => {
      const room = 100;
      const deduplicator = remembering(1000, room);
      let kept: { key: number; size: number }[] = [];
      for (const { key, size } of asked) {
        const known = kept.find((each) => each.key === key);
        expect(await deduplicator.once(String(key), async () => size)).toBe(known ? known.size : size);
        if (known) continue;
        kept.push({ key, size });
        const held = () => kept.reduce((sum, each) => sum + each.size, 0);
        while (held() > room) kept = kept.slice(1);
      }
    }),
  );
});

test('what failed takes no room', async () => {
  const deduplicator = remembering(10, 100);
  const ask = (key: string, size: number) => deduplicator.once(key, async () => size);
  await ask('a', 60);
  for (const key of ['b', 'c'])
    await deduplicator.once(key, () => Promise.reject(new Error('down'))).catch(() => {});
  await ask('d', 40);
  expect([await ask('a', 1), await ask('d', 1)]).toEqual([60, 40]);
});
