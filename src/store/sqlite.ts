import { type ReadyChange, readyBatch } from './batch.ts';
import type { Kind } from './documents.ts';
import { instant, opened, parsed, partitionKey, partitionOf } from './envelope.ts';
import { conditionsOf, meets } from './filter.ts';
import { createListCache } from './list-cache.ts';
import { createRecentCache } from './recent-cache.ts';
import { type Applied, createApplyBatch, type Row } from './sqlite/apply-batch.ts';
import { openFile } from './sqlite/file.ts';
import { createFreshness } from './sqlite/freshness.ts';
import { createGroupCommit } from './sqlite/group-commit.ts';
import { createQueries } from './sqlite/queries.ts';
import { type Partition, type Store, type Stored, UnreadableDocument, type WriteResult } from './store.ts';

export type SqliteSettings = {
  /** Path of the database file, or `:memory:`. */
  file: string;
  /** Characters of JSON that are kept read and validated: a third as documents, the rest as lists. */
  cacheSize?: number;
  /** Told of due documents that can't be read; they are passed over, so that they hold up no others. */
  onUnreadable?: (error: UnreadableDocument) => void;
};

const cacheSizeDefault = 128 * 1024 * 1024;
/** Characters that a kept document costs beside its JSON. */
const overhead = 256;

/** A document as it was last seen, and the last epoch in which it was known to be the newest. */
type Seen = { stored: Stored; epoch: number };

/**
 * The store in one SQLite file: a council's whole life on one machine, in as many processes as wanted.
 *
 * Documents and lists are given out frozen, and the same ones for as long as nothing has changed them, here or in
 * another process: callers may remember what they made of them by identity.
 */
export function openSqliteStore(settings: SqliteSettings): Store {
  const { file, cacheSize = cacheSizeDefault, onUnreadable = () => {} } = settings;
  const db = openFile(file);
  const query = createQueries(db);
  const apply = createApplyBatch(db);
  const documents = createRecentCache<Seen>(cacheSize / 3);
  const lists = createListCache((cacheSize * 2) / 3);
  const freshness = createFreshness(db);
  let epoch = 0;

  /** Forgets what may no longer be so. Documents stay: their versions tell whether they are still the newest. */
  const refresh = () => {
    const current = freshness();
    if (current !== epoch) lists.clear();
    epoch = current;
  };
  const group = createGroupCommit(db, () => {
    documents.clear();
    lists.clear();
  });

  const scopeOf = (partition: string, kind: string) => `${partition}\n${kind}`;
  const keyOf = (scope: string, id: string) => `${scope}\n${id}`;

  const open = (partition: Partition, kind: string, row: Row): Stored =>
    opened(partition, { ...row, kind, data: parsed(kind, row.id, row.data) });

  /** The row's document: the one already there when it has the row's version. */
  const see = (partition: Partition, kind: string, key: string, row: Row): Stored => {
    const known = documents.get(key);
    if (known?.stored.version === row.version) {
      known.epoch = epoch;
      return known.stored;
    }
    const stored = open(partition, kind, row);
    documents.set(key, { stored, epoch }, row.data.length + overhead);
    return stored;
  };

  const remember = (partition: Partition, scope: string, change: ReadyChange, version: string | null) => {
    const { kind, id, data, json } = change;
    const key = keyOf(scope, id);
    const known = documents.get(key)?.stored;
    const before = change.change === 'create' ? null : known?.version === change.version ? known : undefined;
    const bytes = json.length + overhead;
    if (version === null || data === null) {
      documents.delete(key);
      lists.changed(scope, { id, before, after: null, bytes });
      return;
    }
    const stored = Object.freeze({ partition: Object.freeze({ ...partition }), kind, id, version, data });
    documents.set(key, { stored, epoch }, bytes);
    lists.changed(scope, { id, before, after: stored, bytes });
  };

  return {
    async read<K extends Kind>(partition: Partition, kind: K, id: string) {
      refresh();
      const pk = partitionKey(partition);
      const wanted = id.toWellFormed();
      const key = keyOf(scopeOf(pk, kind), wanted);
      const known = documents.get(key);
      if (known?.epoch === epoch) return known.stored as Stored<K>;
      const row = query.one(pk, kind, wanted);
      return row ? (see(partition, kind, key, row) as Stored<K>) : null;
    },

    async list<K extends Kind>(partition: Partition, kind: K, where?: object) {
      refresh();
      const pk = partitionKey(partition);
      const conditions = conditionsOf(where);
      const scope = scopeOf(pk, kind);
      const known = lists.get(scope, conditions);
      if (known) return known as readonly Stored<K>[];
      let size = overhead;
      const rows = query.list(pk, kind, conditions).map((row) => {
        size += row.data.length + overhead;
        return see(partition, kind, keyOf(scope, row.id), row);
      });
      const found = Object.freeze(rows.filter(({ data }) => meets(data, conditions)));
      lists.set(scope, conditions, found, size);
      return found as readonly Stored<K>[];
    },

    async write(partition, changes): Promise<WriteResult> {
      const pk = partitionKey(partition);
      const batch = readyBatch(changes);
      if (batch.length === 0) return { ok: true, versions: [] };
      const work = (): WriteResult => {
        const applied: Applied = apply(pk, batch);
        if (applied.ok) return applied;
        const { conflict, at, row } = applied;
        return { ok: false, conflict, at, current: row && open(partition, batch[at]!.kind, row) };
      };
      return group.add(work, (result) => {
        if (!result.ok) return;
        for (const [at, change] of batch.entries()) {
          remember(partition, scopeOf(pk, change.kind), change, result.versions[at]!);
        }
      });
    },

    async due(now, limit) {
      const found: Stored[] = [];
      for (const row of query.due(instant(now))) {
        if (found.length >= limit) break;
        try {
          found.push(open(partitionOf(row.partition), row.kind, row));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
          onUnreadable(error);
        }
      }
      return found;
    },

    async tenants() {
      const councils = query.councils().map((partition) => partitionOf(partition).tenant);
      return [...new Set(councils)];
    },

    async close() {
      group.flush();
      db.close();
    },
  };
}
