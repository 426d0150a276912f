import { openCosmosStore } from '../../src/store/cosmos.ts';
import type { Store } from '../../src/store/store.ts';
import { type CosmosEmulator, startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { changed } from './council-folder.ts';
import { changesSince, everything, load, newStore } from './loading.ts';

let emulator: CosmosEmulator;
let cosmos: Store;
beforeAll(async () => {
  emulator = await startCosmosEmulator();
  cosmos = await openCosmosStore({ endpoint: emulator.endpoint, key: emulator.key, database: 'import' });
});
afterAll(async () => {
  await cosmos.close();
  await emulator.close();
});

const dataIn = async (store: Store) =>
  Object.fromEntries([...(await everything(store))].map(([name, { data }]) => [name, data]));

test('a folder makes the same documents in Cosmos DB as in SQLite, and none again', async () => {
  const sqlite = newStore();
  await load(sqlite);
  await load(cosmos);
  expect(await dataIn(cosmos)).toEqual(await dataIn(sqlite));
  const before = await everything(cosmos);
  await load(cosmos);
  expect(await changesSince(cosmos, before)).toEqual([]);
  await load(cosmos, changed('kpi_updates.csv', ['1600', '1601']));
  expect(await changesSince(cosmos, before)).toEqual([
    '2009/10 kpi-update HWY-03@2009/10 Q2',
    '2009/10 kpi-update-revision HWY-03@2009/10 Q2#2',
  ]);
  await sqlite.close();
});
