import { join } from 'node:path';
import type { Config } from '../src/config.ts';
import { openStore } from '../src/store/open-store.ts';
import type { Store, Stored } from '../src/store/store.ts';
import { type CosmosEmulator, startCosmosEmulator } from '../test/support/cosmos-emulator.ts';

export type StoreKind = 'sqlite' | 'cosmos';

/** A run's own store: a file in its folder, or a Cosmos DB emulator of its own. */
export type RunStore = {
  store: Store;
  config: Config['store'];
  /** Cosmos: breaks some answers off after the batch was applied, and throttles some requests. */
  disturb(times: number): void;
  close(): Promise<void>;
};

export async function openRunStore(kind: StoreKind, folder: string): Promise<RunStore> {
  const emulator: CosmosEmulator | null = kind === 'cosmos' ? await startCosmosEmulator() : null;
  const config: Config['store'] = emulator
    ? { kind: 'cosmos', endpoint: emulator.endpoint, database: 'chaos', key: emulator.key }
    : { kind: 'sqlite', file: join(folder, 'planwatch.db') };
  const store = await openStore(config);
  return {
    store,
    config,
    disturb(times) {
      emulator?.loseAnswers(times);
      emulator?.throttle(times);
    },
    async close() {
      await store.close();
      await emulator?.close();
    },
  };
}

/** All that is due by now, of the first hundreds. */
export async function dueIn(store: Store, now: string): Promise<Stored[]> {
  const partitions = await store.duePartitions(now);
  return (await Promise.all(partitions.map((each) => store.due(each, now, 200)))).flat();
}
