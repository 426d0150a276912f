import { openCosmosStore } from '../../src/store/cosmos.ts';
import type { Store } from '../../src/store/store.ts';
import { type CosmosEmulator, startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { createPlan, plan, someYear } from './sample-documents.ts';

let emulator: CosmosEmulator;
let store: Store;
beforeAll(async () => {
  emulator = await startCosmosEmulator();
  store = await openCosmosStore({ endpoint: emulator.endpoint, key: emulator.key, database: 'planwatch' });
});
afterAll(async () => {
  await store.close();
  await emulator.close();
});

describe('Cosmos DB', () => {
  it('knows its own batch again when the answer was lost on the way', async () => {
    const year = someYear();
    await store.write(year, [createPlan('A'), createPlan('B')]);
    const [a, b] = await store.list(year, 'plan');
    emulator.loseAnswers(1);
    const written = await store.write(year, [
      { change: 'remove', kind: 'plan', id: 'B', version: b!.version },
      { change: 'replace', kind: 'plan', id: 'A', version: a!.version, data: plan('A', { title: 'New' }) },
      createPlan('C'),
    ]);
    const [newA, c] = await store.list(year, 'plan');
    expect(written).toEqual({ ok: true, versions: [null, newA!.version, c!.version] });
    expect(newA!.data.title).toBe('New');
    expect(await store.read(year, 'plan', 'B')).toBeNull();
  });

  it('knows a batch again by its first change, too, and what others have made of it since', async () => {
    const year = someYear();
    emulator.loseAnswers(1);
    const writing = store.write(year, [createPlan('A'), createPlan('B')]);
    let a = await store.read(year, 'plan', 'A');
    while (!a) a = await store.read(year, 'plan', 'A');
    const b = await store.read(year, 'plan', 'B');
    const data = plan('B', { title: 'By another' });
    await store.write(year, [{ change: 'replace', kind: 'plan', id: 'B', version: b!.version, data }]);
    const written = await writing;
    expect(written).toMatchObject({ ok: true, versions: [a.version, expect.any(String)] });
    const newer = await store.read(year, 'plan', 'B');
    expect(newer!.data).toEqual(data);
    expect(written.ok && written.versions).not.toContain(newer!.version);
  });

  it("takes nobody else's document for its own", async () => {
    const year = someYear();
    await store.write(year, [createPlan('A')]);
    emulator.loseAnswers(1);
    expect(await store.write(year, [createPlan('A')])).toMatchObject({ ok: false, conflict: 'exists' });
  });

  it('tries again while it is throttled', async () => {
    const year = someYear();
    emulator.throttle(4);
    expect(await store.write(year, [createPlan('A')])).toMatchObject({ ok: true });
    emulator.throttle(4);
    expect(await store.read(year, 'plan', 'A')).not.toBeNull();
    emulator.throttle(4);
    expect(await store.list(year, 'plan')).toHaveLength(1);
  });

  it('gives up on throttling sooner than Teams gives up on the bot', async () => {
    const started = performance.now();
    emulator.throttle(10_000);
    await expect(store.write(someYear(), [createPlan('A')])).rejects.toThrow('429');
    emulator.throttle(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('tells what each request cost, also one that was throttled or found nothing', async () => {
    const { endpoint, key } = emulator;
    const charged: [string, number][] = [];
    const onCharge = (operation: string, units: number) => void charged.push([operation, units]);
    const watched = await openCosmosStore({ endpoint, key, database: 'planwatch', onCharge });
    charged.splice(0);
    emulator.throttle(2);
    expect(await watched.read(someYear(), 'plan', 'absent')).toBeNull();
    expect(charged).toEqual(Array(3).fill(['read', 1]));
    await watched.close();
  });

  it('finds what an earlier instance has made', async () => {
    const year = someYear();
    await store.write(year, [createPlan('A')]);
    const settings = { endpoint: emulator.endpoint, key: emulator.key, database: 'planwatch' };
    const later = await openCosmosStore(settings);
    expect(await later.read(year, 'plan', 'A')).toMatchObject({ data: plan('A') });
    await later.close();
  });
});
