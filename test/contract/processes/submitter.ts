import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { createPlan } from '../sample-documents.ts';

/**
 * `node submitter.ts FILE TENANT` writes batches of three plans until it is killed, several at a time, and prints
 * the number of each batch once the store has said that it is kept.
 */
const [file, tenant] = process.argv.slice(2) as [string, string];
const store = openSqliteStore({ file });
let batches = 0;

async function submit(): Promise<never> {
  for (;;) {
    batches += 1;
    const number = batches;
    const changes = ['first', 'second', 'third'].map((part) => createPlan(`${number} ${part}`));
    const { ok } = await store.write({ tenant, year: '2009/10' }, changes);
    if (ok) process.stdout.write(`${number}\n`);
  }
}

await Promise.all([submit(), submit(), submit(), submit()]);
