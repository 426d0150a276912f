import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION } from '../documents.ts';
import { LAYOUT, openFile } from './file.ts';

/** Why a file was not backed up or restored, in a sentence that says what to do. */
export class BackupFault extends Error {
  readonly code = 'backup-fault';
}

/** What a sound file holds. */
export type Held = { documents: number; councils: number };

/** All of it in one step: step by step it would begin again with every write of another process. */
const pagesAtOnce = 2 ** 30;
const patience = 5_000;
/** A copy holds all that the store holds, so nobody else may read it. */
const ownerOnly = 0o600;

/**
 * Copies a store to `out` while other processes go on writing to it: the copy is the store at one moment, is checked,
 * and appears under its name only when it is sound. Throws `BackupFault`.
 */
export async function backUp(file: string, out: string, force: boolean): Promise<Held> {
  if (!existsSync(file))
    throw new BackupFault(`There is no store at ${file}. Set PLANWATCH_SQLITE_FILE as for the bot.`);
  if (existsSync(out) && !force) {
    throw new BackupFault(`${out} is there already. Add --force to replace it, or choose another name.`);
  }
  if (!existsSync(dirname(out)))
    throw new BackupFault(`The folder ${dirname(out)} is not there. Make it first.`);
  // The bot would go on writing to a file that has no name any more.
  if (isOf(file, out)) throw new BackupFault(`${out} is the store itself. Choose another name.`);
  const part = `${out}.part`;
  rmSync(part, { force: true });
  try {
    closeSync(openSync(part, 'wx', ownerOnly));
    const db = new DatabaseSync(file, { timeout: patience });
    try {
      await backup(db, part, { rate: pagesAtOnce });
    } finally {
      db.close();
    }
    const held = checked(part);
    sync(part);
    renameSync(part, out);
    return held;
  } finally {
    for (const left of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(left, { force: true });
  }
}

/**
 * Puts a backup in a store's place, and keeps what was there beside it. The store must not be in use. Without `force`
 * a store that holds something else than the backup does is left alone.
 *
 * @param suffix what the name of the old file gets
 * @returns what the backup holds, and where the old file is now; null when there was none
 */
export function restore(
  file: string,
  from: string,
  force: boolean,
  suffix: string,
): Held & { aside: string | null } {
  if (!existsSync(from)) throw new BackupFault(`There is no backup at ${from}. Check the path.`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.restoring`;
  rmSync(part, { force: true });
  try {
    copyFileSync(from, part);
    chmodSync(part, ownerOnly);
    const held = checked(part, from);
    sync(part);
    if (!existsSync(file)) {
      renameSync(part, file);
      return { ...held, aside: null };
    }
    const lost = settled(file, part);
    if (lost > 0 && !force) {
      throw new BackupFault(
        `${file} holds ${lost} documents that the backup has not, or has otherwise; nothing was restored. ` +
          'Back it up first if you may want them. Then add --force: the file is kept beside the restored one.',
      );
    }
    const aside = `${file}.${suffix}`;
    // A second name first, so that at no moment the old file is gone and the new one not there.
    putAside(file, aside);
    renameSync(part, file);
    return { ...held, aside };
  } finally {
    for (const left of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(left, { force: true });
  }
}

/** Brings all of a store that nobody uses into its one file. Gives how many documents the backup doesn't hold as they are. */
function settled(file: string, backedUp: string): number {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    // SQLite takes a file out of write-ahead mode only when nobody else has it open.
    db.exec('PRAGMA journal_mode = DELETE');
    db.prepare('ATTACH DATABASE ? AS kept').run(backedUp);
    const { lost } = db
      .prepare(
        "SELECT count(*) AS lost FROM main.document AS here WHERE kind NOT IN ('lease', 'cycle') AND NOT EXISTS " +
          '(SELECT 1 FROM kept.document AS there WHERE there.partition = here.partition AND there.kind = here.kind ' +
          'AND there.id = here.id AND there.version = here.version)',
      )
      .get() as { lost: number };
    return lost;
  } catch (error) {
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new BackupFault(
      `${file} is in use. Stop the bot and every command that works on it, then restore.`,
    );
  } finally {
    db.close();
  }
}

/** Whether a name is the store's, by whatever path, or that of what SQLite keeps beside it. */
function isOf(file: string, name: string): boolean {
  const identity = (path: string) => {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  };
  return [file, `${file}-wal`, `${file}-shm`]
    .filter((own) => existsSync(own) && existsSync(name))
    .some((own) => identity(own) === identity(name));
}

/** How everything in a file was made, but the statistics that SQLite keeps for itself. */
function schemaOf(db: DatabaseSync): string[] {
  const all = db
    .prepare(
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS made FROM sqlite_schema " +
        "WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))",
    )
    .all() as { made: string }[];
  return all.map(({ made }) => made.replace(/\s+/g, ' '));
}

/** A trigger, a view, a check or an index of someone else’s would run with the bot's own writes and reads from then on. */
function holdsMore(db: DatabaseSync): boolean {
  const sound = openFile(':memory:');
  try {
    const own = new Set(schemaOf(sound));
    return schemaOf(db).some((made) => !own.has(made));
  } finally {
    sound.close();
  }
}

/** Checks a copy page by page, and makes it one file with nothing beside it. Faults call it what the user does. */
function checked(file: string, called = file): Held {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: patience });
    const { user_version: layout } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (layout > LAYOUT) throw newer(called);
    if (layout !== LAYOUT) throw new BackupFault(`${called} is no store of this version of Planwatch.`);
    if (holdsMore(db)) {
      throw new BackupFault(
        `${called} holds what no store of Planwatch holds, such as triggers. Use another file.`,
      );
    }
    const { integrity_check: found } = db.prepare('PRAGMA integrity_check').get() as {
      integrity_check: string;
    };
    if (found !== 'ok') throw new BackupFault(`${called} is damaged: ${found}. Use another backup.`);
    const { newest } = db.prepare('SELECT max(schema) AS newest FROM document').get() as {
      newest: number | null;
    };
    if ((newest ?? 0) > SCHEMA_VERSION) throw newer(called);
    db.exec('PRAGMA journal_mode = DELETE');
    return db
      .prepare(
        "SELECT count(*) AS documents, count(*) FILTER (WHERE kind = 'council') AS councils FROM document",
      )
      .get() as Held;
  } catch (error) {
    if (error instanceof BackupFault) throw error;
    throw new BackupFault(`${called} is no store of Planwatch, or is damaged. Use another file.`);
  } finally {
    db?.close();
  }
}

const newer = (called: string) =>
  new BackupFault(`${called} was written by a newer version of Planwatch. Update Planwatch, then restore.`);

/** Some disks know no second names. */
function putAside(file: string, aside: string): void {
  try {
    linkSync(file, aside);
  } catch {
    renameSync(file, aside);
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
