import type { DatabaseSync } from 'node:sqlite';

/** Longest that one look may serve, in milliseconds: shorter than anything another process can be waited for. */
const glance = 1;

/**
 * Tells whether another process has committed since the last call: the number returned goes up when one has. Throws
 * once the file is closed.
 *
 * One look serves the reads of one uninterrupted run of code, for at most a millisecond. Word of another process's
 * commit can only come in a later run, so a read after it always sees the commit.
 */
export function createFreshness(db: DatabaseSync): () => number {
  const look = db.prepare('PRAGMA data_version');
  let seen = -1;
  let epoch = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const forget = () => {
    lookedAt = Number.NEGATIVE_INFINITY;
  };
  return () => {
    if (!db.isOpen) throw new Error('The store is closed');
    const now = performance.now();
    if (now - lookedAt < glance) return epoch;
    const { data_version: current } = look.get() as { data_version: number };
    if (current !== seen) epoch += 1;
    seen = current;
    lookedAt = now;
    // Runs when the promises that are ready now have run, before any other event is taken in.
    process.nextTick(forget);
    return epoch;
  };
}
