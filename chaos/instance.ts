import { flushCompileCache } from 'node:module';
import type { Config } from '../src/config.ts';
import { openTeamsEdition } from '../src/edition.ts';
import { createLog } from '../src/log.ts';
import type { Running } from '../src/start.ts';
import { beatEvery } from './beat.ts';
import { openClock, type Time } from './clock.ts';
import './lean.ts';

/** What a process is told: to be an instance of the bot, or to end that as on SIGTERM and wait for the next. */
export type Order =
  | {
      does: 'begin';
      name: string;
      time: Time;
      /** Milliseconds by which its clock is ahead of the others'. */
      skew: number;
      sendTimeout: number;
      store: Config['store'];
    }
  | { does: 'stop' };
/** `beat`: it had the processor. */
export type News = { is: 'loaded' } | { is: 'beat' } | { is: 'up'; port: number } | { is: 'stopped' };

// Loaded after what it can do without.
const { start } = await import('../src/start.ts');

let running: Running | null = null;
const tell = (news: News) => process.connected && process.send!(news);

/** The bot as start.ts composes it, with its own clock alone, in the edition of Teams but without tokens. */
async function begin({ name, time, skew, sendTimeout, store }: Order & { does: 'begin' }): Promise<void> {
  const clock = openClock(time, skew);
  const config: Config = {
    mode: 'playground',
    host: '127.0.0.1',
    port: 0,
    playgroundPort: null,
    telemetry: null,
    logLevel: 'info',
    store,
  };
  const { wallNow } = clock;
  const edition: typeof openTeamsEdition = async (given) => ({
    ...(await openTeamsEdition(given)),
    now: wallNow,
  });
  running = await start(config, createLog('info'), edition, { ...clock, name, sendTimeout });
  tell({ is: 'up', port: running.port });
}

async function stop(): Promise<void> {
  const stopping = running;
  running = null;
  await stopping?.stop();
}

process.on('message', async (order: Order) => {
  if (order.does === 'begin') return begin(order);
  await stop();
  tell({ is: 'stopped' });
});
process.on('SIGTERM', async () => {
  await stop();
  process.exit(0);
});
process.on('disconnect', () => process.exit(0));
setInterval(() => running && tell({ is: 'beat' }), beatEvery);
// A process that is killed writes no cache of its compiled code for the next.
flushCompileCache();
tell({ is: 'loaded' });
