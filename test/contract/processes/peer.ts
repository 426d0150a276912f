import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { plan } from '../sample-documents.ts';

/**
 * Another process on the same file: `node peer.ts FILE TENANT TITLE` gives the plan KHS that title, making it if
 * there is none, and ends.
 */
const [file, tenant, title] = process.argv.slice(2) as [string, string, string];
const store = openSqliteStore({ file });
const year = { tenant, year: '2009/10' };
const there = await store.read(year, 'plan', 'KHS');
const data = plan('KHS', { title });
await store.write(year, [
  there
    ? { change: 'replace', kind: 'plan', id: 'KHS', version: there.version, data }
    : { change: 'create', kind: 'plan', id: 'KHS', data },
]);
await store.close();
