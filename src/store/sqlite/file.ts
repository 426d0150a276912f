import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { indexes } from '../filter.ts';

/** Of the tables below; kept in the file so that an older Planwatch refuses a newer file. */
const LAYOUT = 1;
/** How long a write waits for another process that is writing, in milliseconds. */
const patience = 5_000;

/** A field of the data, in the very words that an index and a query must share to meet. */
export const fieldOf = (field: string) => `data ->> '$.${field}'`;

/** The kinds that a field's index covers, likewise. */
export const coveredBy = (field: string) =>
  `kind IN (${indexes[field]!.map((kind) => `'${kind}'`).join(', ')})`;

const indexLayout = Object.keys(indexes)
  .map(
    (field) =>
      `CREATE INDEX IF NOT EXISTS by_${field} ON document (partition, kind, ${fieldOf(field)}, id) ` +
      `WHERE ${coveredBy(field)};`,
  )
  .join('\n');

const layout = `
CREATE TABLE IF NOT EXISTS document (
  partition TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  schema INTEGER NOT NULL,
  data TEXT NOT NULL,
  due_at TEXT,
  PRIMARY KEY (partition, kind, id)
) STRICT;
${indexLayout}
CREATE INDEX IF NOT EXISTS by_due_at ON document (due_at, partition, kind, id) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS councils ON document (partition) WHERE kind = 'council';
PRAGMA user_version = ${LAYOUT};
`;

function layOut(db: DatabaseSync, file: string) {
  db.exec('BEGIN IMMEDIATE');
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (found > LAYOUT) {
    throw new Error(
      `${file} was written by a newer version of Planwatch (layout ${found}). Update Planwatch.`,
    );
  }
  db.exec(layout);
  db.exec('COMMIT');
}

/**
 * Opens the file, making it and its folder when they aren't there. A commit is on the disk when it returns:
 * write-ahead log with a sync at every commit. Several processes may have it open.
 */
export function openFile(file: string): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(file, { timeout: patience });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;');
    layOut(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
