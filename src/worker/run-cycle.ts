import type { Log } from '../log.ts';
import { askPeople } from '../usecases/ask-people.ts';
import type { Deps } from '../usecases/deps.ts';

export type CycleDeps = Deps & { log: Log };

/** A round of the cycle for every council. A council that fails is logged and holds up no other. */
export async function runCycle(deps: CycleDeps): Promise<void> {
  for (const tenant of await deps.store.tenants()) {
    try {
      const correlationId = deps.newId();
      const { written, notReachable } = await askPeople(deps, tenant, correlationId);
      if (written.length === 0) continue;
      const counts = { messages: written.length, notReachable: notReachable.length };
      deps.log.info({ tenant, correlation: correlationId, ...counts }, 'cycle-round');
    } catch (error) {
      deps.log.error(error, { tenant }, 'cycle-round-failed');
    }
  }
}

const betweenRounds = 60_000;

export type Cycle = { stop: () => Promise<void> };

/** Runs the cycle every minute until it is stopped; `written` is called after each round. */
export function startCycle(deps: CycleDeps, written: () => void): Cycle {
  let stopped = false;
  let wake = () => {};
  const rounds = async () => {
    while (!stopped) {
      await runCycle(deps).catch((error) => deps.log.error(error, {}, 'cycle-round-failed'));
      written();
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, betweenRounds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const done = rounds();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
}
