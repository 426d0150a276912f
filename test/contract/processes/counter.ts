import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { createPlan, page } from '../sample-documents.ts';

/**
 * `node counter.ts FILE TENANT NAME TIMES` adds one to a page's number TIMES times, beside other processes that do
 * so too, and with each a plan of its own. Ends with 0 when every addition was kept.
 */
const [file, tenant, name, times] = process.argv.slice(2) as [string, string, string, string];
const store = openSqliteStore({ file });
const year = { tenant, year: '2009/10' };

async function addOne(plan: string): Promise<boolean> {
  const counter = await store.read(year, 'digest-page', 'counter');
  const data = page('counter', (counter?.data.page ?? 0) + 1);
  const { ok } = await store.write(year, [
    createPlan(plan),
    counter
      ? { change: 'replace', kind: 'digest-page', id: 'counter', version: counter.version, data }
      : { change: 'create', kind: 'digest-page', id: 'counter', data },
  ]);
  return ok;
}

let refused = 0;
for (let added = 0; added < Number(times); ) {
  if (await addOne(`${name} ${added}`)) added += 1;
  else refused += 1;
  // Far more than the others can have caused: it must be reading an old counter.
  if (refused > 20_000) process.exit(1);
}
await store.close();
