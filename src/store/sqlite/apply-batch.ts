import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ReadyChange } from '../batch.ts';
import { isIndexed } from '../filter.ts';
import { keyFields } from './file.ts';

/** A row of the document table. */
export type Row = { id: string; version: string; schema: number; data: string };

export type Applied =
  | { ok: true; versions: (string | null)[] }
  | { ok: false; conflict: 'exists' | 'stale' | 'missing'; at: number; row: Row | null };

/** What goes in the columns of the fields that lists are asked by: text, or null where there is nothing to find. */
function keysOf({ kind, data }: ReadyChange): (string | null)[] {
  return keyFields.map((field) => {
    const value = isIndexed(kind, field) ? (data as Record<string, unknown>)[field] : null;
    return typeof value === 'string' ? value : null;
  });
}

const isThere = 'partition = ? AND kind = ? AND id = ? AND version = ?';

/**
 * Applies one batch inside the transaction that is open; on a conflict nothing of it is left. Versions differ
 * for every write there ever was, so that a document which was removed and made anew is not taken for the old one.
 */
export function createApplyBatch(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO document (partition, kind, id, version, schema, data, due_at, ${keyFields.join(', ')}) ` +
      `VALUES (?, ?, ?, ?, ?, ?, ?, ${keyFields.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  // SQLite writes every index anew whose column an update names, so those are named only when they change.
  const update = db.prepare(
    `UPDATE document SET version = ?, schema = ?, data = ?, due_at = ? ` +
      `WHERE ${isThere} AND ${keyFields.map((field) => `${field} IS ?`).join(' AND ')}`,
  );
  const refile = db.prepare(
    `UPDATE document SET version = ?, schema = ?, data = ?, due_at = ?, ` +
      `${keyFields.map((field) => `${field} = ?`).join(', ')} WHERE ${isThere}`,
  );
  const remove = db.prepare(`DELETE FROM document WHERE ${isThere}`);
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
    const one = [partition, kind, id, change.version];
    if (change.change === 'remove') return remove.run(...one).changes === 1;
    const keys = keysOf(change);
    if (change.change === 'create') {
      return insert.run(partition, kind, id, version, schema, json, dueAt, ...keys).changes === 1;
    }
    const newer = [version, schema, json, dueAt];
    return (
      update.run(...newer, ...one, ...keys).changes === 1 ||
      refile.run(...newer, ...keys, ...one).changes === 1
    );
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
