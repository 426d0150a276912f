import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';
import { noTelemetry, type Telemetry } from '../../src/telemetry/telemetry.ts';
import { connectChannel } from '../../src/usecases/connect-channel.ts';
import { openForm } from '../../src/usecases/open-form.ts';
import { postDigest } from '../../src/usecases/post-digest.ts';
import { submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import type { Connector } from '../../src/worker/connector.ts';
import type { OutboxDeps } from '../../src/worker/outbox.ts';
import { createOutbox } from '../../src/worker/rounds.ts';
import { startFakeConnector } from './fake-connector.ts';
import { type Kent, kentTenant, openKent } from './kent.ts';

export const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const start = Date.parse('2009-10-14T09:00:00Z');

/** A card that says which revision of which digest it is. */
export const plainCard: OutboxDeps['digestCard'] = async (_deps, _tenant, { id, data }) => ({
  type: 'AdaptiveCard',
  body: [{ type: 'TextBlock', text: `${id} ${data.revision}` }],
});

export const outboxDeps = (kent: Kent, connector: Connector, workerId = 'worker'): OutboxDeps => ({
  ...kent.deps,
  connector,
  workerId,
  digestCard: plainCard,
  noticeCard: () => ({}),
  // The cycle is run by hand, so that nothing is posted beside what a test asks for.
  cycle: { card: () => ({ type: 'AdaptiveCard', body: [] }), anyHour: true },
  random: () => 0.5,
  elapsed: () => Date.parse(kent.deps.wallNow()),
  log: quiet,
  telemetry: noTelemetry,
});

/** The sample council's outbox on a real SQLite file, with Teams as a real HTTP server, and time that the test moves. */
export async function openKentOutbox(telemetry: Telemetry = noTelemetry) {
  const kent = await openKent();
  const teams = await startFakeConnector();
  const connector = createConnector(new TeamsAdapter(null, { sendTimeout: 400 }));
  const outbox = createOutbox({ ...outboxDeps(kent, connector), telemetry });
  const year = { tenant: kentTenant, year: '2009/10' };
  let seconds = 0;
  let figure = 90;

  return {
    kent,
    teams,
    outbox,
    /** Connects a channel and has its digest posted. */
    async post(id: string): Promise<void> {
      const grace = await kent.as('Grace Adeyemi');
      const where = { id, serviceUrl: teams.serviceUrl, name: id };
      if (!(await kent.store.read(grace.council, 'channel', id))) {
        await connectChannel(kent.deps, grace, where, { audience: 'portfolio:highways', cleared: false });
      }
      await postDigest(kent.deps, grace, id);
    },
    /** A manager gives another figure, so that every digest says something else. */
    async correct(): Promise<void> {
      const priya = await kent.as('Priya Raman');
      const opened = await openForm(kent.deps, priya, 'kpi/KHS-02@2009/10 M06');
      if (!('form' in opened)) throw new Error('no form');
      figure -= 1;
      const why = {
        commentary: 'Cable faults.',
        action: 'Repair them.',
        actionBy: '2009-12-01',
        reason: 'Recount.',
      };
      const kept = await submitKpiUpdate(kent.deps, priya, {
        form: opened.form,
        result: `${figure}`,
        ...why,
      });
      if (kept.outcome !== 'kept') throw new Error(kept.outcome);
    },
    /** Delivers what is due, once, after so many more seconds. */
    async deliver(after = 0): Promise<void> {
      seconds += after;
      kent.setNow(new Date(start + seconds * 1000).toISOString());
      await outbox.round();
      await outbox.settled();
    },
    deliveries: async () =>
      (await kent.store.list(year, 'delivery')).map(({ id, data }) => ({ id, ...data })),
    digest: async (channel: string) => (await kent.store.read(year, 'digest', `2009/10 Q2~${channel}`))!.data,
    channel: async (id: string) => (await kent.store.read({ ...year, year: null }, 'channel', id))?.data,
    /** What reached Teams: the method and the channel. */
    requests: () =>
      teams.received.map(({ method, path }) => `${method} ${/conversations\/([^/]+)/.exec(path)![1]}`),
    async close() {
      await kent.close();
      await teams.stop();
    },
  };
}

export type KentOutbox = Awaited<ReturnType<typeof openKentOutbox>>;
