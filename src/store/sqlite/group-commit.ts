import type { DatabaseSync } from 'node:sqlite';

/** Work that runs inside a transaction and undoes itself when it throws. */
type Work<T> = () => T;

type Waiting = {
  work: Work<unknown>;
  committed: (result: unknown) => void;
  failed: (error: unknown) => void;
  outcome: { result: unknown } | { error: unknown } | null;
};

/** Most pieces of work in one transaction, so that a flood of writes doesn't hold up the reads for long. */
const groupSize = 128;

export type GroupCommit = {
  /** Resolves once the commit is on the disk. One piece that fails spoils no other of its group. */
  add<T>(work: Work<T>, committed: (result: T) => void): Promise<T>;
  /** Commits what is waiting, now. */
  flush(): void;
};

/**
 * Takes all work that was handed in during one turn of the event loop into one transaction: the disk is waited
 * for once. `committed` runs after the commit, in the order of the work; `lost` when it isn't known what was kept.
 */
export function createGroupCommit(db: DatabaseSync, lost: () => void): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  let waiting: Waiting[] = [];
  let scheduled: NodeJS.Immediate | null = null;

  const perform = (group: Waiting[]) => {
    begin.run();
    for (const piece of group) {
      try {
        piece.outcome = { result: piece.work() };
      } catch (error) {
        // A full disk or the like has undone the whole transaction, and with it the pieces before this one.
        if (!db.isTransaction) throw error;
        piece.outcome = { error };
      }
    }
    commit.run();
  };

  const flushGroup = (group: Waiting[]) => {
    try {
      perform(group);
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      lost();
      for (const piece of group) piece.failed(error);
      return;
    }
    for (const { outcome, committed, failed } of group) {
      if (outcome && 'result' in outcome) committed(outcome.result);
      else failed(outcome?.error);
    }
  };

  const flushNext = () => {
    const group = waiting.slice(0, groupSize);
    waiting = waiting.slice(groupSize);
    scheduled = waiting.length > 0 ? setImmediate(flushNext) : null;
    flushGroup(group);
  };

  return {
    add: <T>(work: Work<T>, committed: (result: T) => void) =>
      new Promise<T>((resolve, reject) => {
        if (!db.isOpen) throw new Error('The store is closed');
        waiting.push({
          work,
          committed: (result) => {
            committed(result as T);
            resolve(result as T);
          },
          failed: reject,
          outcome: null,
        });
        scheduled ??= setImmediate(flushNext);
      }),
    flush() {
      if (scheduled) clearImmediate(scheduled);
      scheduled = null;
      while (waiting.length > 0) flushGroup(waiting.splice(0, groupSize));
    },
  };
}
