import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { indexes } from '../filter.ts';

/**
 * Of the tables below; kept in the file so that an older Planwatch refuses a newer file. Any change of their words needs
 * another: a backup is held against them word by word.
 */
export const LAYOUT = 2;
/** How long a write waits for another process that is writing, in milliseconds. */
const patience = 5_000;

/**
 * The fields that lists are asked by have columns of their own, which an update leaves as they are: an index on what
 * is inside the data would be written again, and the data read again for it, with every update.
 */
export const keyFields = Object.keys(indexes);

const columnLayout = keyFields.map((field) => `${field} TEXT,`).join('\n  ');
const indexLayout = keyFields
  .map(
    (field) =>
      `CREATE INDEX IF NOT EXISTS by_${field} ON document (partition, kind, ${field}, id) ` +
      `WHERE ${field} IS NOT NULL;`,
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
  ${columnLayout}
  PRIMARY KEY (partition, kind, id)
) STRICT;
${indexLayout}
CREATE INDEX IF NOT EXISTS due_by_partition ON document (partition, due_at, kind, id) WHERE due_at IS NOT NULL;
DROP INDEX IF EXISTS by_due_at;
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
  if (found === 1)
    throw new Error(`${file} was written before version 0.1.0. Move it away and load it anew.`);
  db.exec(layout);
  db.exec('COMMIT');
}

/**
 * Opens the file, making it and its folder when they aren't there, for their user alone. A commit is on the disk when
 * it returns: write-ahead log with a sync at every commit. What is removed or changed is written over with zeros, so
 * that nobody erased is still in the file. Several processes may have it open.
 */
export function openFile(file: string): DatabaseSync {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    makePrivate(file);
  }
  const db = new DatabaseSync(file, { timeout: patience });
  try {
    db.exec(
      'PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ' +
        'PRAGMA journal_size_limit = 67108864;',
    );
    layOut(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** SQLite would make it for whoever the user's mask lets read; what it puts beside the file is as open as the file. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // SQLite says what is wrong with it.
  }
}

/** What the log beside a file still holds of earlier versions of documents goes, unless a reader needs it. */
export const emptyLog = (db: DatabaseSync): void => db.exec('PRAGMA wal_checkpoint(TRUNCATE)');

export function closeFile(db: DatabaseSync): void {
  try {
    emptyLog(db);
  } finally {
    db.close();
  }
}
