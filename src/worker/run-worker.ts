import { deliverDue, type OutboxDeps } from './outbox.ts';

export type Worker = {
  /** Looks for due work now instead of at the next round. */
  nudge(): void;
  /** Finishes the delivery under way and takes on no more. */
  stop(): Promise<void>;
};

const roundMilliseconds = 1_000;

/** Delivers what is due, round after round, until it is stopped. A round that fails is logged and tried again. */
export function runWorker(deps: OutboxDeps): Worker {
  let stopped = false;
  let wake = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, roundMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const rounds = async () => {
    while (!stopped) {
      const taken = await deliverDue(deps, () => stopped).catch((error) => {
        deps.log.error(error, {}, 'outbox-round-failed');
        return 0;
      });
      if (taken === 0 && !stopped) await pause();
    }
  };
  const done = rounds();

  return {
    nudge: () => wake(),
    stop: async () => {
      stopped = true;
      wake();
      await done;
    },
  };
}
