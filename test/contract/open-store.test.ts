import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { createPlan, plan, someYear } from './sample-documents.ts';

async function opened(env: Record<string, string>) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.message);
  return openStore(read.config.store);
}

describe('the store that the environment names', () => {
  it('is a file of its own by default, in a folder that is made for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'planwatch-'));
    const store = await opened({ PLANWATCH_SQLITE_FILE: join(folder, '.data', 'planwatch.db') });
    const year = someYear();
    await store.write(year, [createPlan('KHS')]);
    expect(await store.read(year, 'plan', 'KHS')).toMatchObject({ data: plan('KHS') });
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('is Cosmos DB when one variable says so', async () => {
    const emulator = await startCosmosEmulator();
    const cosmos = { COSMOS_ENDPOINT: emulator.endpoint, COSMOS_KEY: emulator.key };
    const store = await opened({ PLANWATCH_STORE: 'cosmos', ...cosmos });
    const year = someYear();
    await store.write(year, [createPlan('KHS')]);
    expect(await store.read(year, 'plan', 'KHS')).toMatchObject({ data: plan('KHS') });
    await store.close();
    await emulator.close();
  });
});
