import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ReadyChange } from '../batch.ts';

/** A row of the document table. */
export type Row = { id: string; version: string; schema: number; data: string };

export type Applied =
  | { ok: true; versions: (string | null)[] }
  | { ok: false; conflict: 'exists' | 'stale' | 'missing'; at: number; row: Row | null };

/**
 * Applies one batch inside the transaction that is open; on a conflict nothing of it is left. Versions differ
 * for every write there ever was, so that a document which was removed and made anew is not taken for the old one.
 */
export function createApplyBatch(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO document (partition, kind, id, version, schema, data, due_at) VALUES (?, ?, ?, ?, ?, ?, ?) ' +
      'ON CONFLICT DO NOTHING',
  );
  const update = db.prepare(
    'UPDATE document SET version = ?, schema = ?, data = ?, due_at = ? ' +
      'WHERE partition = ? AND kind = ? AND id = ? AND version = ?',
  );
  const remove = db.prepare(
    'DELETE FROM document WHERE partition = ? AND kind = ? AND id = ? AND version = ?',
  );
  const select = db.prepare(
    'SELECT id, version, schema, data FROM document WHERE partition = ? AND kind = ? AND id = ?',
  );
  const begin = db.prepare('SAVEPOINT batch');
  const keep = db.prepare('RELEASE batch');
  const undo = db.prepare('ROLLBACK TO batch');

  /** Leaves nothing of the batch; when even that fails, nothing of the whole transaction. */
  const undoBatch = () => {
    try {
      undo.run();
      keep.run();
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };

  const run = randomBytes(9).toString('base64url');
  let writes = 0;

  const attempt = (partition: string, version: string, change: ReadyChange): boolean => {
    const { kind, id, schema, json, dueAt } = change;
    const { changes } =
      change.change === 'create'
        ? insert.run(partition, kind, id, version, schema, json, dueAt)
        : change.change === 'replace'
          ? update.run(version, schema, json, dueAt, partition, kind, id, change.version)
          : remove.run(partition, kind, id, change.version);
    return changes === 1;
  };

  return (partition: string, batch: readonly ReadyChange[]): Applied => {
    begin.run();
    try {
      const versions: (string | null)[] = [];
      for (const [at, change] of batch.entries()) {
        writes += 1;
        const version = `${run}.${writes.toString(36)}`;
        if (!attempt(partition, version, change)) {
          undoBatch();
          const row = (select.get(partition, change.kind, change.id) as Row | undefined) ?? null;
          const conflict = change.change === 'create' ? 'exists' : row ? 'stale' : 'missing';
          return { ok: false, conflict, at, row };
        }
        versions.push(change.change === 'remove' ? null : version);
      }
      keep.run();
      return { ok: true, versions };
    } catch (error) {
      if (db.isTransaction) undoBatch();
      throw error;
    }
  };
}
