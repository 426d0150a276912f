import { readyBatch } from './batch.ts';
import type { Kind } from './documents.ts';
import { instant, opened, parsed, partitionKey, partitionOf } from './envelope.ts';
import { conditionsOf, meets } from './filter.ts';
import { createApplyBatch, type Row } from './sqlite/apply-batch.ts';
import { closeFile, emptyLog, openFile } from './sqlite/file.ts';
import { createFreshness } from './sqlite/freshness.ts';
import { createGroupCommit } from './sqlite/group-commit.ts';
import { createMemory } from './sqlite/memory.ts';
import { createQueries } from './sqlite/queries.ts';
import { type Partition, type Store, type Stored, UnreadableDocument, type WriteResult } from './store.ts';

export type SqliteSettings = {
  /** Path of the database file, or `:memory:`. */
  file: string;
  /** Characters of JSON that are remembered, read and validated. */
  cacheSize?: number;
  /** Told of due documents that can't be read; they are passed over, so that they hold up no others. */
  onUnreadable?: (error: UnreadableDocument) => void;
};

const open = (partition: Partition, kind: string, row: Row): Stored =>
  opened(partition, { ...row, kind, data: parsed(kind, row.id, row.data) });

/**
 * The store in one SQLite file: a council's whole life on one machine, in as many processes as wanted.
 *
 * Documents and lists are given out frozen, and the same ones for as long as nothing has changed them, here or in
 * another process: callers may remember what they made of them by identity.
 */
export function openSqliteStore(settings: SqliteSettings): Store {
  const { file, cacheSize = 128 * 1024 * 1024, onUnreadable = () => {} } = settings;
  const db = openFile(file);
  const query = createQueries(db);
  const apply = createApplyBatch(db);
  const memory = createMemory(cacheSize, createFreshness(db));
  const group = createGroupCommit(db, memory.forget);

  return {
    async read<K extends Kind>(partition: Partition, kind: K, id: string) {
      memory.refresh();
      const pk = partitionKey(partition);
      const wanted = id.toWellFormed();
      const known = memory.newest(pk, kind, wanted);
      if (known) return known as Stored<K>;
      const row = query.one(pk, kind, wanted);
      return row ? (memory.at(pk, kind, row, () => open(partition, kind, row)) as Stored<K>) : null;
    },

    async list<K extends Kind>(partition: Partition, kind: K, where?: object) {
      memory.refresh();
      const pk = partitionKey(partition);
      const conditions = conditionsOf(where);
      const known = memory.list(pk, kind, conditions);
      if (known) return known as readonly Stored<K>[];
      const rows = query.list(pk, kind, conditions);
      const found = rows
        .map((row) => memory.at(pk, kind, row, () => open(partition, kind, row)))
        .filter(({ data }) => meets(data, conditions));
      const size = rows.reduce((sum, { data }) => sum + data.length, 0);
      memory.keepList(pk, kind, conditions, Object.freeze(found), size);
      return found as readonly Stored[] as readonly Stored<K>[];
    },

    async write(partition, changes): Promise<WriteResult> {
      const pk = partitionKey(partition);
      const batch = readyBatch(changes);
      if (batch.length === 0) return { ok: true, versions: [] };
      const work = (): WriteResult => {
        const applied = apply(pk, batch);
        if (applied.ok) return applied;
        const { conflict, at, row } = applied;
        return { ok: false, conflict, at, current: row && open(partition, batch[at]!.kind, row) };
      };
      return group.add(work, (result) => {
        if (!result.ok) return;
        for (const [at, change] of batch.entries()) {
          memory.written(pk, partition, change, result.versions[at]!);
        }
      });
    },

    async duePartitions(now) {
      return query.duePartitions(instant(now)).map(partitionOf);
    },

    async due(partition, now, limit) {
      const pk = partitionKey(partition);
      const found: Stored[] = [];
      for (const row of query.due(pk, instant(now))) {
        if (found.length >= limit) break;
        try {
          found.push(memory.at(pk, row.kind, row, () => open(partition, row.kind, row)));
        } catch (error) {
          if (!(error instanceof UnreadableDocument)) throw error;
          onUnreadable(error);
        }
      }
      return found;
    },

    async tenants() {
      const tenants = query.councils().map((partition) => partitionOf(partition).tenant);
      return [...new Set(tenants)].sort();
    },

    async expunge() {
      group.flush();
      emptyLog(db);
    },

    async close() {
      if (!db.isOpen) return;
      group.flush();
      closeFile(db);
    },
  };
}
