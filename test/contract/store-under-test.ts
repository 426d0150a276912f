import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type CosmosSettings, createClient } from '../../src/store/cosmos/container.ts';
import { itemId } from '../../src/store/cosmos/items.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { partitionKey } from '../../src/store/envelope.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Partition, Store, UnreadableDocument } from '../../src/store/store.ts';
import { startCosmosEmulator } from '../support/cosmos-emulator.ts';

/** A document as nothing but damage or a newer Planwatch would have kept it. */
export type Planted = { kind: string; id: string; schema: number; data: unknown; dueAt?: string };

export type StoreUnderTest = {
  store: Store;
  /** What the store was told to pass over. */
  unreadable: UnreadableDocument[];
  /** Another handle on the same documents, as another instance of the bot has it. */
  another(): Promise<Store>;
  /** Puts a document there behind the store's back. */
  plant(partition: Partition, document: Planted): Promise<void>;
  close(): Promise<void>;
};

async function onSqlite(): Promise<StoreUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'planwatch-'));
  const file = join(folder, 'planwatch.db');
  const unreadable: UnreadableDocument[] = [];
  const open = () => openSqliteStore({ file, onUnreadable: (error) => unreadable.push(error) });
  const stores = [open()];
  return {
    store: stores[0]!,
    unreadable,
    async another() {
      const store = open();
      stores.push(store);
      return store;
    },
    async plant(partition, { kind, id, schema, data, dueAt }) {
      const db = new DatabaseSync(file);
      db.prepare(
        'INSERT INTO document (partition, kind, id, version, schema, data, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(partitionKey(partition), kind, id, 'planted', schema, JSON.stringify(data), dueAt ?? null);
      db.close();
    },
    async close() {
      for (const store of stores) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The account that `COSMOS_ENDPOINT` names, in a database of its own, or else the emulator. */
async function onCosmos(): Promise<StoreUnderTest> {
  const { COSMOS_ENDPOINT, COSMOS_KEY } = process.env;
  const emulator = COSMOS_ENDPOINT ? null : await startCosmosEmulator();
  const settings: CosmosSettings = {
    endpoint: COSMOS_ENDPOINT || emulator!.endpoint,
    key: COSMOS_KEY || (emulator?.key ?? null),
    database: `planwatch-test-${randomUUID()}`,
  };
  const unreadable: UnreadableDocument[] = [];
  const open = () => openCosmosStore({ ...settings, onUnreadable: (error) => unreadable.push(error) });
  const stores = [await open()];
  const client = createClient(settings);
  const database = client.database(settings.database);
  return {
    store: stores[0]!,
    unreadable,
    async another() {
      const store = await open();
      stores.push(store);
      return store;
    },
    async plant(partition, { kind, id, ...rest }) {
      const item = {
        id: itemId(kind, id),
        pk: partitionKey(partition),
        kind,
        key: id,
        batch: 'planted',
        ...rest,
      };
      await database.container('documents').items.create(item);
    },
    async close() {
      for (const store of stores) await store.close();
      await database.delete();
      client.dispose();
      await emulator?.close();
    },
  };
}

export const adapters: [string, () => Promise<StoreUnderTest>][] = [
  ['SQLite', onSqlite],
  ['Cosmos DB', onCosmos],
];

/** Runs the same tests on every adapter, each with a store of its own. */
export function onEveryStore(tests: (current: () => StoreUnderTest) => void) {
  describe.each(adapters)('on %s', (_name, open) => {
    let current: StoreUnderTest;
    beforeAll(async () => {
      current = await open();
    });
    afterAll(() => current.close());
    tests(() => current);
  });
}
