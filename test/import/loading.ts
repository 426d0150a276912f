import { join } from 'node:path';
import { readCouncilFolder } from '../../src/import/read-council-folder.ts';
import { documents, type Kind } from '../../src/store/documents.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Partition, Store, Stored } from '../../src/store/store.ts';
import type { Deps } from '../../src/usecases/deps.ts';
import { type ImportOptions, importCouncil } from '../../src/usecases/import-council.ts';
import { type Files, now, temporaryFolder, writeFolder } from './council-folder.ts';

export const tenant = '6b1f0d5e-2009-4010-8a38-00000000000a';
export const year: Partition = { tenant, year: '2009/10' };
export const lastYear: Partition = { tenant, year: '2008/09' };
export const ofCouncil: Partition = { tenant, year: null };

export const newStore = (): Store => openSqliteStore({ file: join(temporaryFolder(), 'planwatch.db') });

export const depsOf = (store: Store, at = now): Deps => {
  let ids = 0;
  return { store, now: () => at, wallNow: () => at, newId: () => `id-${ids++}` };
};

/** Reads and loads a folder that must have no fault. */
export async function load(store: Store, files: Files = {}, options: ImportOptions = {}, at = now) {
  const folder = await readCouncilFolder(writeFolder(files), at);
  if (!folder.ok) throw new Error(JSON.stringify(folder.faults, null, 2));
  return importCouncil(depsOf(store, at), folder.data, options);
}

/** Every document of the council and its years, by partition, kind and id; the audit trail tells of the loads themselves. */
export async function everything(store: Store): Promise<Map<string, Stored>> {
  const all = new Map<string, Stored>();
  for (const partition of [ofCouncil, lastYear, year]) {
    for (const kind of Object.keys(documents) as Kind[]) {
      if (kind.startsWith('audit-')) continue;
      for (const stored of await store.list(partition, kind)) {
        all.set(`${partition.year ?? 'council'} ${kind} ${stored.id}`, stored);
      }
    }
  }
  return all;
}

/** The documents that are not as they were: new, gone, or at another version. */
export async function changesSince(store: Store, before: Map<string, Stored>): Promise<string[]> {
  const after = await everything(store);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name)?.version !== after.get(name)?.version).sort();
}

export const updateIn = async (store: Store, id: string, partition = year) =>
  (await store.read(partition, 'kpi-update', id))?.data;
