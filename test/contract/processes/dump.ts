import { documents, type Kind } from '../../../src/store/documents.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { Stored } from '../../../src/store/store.ts';

/** `node dump.ts FILE TENANT YEAR…` prints every document of a council and its years, as a new process reads them. */
const [file, tenant, ...years] = process.argv.slice(2) as [string, string, ...string[]];
const store = openSqliteStore({ file });
const all: Stored[] = [];
for (const year of [null, ...years]) {
  for (const kind of Object.keys(documents) as Kind[])
    all.push(...(await store.list({ tenant, year }, kind)));
}
process.stdout.write(JSON.stringify(all));
await store.close();
