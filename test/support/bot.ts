import { randomUUID } from 'node:crypto';
import type { Credentials } from '../../src/config.ts';
import type { Person } from '../../src/domain/people.ts';
import { createLog } from '../../src/log.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type AdapterOptions, TeamsAdapter } from '../../src/teams/adapter.ts';
import type { Admission } from '../../src/teams/admission.ts';
import { createBot } from '../../src/teams/bot.ts';
import { createConnector } from '../../src/teams/connector.ts';
import type { TurnLimits } from '../../src/teams/limit-turns.ts';
import type { Feature } from '../../src/teams/router.ts';
import { noTelemetry, type Telemetry } from '../../src/telemetry/telemetry.ts';
import { startServer } from '../../src/web/server.ts';
import { tenant } from './activities.ts';
import { type Member, startFakeConnector } from './fake-connector.ts';

type Given = {
  features?: readonly Feature[];
  people?: readonly Person[];
  /** E-mail addresses that Teams tells of, by the id in `from`. */
  members?: Record<string, Member>;
  credentials?: Credentials | null;
  admission?: Admission;
  adapterOptions?: AdapterOptions;
  limits?: TurnLimits;
  telemetry?: Telemetry;
};

/** Its clock stands still, so whatever a test does is done at once. */
const hardlyAny: TurnLimits = { person: 1e9, tenant: 1e9, within: 10_000 };

export const person = (id: string, over: Partial<Person> = {}): Person => ({
  id,
  email: `${id}@kent.example`,
  name: id,
  roles: ['manager'],
  portfolios: [],
  entraObjectId: null,
  deputy: null,
  conversation: null,
  ...over,
});

/** The bot behind its real web server, on a store in memory, with a fake Teams to talk to. */
export async function startBot(given: Given = {}) {
  const { features = [], people = [], members = {}, credentials = null, adapterOptions } = given;
  const { telemetry = noTelemetry } = given;
  const admission = given.admission ?? { mode: 'playground' };
  const teams = await startFakeConnector(members);
  const store = openSqliteStore({ file: ':memory:' });
  await store.write(
    { tenant, year: null },
    people.map((data) => ({ change: 'create', kind: 'person', id: data.id, data })),
  );
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const adapter = new TeamsAdapter(credentials, adapterOptions);
  const clock = { now: 0 };
  const bot = createBot({
    store,
    log,
    adapter,
    admission,
    telemetry,
    features,
    limits: given.limits ?? hardlyAny,
    clock: () => clock.now,
    now: () => new Date(clock.now).toISOString(),
    newId: () => randomUUID(),
    problemCard: (sentence) => ({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: sentence }] }),
  });
  const isReady = async () => (await store.tenants()).length >= 0;
  const elapsed = () => clock.now;
  const isLive = () => true;
  const server = await startServer({ bot, log, isReady, isLive, elapsed, host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${server.port}`;

  async function post(body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, text, body: text ? JSON.parse(text) : null, headers: response.headers };
  }

  return {
    url,
    port: server.port,
    post,
    teams,
    store,
    clock,
    connector: createConnector(adapter),
    serviceUrl: teams.serviceUrl,
    logged: () => lines.join(''),
    personStored: async (id: string) => (await store.read({ tenant, year: null }, 'person', id))?.data,
    async stop() {
      await server.stop();
      await teams.stop();
      await store.close();
    },
  };
}

export type BotUnderTest = Awaited<ReturnType<typeof startBot>>;
