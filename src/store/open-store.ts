import type { StoreConfig } from '../config.ts';
import type { OnCharge } from './cosmos/container.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store, UnreadableDocument } from './store.ts';

/**
 * Opens the store that the configuration names, making what isn't there yet. `onUnreadable` is told of due documents
 * that were passed over because they can't be read; `onCharge` of the request units that Cosmos DB charges, whose SDK
 * is only loaded when it is used.
 */
export async function openStore(
  config: StoreConfig,
  {
    onUnreadable,
    onCharge,
  }: { onUnreadable?: (error: UnreadableDocument) => void; onCharge?: OnCharge } = {},
): Promise<Store> {
  if (config.kind === 'sqlite') return openSqliteStore({ file: config.file, onUnreadable });
  const { openCosmosStore } = await import('./cosmos.ts');
  return openCosmosStore({ ...config, onUnreadable, onCharge });
}
