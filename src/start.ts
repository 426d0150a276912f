import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import type { OpenEdition } from './edition.ts';
import type { Log } from './log.ts';
import { type Machine, thisMachine } from './machine.ts';
import { openStore } from './store/open-store.ts';
import { TeamsAdapter } from './teams/adapter.ts';
import { createBot } from './teams/bot.ts';
import { problemCard } from './teams/cards/message.ts';
import { createConnector } from './teams/connector.ts';
import { cyclePost } from './teams/cycle-post.ts';
import { digestPost } from './teams/digest-post.ts';
import { allFeatures } from './teams/features/all.ts';
import type { FeatureDeps } from './teams/features/at-work.ts';
import { noticePost } from './teams/notice-post.ts';
import { noTelemetry } from './telemetry/telemetry.ts';
import { startServer } from './web/server.ts';
import { runWorker, type Worker } from './worker/run-worker.ts';

export type Running = { port: number; stop: () => Promise<void> };

/** Opens the store, answers on the web and delivers the outbox, until it is stopped. */
export async function start(
  config: Config,
  log: Log,
  openEdition: OpenEdition,
  machine: Machine = thisMachine,
): Promise<Running> {
  const telemetry = config.telemetry
    ? await (await import('./telemetry/open-telemetry.ts')).openTelemetry(config.telemetry, log)
    : noTelemetry;
  const opened = await openStore(config.store, {
    onUnreadable: (error) => log.error(error, {}, 'document-unreadable'),
    onCharge: telemetry.requestCharged,
  });
  const store = telemetry.watchStore(opened);
  const edition = await openEdition({ config, store, log });
  const newId = () => randomUUID();
  let worker: Worker | null = null;
  const deps: FeatureDeps = {
    store,
    now: edition.now,
    wallNow: machine.wallNow,
    newId,
    onUpdateGiven: telemetry.updateGiven,
    dayLine: edition.dayLine,
    nudge: () => worker?.nudge(),
  };
  const quiet = async () => worker?.quiet();
  const { sendTimeout } = machine;
  const adapter = new TeamsAdapter(config.mode === 'teams' ? config.credentials : null, { sendTimeout });
  const bot = createBot({
    store,
    log,
    now: edition.now,
    newId,
    adapter,
    telemetry,
    clock: () => Date.parse(machine.wallNow()),
    actsAs: edition.actsAs,
    admission:
      config.mode === 'teams' ? { mode: 'teams', tenants: config.allowedTenants } : { mode: 'playground' },
    features: [...edition.features({ ...deps, quiet }), ...allFeatures(deps, edition.commands)],
    problemCard,
  });
  const isReady = () => store.tenants().then(() => true);
  const isLive = () => worker?.isAlive() ?? true;
  const { elapsed } = machine;
  const { host, port } = config;
  const server = await startServer({ bot, isReady, isLive, elapsed, log, host, port });
  const connector = createConnector(adapter);
  const post = digestPost(deps);
  const { anyHour } = edition;
  worker = runWorker({
    ...deps,
    connector,
    digestCard: post,
    noticeCard: noticePost(deps),
    cycle: { card: cyclePost(deps), anyHour },
    workerId: machine.name ?? newId(),
    random: Math.random,
    elapsed,
    speed: machine.speed,
    log,
    telemetry,
  });
  const { vitals } = worker;
  telemetry.watchWorker(vitals);
  await edition.opened(server.port);
  return {
    port: server.port,
    stop: async () => {
      await Promise.all([server.stop(), worker?.stop()]);
      await edition.close();
      await store.close();
      await telemetry.close();
    },
  };
}
