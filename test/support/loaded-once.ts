import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * Lays a SQLite file at `file` that is the same for many tests: `make` makes it once in a run of them, and it is copied
 * from then on. Two processes may both be the first, so it is put in its place whole.
 */
export async function copyMade(
  name: string,
  file: string,
  make: (file: string) => Promise<void>,
): Promise<void> {
  const folder = process.env.PLANWATCH_TEST_SHARED;
  // Not in a run of the tests.
  if (!folder) return make(file);
  const made = join(folder, `${name}.db`);
  if (!existsSync(made)) {
    const part = join(folder, `${name}.${process.pid}.part`);
    await make(part);
    renameSync(part, made);
  }
  copyFileSync(made, file);
}

/** Makes a SQLite file with what `load` puts into its store. */
export const loadedBy = (load: (store: Store) => Promise<void>) => async (file: string) => {
  const store = openSqliteStore({ file });
  await load(store);
  await store.close();
};
