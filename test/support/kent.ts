import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../../src/domain/access.ts';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { importCouncil } from '../../src/usecases/import-council.ts';
import { openSession, type Session } from '../../src/usecases/session.ts';
import { copyMade, loadedBy } from './loaded-once.ts';

export const kentTenant = '6b1f0d5e-2009-4010-8a38-000000000001';

/** The sample council in a store of its own, with a clock that the test moves. */
export type Kent = {
  store: Store;
  deps: Deps;
  /** Moves the clock: an ISO instant. */
  setNow: (instant: string) => void;
  /** Someone of the sample at work, by name. */
  as: (name: string, where?: Place) => Promise<Session>;
  close: () => Promise<void>;
};

const start = '2009-10-14T09:00:00.000Z';

async function load(store: Store): Promise<void> {
  const now = () => start;
  let ids = 0;
  const read = await readCouncilFolder('samples/kent-2009-10', start);
  if (!read.ok) throw new Error(JSON.stringify(read.faults.slice(0, 3)));
  await importCouncil({ store, now, wallNow: now, newId: () => `loaded-${++ids}` }, read.data, {});
}

/** A new SQLite file with the sample council, and what removes both. */
async function newFile() {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-kent-'));
  const file = join(folder, 'kent.db');
  await copyMade('kent', file, loadedBy(load));
  return { store: openSqliteStore({ file }), remove: () => rmSync(folder, { recursive: true }) };
}

/** The sample council of samples/kent-2009-10, loaded into `given` or else in a new SQLite file that `close` removes. */
export async function openKent(given?: Store): Promise<Kent> {
  if (given) await load(given);
  const { store, remove } = given ? { store: given, remove: () => {} } : await newFile();
  let now = start;
  let ids = 0;
  const deps: Deps = { store, now: () => now, wallNow: () => now, newId: () => `id-${++ids}` };
  return {
    store,
    deps,
    setNow: (instant) => {
      now = instant;
    },
    as: async (name, where) => {
      const people = await store.list({ tenant: kentTenant, year: null }, 'person');
      const person = people.find(({ data }) => data.name === name);
      if (!person) throw new Error(`nobody is called ${name}`);
      return openSession(deps, kentTenant, person.data, 'test', where);
    },
    close: async () => {
      await store.close();
      remove();
    },
  };
}
