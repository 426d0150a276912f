import type { Vitals } from '../telemetry/telemetry.ts';
import type { OutboxDeps } from './outbox.ts';
import { createOutbox } from './rounds.ts';

export type Worker = {
  /** Looks for due work now instead of at the next round. */
  nudge(): void;
  /** Resolves once nothing that is in the outbox can go now. */
  quiet(): Promise<void>;
  /** How it does, for whoever measures. */
  vitals(): Vitals;
  /** Whether its rounds go on: false once one has hung for longer than any store takes. */
  isAlive(): boolean;
  /**
   * Takes on no more at once, and waits for the deliveries under way, but no longer than the milliseconds given.
   * What is cut off then is taken over by another process, or by this one when it runs again.
   */
  stop(patience?: number): Promise<void>;
};

const roundMilliseconds = 1_000;
/** Between two rounds while there is work, so that many small ends make one look at the store. */
const breathMilliseconds = 10;
/** A round waits for the store alone, whose own patience is half a minute (PLATFORM "Cosmos DB"). */
const stuckAfter = 90_000;
const stopPatience = 6_000;

/**
 * Delivers what is due, round after round, until it is stopped. A round that fails is logged and tried again.
 * `speed` is how many milliseconds of `elapsed` pass in one of the timers.
 */
export function runWorker(deps: OutboxDeps & { speed?: number }): Worker {
  const { elapsed, log, speed = 1 } = deps;
  let stopped = false;
  let beatAt = elapsed();
  let wholeAt = elapsed();
  let woken = false;
  let wake = () => {};
  const nudge = () => {
    woken = true;
    wake();
  };
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds / speed);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const outbox = createOutbox(deps, nudge);
  const waiting: (() => void)[] = [];

  const rounds = async () => {
    while (!stopped) {
      woken = false;
      const asked = waiting.length;
      if (asked > 0) await outbox.settled();
      const round = await outbox.round().catch((error) => {
        log.error(error, {}, 'outbox-round-failed');
        return null;
      });
      const { started, opensIn } = round ?? { started: 0, opensIn: null };
      beatAt = elapsed();
      if (round) wholeAt = beatAt;
      if (started === 0 && opensIn === null) for (const resolve of waiting.splice(0, asked)) resolve();
      if (stopped) return;
      if (started > 0 || woken) await new Promise((resolve) => setTimeout(resolve, breathMilliseconds));
      else await pause(Math.min(opensIn ?? roundMilliseconds, roundMilliseconds));
    }
  };
  const done = rounds();

  return {
    nudge,
    quiet: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        nudge();
      }),
    vitals: () => ({ ...outbox.vitals(), heartbeatAge: (elapsed() - wholeAt) / 1000 }),
    isAlive: () => stopped || elapsed() - beatAt < stuckAfter,
    stop: async (patience = stopPatience) => {
      stopped = true;
      for (const resolve of waiting.splice(0)) resolve();
      outbox.stop();
      nudge();
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, patience);
      await Promise.race([done.then(() => outbox.settled()), over.promise]);
      clearTimeout(timer);
      await outbox.release();
    },
  };
}
