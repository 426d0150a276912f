import type { Store } from '../src/store/store.ts';
import { beatEvery } from './beat.ts';
import { inCouncil, inYear } from './council.ts';
import type { Instance } from './instances.ts';
import { dueIn } from './stores.ts';

export type Watch = {
  /** The seconds that a dead process's work waited at most while another was up, by the run's clocks. */
  longest(): number;
  /** What waited for longer than it may. */
  tooLong: string[];
  stop(): Promise<void>;
};

type Given = {
  store: Store;
  speed: number;
  /** Milliseconds between two looks. */
  every: number;
  /** The newest clock of the run. */
  now: () => string;
  instances: () => readonly Instance[];
  isDead: (name: string) => boolean;
  /** Seconds. */
  limit: number;
};

/**
 * Looks again and again for work that a killed process has left: a delivery that it had claimed, and what is due
 * while it holds the lease; and measures how long that lasts while at least one other process is up and has the
 * processor.
 */
export function watchTakeOvers({ store, speed, every, now, instances, isDead, limit }: Given): Watch {
  const waited = new Map<string, number>();
  const tooLong: string[] = [];
  let longest = 0;
  let stopped = false;

  async function orphans(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const partition of [inCouncil, inYear]) {
      for (const { id, data } of await store.list(partition, 'delivery', { state: 'sending' })) {
        if (isDead(data.claimedBy ?? '')) found.add(`delivery ${id} of ${data.claimedBy}`);
      }
    }
    const due = new Set((await dueIn(store, now())).map(({ kind }) => kind));
    for (const { id, data } of await store.list(inCouncil, 'lease')) {
      const kind = id === 'deliveries' ? 'delivery' : 'cycle';
      if (isDead(data.holder ?? '') && due.has(kind)) found.add(`lease ${id} of ${data.holder}`);
    }
    return found;
  }

  const beats = new Map<string, number>();
  /** The beats since the last look of the process that had most: how long any could have done something. */
  function beatsSince(): number {
    let most = 0;
    for (const { name, beats: now } of instances()) {
      most = Math.max(most, now - (beats.get(name) ?? now));
      beats.set(name, now);
    }
    return most;
  }

  async function look(): Promise<void> {
    while (!stopped) {
      // A busy emulator can be too late with its answer; then nothing is known of this moment.
      const found = await orphans().catch(() => null);
      if (!found) {
        await new Promise((resolve) => setTimeout(resolve, every));
        continue;
      }
      const passed = (beatsSince() * beatEvery * speed) / 1000;
      for (const key of waited.keys()) if (!found.has(key)) waited.delete(key);
      for (const key of found) {
        const seconds = (waited.get(key) ?? 0) + (waited.has(key) ? passed : 0);
        waited.set(key, seconds);
        longest = Math.max(longest, seconds);
        if (seconds > limit && !tooLong.some((line) => line.startsWith(key))) {
          tooLong.push(`${key} was not taken over for ${Math.round(seconds)} s`);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
  const done = look();
  return {
    longest: () => longest,
    tooLong,
    stop: () => {
      stopped = true;
      return done;
    },
  };
}
