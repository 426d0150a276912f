import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, type Kind } from '../src/store/documents.ts';
import type { Store } from '../src/store/store.ts';
import { inCouncil, inYear } from './council.ts';
import type { Instance } from './instances.ts';
import type { RunRecord } from './run.ts';

/** Keeps all that is known of a run with a broken promise, beside its store. */
export async function keepRecord(
  folder: string,
  record: RunRecord,
  store: Store,
  instances: readonly (Instance | null)[],
): Promise<void> {
  const stored: Record<string, unknown> = {};
  for (const kind of Object.keys(documents) as Kind[]) {
    const found = [...(await store.list(inCouncil, kind)), ...(await store.list(inYear, kind))];
    stored[kind] = found.map(({ id, version, data }) => ({ id, version, data }));
  }
  writeFileSync(join(folder, 'record.json'), JSON.stringify({ ...record, stored }, null, 1));
  for (const instance of instances) {
    if (instance) writeFileSync(join(folder, `${instance.name}.log`), instance.spare.logged.join(''));
  }
}
