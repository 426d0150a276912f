import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

/** Where a run of the tests keeps what is the same for many of them. */
const shared = () => process.env.PLANWATCH_TEST_SHARED!;

/**
 * Lays a SQLite file that `load` fills at `file`: filled once in a run of the tests, and copied from then on. Two
 * processes may both be the first: the file is put in its place whole.
 */
export async function copyLoaded(
  name: string,
  file: string,
  load: (store: Store) => Promise<void>,
): Promise<void> {
  const loaded = join(shared(), `${name}.db`);
  if (!existsSync(loaded)) {
    const part = join(shared(), `${name}.${process.pid}.part`);
    const store = openSqliteStore({ file: part });
    await load(store);
    await store.close();
    renameSync(part, loaded);
  }
  copyFileSync(loaded, file);
}
