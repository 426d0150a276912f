import { readyBatch } from './batch.ts';
import { type CosmosSettings, createClient, openContainer } from './cosmos/container.ts';
import { type Item, openItem } from './cosmos/items.ts';
import { queryCouncils, queryDue, queryDuePartitions, queryList } from './cosmos/queries.ts';
import { readItem } from './cosmos/read-item.ts';
import { writeBatch } from './cosmos/write-batch.ts';
import type { Kind } from './documents.ts';
import { compareIds, instant, partitionKey, partitionOf } from './envelope.ts';
import { conditionsOf, keyOf, meets } from './filter.ts';
import { createRecentCache } from './recent-cache.ts';
import { type Partition, type Store, type Stored, UnreadableDocument } from './store.ts';

export type CosmosStoreSettings = CosmosSettings & {
  /** Told of due documents that can't be read; they are passed over, so that they hold up no others. */
  onUnreadable?: (error: UnreadableDocument) => void;
};

/** Documents and entries of lists that are remembered. */
const remembered = 100_000;

const same = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((entry, at) => entry === other[at]);

/**
 * The store in Cosmos DB, for as many instances as wanted: one container, partitioned by council and year. Every
 * read asks the service; what it gave before is given out again, the same object, while its etag is the same.
 */
export async function openCosmosStore(settings: CosmosStoreSettings): Promise<Store> {
  const { onUnreadable = () => {} } = settings;
  const client = createClient(settings);
  const container = await openContainer(client, settings);
  const documents = createRecentCache<Stored>(remembered);
  const lists = createRecentCache<readonly Stored[]>(remembered);

  const open = (item: Item): Stored => {
    const key = `${item.pk}\n${item.id}`;
    const known = documents.get(key);
    if (known?.version === item._etag) return known;
    const stored = openItem(item);
    documents.set(key, stored, 1);
    return stored;
  };

  return {
    async read<K extends Kind>(partition: Partition, kind: K, id: string) {
      const item = await readItem(container, partitionKey(partition), kind, id.toWellFormed());
      return item && (open(item) as Stored<K>);
    },

    async list<K extends Kind>(partition: Partition, kind: K, where?: object) {
      const pk = partitionKey(partition);
      const conditions = conditionsOf(where);
      const items = await queryList(container, pk, kind, conditions);
      const found = items
        .map(open)
        .filter(({ data }) => meets(data, conditions))
        .sort((one, other) => compareIds(one.id, other.id));
      const key = [pk, kind, ...conditions.map(({ field }) => field), keyOf(conditions)].join('\n');
      const known = lists.get(key);
      const list = known && same(known, found) ? known : Object.freeze(found);
      lists.set(key, list, list.length + 1);
      return list as readonly Stored<K>[];
    },

    async write(partition, changes) {
      const pk = partitionKey(partition);
      const batch = readyBatch(changes);
      return batch.length === 0 ? { ok: true, versions: [] } : writeBatch(container, pk, batch);
    },

    async duePartitions(now) {
      return (await queryDuePartitions(container, instant(now))).map(partitionOf);
    },

    async due(partition, now, limit) {
      const found: Stored[] = [];
      if (limit <= 0) return found;
      for await (const item of queryDue(container, partitionKey(partition), instant(now), limit)) {
        try {
          found.push(open(item));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
          onUnreadable(error);
        }
        if (found.length >= limit) break;
      }
      return found;
    },

    async tenants() {
      const councils = (await queryCouncils(container)).map((pk) => partitionOf(pk).tenant);
      return [...new Set(councils)].sort();
    },

    async expunge() {
      // The service keeps nothing beside the documents that anyone could read; backups have their own end.
    },

    async close() {
      client.dispose();
    },
  };
}
