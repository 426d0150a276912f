import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readCouncilFolder } from '../import/read-council-folder.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { importCouncil } from '../usecases/import-council.ts';

const sample = join(import.meta.dirname, '../../samples/kent-2009-10');

/** Loads the sample council into an empty store, as `planwatch import` would. */
export async function loadSample(store: Store, log: Log): Promise<void> {
  const wallNow = () => new Date().toISOString();
  const read = await readCouncilFolder(sample, wallNow());
  if (!read.ok) throw new Error(`the sample council has ${read.faults.length} faults`);
  await importCouncil({ store, now: wallNow, wallNow, newId: randomUUID }, read.data, {});
  log.info({ tenant: read.data.settings.tenantId }, 'sample-loaded');
}
