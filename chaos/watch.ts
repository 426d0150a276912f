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
 * Looks again and again for work that a killed process has left: deliveries that it had claimed, and what is due
 * while it holds the lease; and measures how long that lasts while at least one other process is up and has the
 * processor.
 */
export function watchTakeOvers({ store, speed, every, now, instances, isDead, limit }: Given): Watch {
  const waited = new Map<string, { claims: number; seconds: number }>();
  const tooLong: string[] = [];
  let longest = 0;
  let stopped = false;

  /** How many claims each dead process has in each conversation; and what it holds the lease of while that is due. */
  async function orphans(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const add = (key: string) => found.set(key, (found.get(key) ?? 0) + 1);
    for (const partition of [inCouncil, inYear]) {
      for (const { data } of await store.list(partition, 'delivery', { state: 'sending' })) {
        if (isDead(data.claimedBy ?? '')) add(`what ${data.claimedBy} claimed in ${data.conversation.id}`);
      }
    }
    const due = new Set((await dueIn(store, now())).map(({ kind }) => kind));
    for (const { id, data } of await store.list(inCouncil, 'lease')) {
      if (isDead(data.holder ?? '') && (due.has('delivery') || due.has('cycle'))) {
        add(`the lease ${id} of ${data.holder}`);
      }
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
      for (const [key, claims] of found) {
        // Once one of its claims is another's the rest follows, each in its turn.
        const before = waited.get(key);
        const isTaken = before !== undefined && claims < before.claims;
        const seconds = isTaken ? Number.NaN : (before?.seconds ?? -passed) + passed;
        waited.set(key, { claims, seconds });
        if (Number.isNaN(seconds)) continue;
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
