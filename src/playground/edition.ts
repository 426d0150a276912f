import { longDate } from '../domain/days.ts';
import { dateAt } from '../domain/local-time.ts';
import type { OpenEdition } from '../edition.ts';
import { isMoved, openClock } from './clock.ts';
import { chosenPersona, playground, playgroundCommands } from './feature.ts';
import { loadSample } from './load-sample.ts';
import type { PlaygroundClient } from './start-client.ts';
import { thingsToTry } from './things-to-try.ts';

/**
 * The playground: the sample council the first time, a clock that `clock DATE` moves, `as NAME`, and the
 * Teams-like client. Imported by the entry points in playground mode alone.
 */
export const openPlaygroundEdition: OpenEdition = async ({ config, store, log }) => {
  const wallNow = () => new Date().toISOString();
  if ((await store.tenants()).length === 0) await loadSample(store, log);
  const clock = await openClock(store, wallNow);
  let client: PlaygroundClient | null = null;
  return {
    now: clock.now,
    dayLine: (tenant, { settings: { timeZone } }) => {
      const now = clock.now(tenant);
      if (!isMoved(now, wallNow(), timeZone)) return null;
      return `Playground: it is ${longDate(dateAt(now, timeZone))} here.`;
    },
    anyHour: true,
    features: (deps) => [playground(deps, clock)],
    commands: playgroundCommands,
    actsAs: (tenant, aadObjectId) => chosenPersona(store, tenant, aadObjectId),
    opened: async (port) => {
      if (config.mode !== 'playground' || config.playgroundPort === null) return;
      const { startClient } = await import('./start-client.ts');
      client = await startClient({ botPort: port, port: config.playgroundPort, log });
      console.log(thingsToTry(client.url));
    },
    close: async () => client?.stop(),
  };
};
