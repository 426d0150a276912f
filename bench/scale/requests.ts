import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLog } from '../../src/log.ts';
import { openCosmosStore } from '../../src/store/cosmos.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { cyclePost } from '../../src/teams/cycle-post.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { askPeople } from '../../src/usecases/ask-people.ts';
import type { Connector } from '../../src/worker/connector.ts';
import type { OutboxDeps } from '../../src/worker/outbox.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { startCosmosEmulator } from '../../test/support/cosmos-emulator.ts';
import { nine, writeCouncil } from './councils.ts';

/** Calls of the store's port for each message, and HTTP requests where the store is reached by them. */
export type Requests = {
  store: 'SQLite' | 'Cosmos DB';
  messages: number;
  decide: Calls;
  send: Calls;
};
export type Calls = { read: number; list: number; write: number; due: number; http: number | null };

const few = { plans: 20, kpis: 400, managers: 100 };
const tenant = 'council-0000';
const none = { read: 0, list: 0, write: 0, due: 0 };

function counting(store: Store) {
  let counts = { ...none };
  const tally = <T>(what: keyof typeof none, called: T): T => {
    counts[what] += 1;
    return called;
  };
  const counted: Store = {
    ...store,
    read: (...given) => tally('read', store.read(...given)),
    list: (...given) => tally('list', store.list(...given)),
    write: (...given) => tally('write', store.write(...given)),
    due: (...given) => tally('due', store.due(...given)),
    duePartitions: (...given) => tally('due', store.duePartitions(...given)),
  };
  return {
    store: counted,
    take() {
      const taken = counts;
      counts = { ...none };
      return taken;
    },
  };
}

async function measure(name: Requests['store'], inner: Store, http: () => number | null): Promise<Requests> {
  await writeCouncil(inner, tenant, 'http://127.0.0.1/', few);
  const { store, take } = counting(inner);
  let sent = 0;
  let now = Date.parse(nine);
  const iso = () => new Date(now).toISOString();
  const deps = { store, now: iso, wallNow: iso, newId: randomUUID };
  const per = (calls: typeof none, requests: number | null, messages: number): Calls => {
    const [read, list, write, due] = [calls.read, calls.list, calls.write, calls.due].map(
      (count) => count / messages,
    );
    return {
      read: read!,
      list: list!,
      write: write!,
      due: due!,
      http: requests === null ? null : requests / messages,
    };
  };
  const since = (before: number | null) => (before === null ? null : http()! - before);

  let before = http();
  const { written } = await askPeople(deps, tenant, 'bench');
  const decide = per(take(), since(before), written.length);

  const connector: Connector = {
    ...createConnector(new TeamsAdapter(null)),
    post: async () => ({ outcome: 'accepted', activityId: `1:${++sent}` }),
  };
  const nothing = async () => {
    throw new Error('only messages of the cycle are sent here');
  };
  const outboxDeps: OutboxDeps = {
    ...deps,
    connector,
    digestCard: nothing,
    noticeCard: () => ({}),
    cycle: { card: cyclePost({ ...deps, dayLine: () => null, nudge: () => {} }) },
    workerId: 'bench',
    random: Math.random,
    elapsed: () => now,
    log: createLog('silent'),
    telemetry: noTelemetry,
  };
  const outbox = createOutbox(outboxDeps);
  before = http();
  take();
  while (sent < written.length) {
    await outbox.round();
    await outbox.settled();
    now += 1_000;
  }
  return { store: name, messages: sent, decide, send: per(take(), since(before), sent) };
}

/** Counts what a council's hundred managers cost each store, from deciding whom to ask to the last card. */
export async function measureRequests(folder: string): Promise<Requests[]> {
  const sqlite = await openStore({ kind: 'sqlite', file: join(folder, 'requests.db') });
  const onSqlite = await measure('SQLite', sqlite, () => null);
  await sqlite.close();
  const emulator = await startCosmosEmulator();
  const { endpoint, key } = emulator;
  const cosmos = await openCosmosStore({ endpoint, key, database: 'bench' });
  const onCosmos = await measure('Cosmos DB', cosmos, emulator.requests);
  await cosmos.close();
  await emulator.close();
  return [onSqlite, onCosmos];
}
