import type { Change, Store } from '../../src/store/store.ts';
import { createMergedWrites } from '../../src/worker/merged-writes.ts';
import { createPlan, someYear } from '../contract/sample-documents.ts';
import { onEveryStore } from '../contract/store-under-test.ts';

/** The store, with every batch that is written to it. */
function counting(store: Store) {
  const batches: string[][] = [];
  const write: Store['write'] = (partition, changes) => {
    batches.push(changes.map(({ id }) => id));
    return store.write(partition, changes);
  };
  return { store: { ...store, write }, batches };
}

onEveryStore((current) => {
  it('what is handed in at the same moment is one batch, and each is told its version', async () => {
    const { store, batches } = counting(current().store);
    const writes = createMergedWrites(store);
    const year = someYear('2001/02');
    const ids = Array.from({ length: 130 }, (_, at) => `plan-${String(at).padStart(3, '0')}`);
    const kept = await Promise.all(ids.map((id) => writes.add(year, createPlan(id))));
    expect(batches.map(({ length }) => length)).toEqual([100, 30]);
    const stored = await current().store.list(year, 'plan');
    expect(kept).toEqual(stored.map(({ version }) => ({ ok: true, version })));
  });

  it.each([1, 3, 20])('%i conflicts in a batch lose no other change of it', async (conflicts) => {
    const year = someYear(`20${10 + conflicts}/11`);
    const taken = Array.from({ length: conflicts }, (_, at) => `plan-${at * 2}`);
    for (const id of taken) await current().store.write(year, [createPlan(id)]);
    const { store, batches } = counting(current().store);
    const writes = createMergedWrites(store);
    const ids = Array.from({ length: 40 }, (_, at) => `plan-${at}`);
    const kept = await Promise.all(ids.map((id) => writes.add(year, createPlan(id))));
    const lost = ids.filter((_, at) => !kept[at]!.ok);
    expect(lost).toEqual(taken);
    expect(await current().store.list(year, 'plan')).toHaveLength(40);
    expect(batches.length).toBeLessThanOrEqual(45);
  });

  it('what comes while a batch is on its way follows it, and partitions don’t mix', async () => {
    const { store, batches } = counting(current().store);
    const writes = createMergedWrites(store);
    const [one, other] = [someYear('2003/04'), someYear('2004/05')];
    const first = writes.add(one, createPlan('A'));
    const beside = writes.add(other, createPlan('B'));
    await new Promise((resolve) => setImmediate(resolve));
    const second = writes.add(one, createPlan('C'));
    const third = writes.add(one, createPlan('D'));
    await Promise.all([first, beside, second, third]);
    expect(batches.map((ids) => ids.join()).sort()).toEqual(['A', 'B', 'C,D']);
  });
});

it('a store that fails is told to all who wait for it, and the next are written', async () => {
  let broken = true;
  const written: Change[] = [];
  const store = {
    write: async (_partition: object, changes: Change[]) => {
      if (broken) throw new Error('the disk is gone');
      written.push(...changes);
      return { ok: true as const, versions: changes.map(() => 'v') };
    },
  };
  const writes = createMergedWrites(store as unknown as Store);
  const year = someYear();
  const failed = await Promise.allSettled(['A', 'B'].map((id) => writes.add(year, createPlan(id))));
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await writes.add(year, createPlan('C'))).toEqual({ ok: true, version: 'v' });
  expect(written.map(({ id }) => id)).toEqual(['C']);
});
