import type { Store } from '../store/store.ts';

/** Runs one call of the store and measures it; `failed` is an error's, `conflict` a write's that others came before. */
export type MeasureCall = <T>(
  operation: string,
  call: () => Promise<T>,
  outcomeOf?: (result: T) => 'ok' | 'conflict',
) => Promise<T>;

/** A store with every call measured. What it gives is the very same, so what is remembered by identity stays so. */
export const watchStore = (store: Store, measure: MeasureCall): Store => ({
  read: (partition, kind, id) => measure('read', () => store.read(partition, kind, id)),
  list: (partition, kind, where) => measure('list', () => store.list(partition, kind, where)),
  write: (partition, changes) =>
    measure(
      'write',
      () => store.write(partition, changes),
      ({ ok }) => (ok ? 'ok' : 'conflict'),
    ),
  duePartitions: (now) => measure('due-partitions', () => store.duePartitions(now)),
  due: (partition, now, limit) => measure('due', () => store.due(partition, now, limit)),
  tenants: () => measure('tenants', () => store.tenants()),
  expunge: () => measure('expunge', () => store.expunge()),
  close: () => store.close(),
});
