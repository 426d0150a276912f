import { BATCH_LIMITS, type Change, type Partition, type Store } from '../store/store.ts';

/** The version that a change was kept at (null for a removal), or that its document was not as it wanted it. */
export type Kept = { ok: true; version: string | null } | { ok: false };

/** Changes of one document each, written together. */
export type MergedWrites = {
  /** Keeps one change. Rejects when the store does. */
  add(partition: Partition, change: Change): Promise<Kept>;
};

type Waiting = { change: Change; kept: (kept: Kept) => void; failed: (error: unknown) => void };

/** After so many conflicts in one batch its changes go one by one. */
const mostConflicts = 4;

/**
 * Writes what is handed in for a partition while its last batch is on its way, or in the same moment, as one batch:
 * nothing waits for the sake of company. A batch is all or nothing, so one that meets a conflict is written again
 * without the change that met it.
 */
export function createMergedWrites(store: Store): MergedWrites {
  const lines = new Map<string, Waiting[]>();

  async function writeAll(partition: Partition, changes: readonly Waiting[]): Promise<void> {
    let left = changes;
    for (let conflicts = 0; left.length > 0; ) {
      const now = conflicts < mostConflicts ? left : left.slice(0, 1);
      const written = await store.write(
        partition,
        now.map(({ change }) => change),
      );
      if (written.ok) {
        for (const [at, { kept }] of now.entries()) kept({ ok: true, version: written.versions[at]! });
        left = left.slice(now.length);
        continue;
      }
      conflicts += 1;
      const lost = now[written.at]!;
      lost.kept({ ok: false });
      left = left.filter((each) => each !== lost);
    }
  }

  async function drain(key: string, partition: Partition, line: Waiting[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (line.length > 0) {
      const some = line.splice(0, BATCH_LIMITS.changes);
      // Those of them that were kept already have been told so.
      await writeAll(partition, some).catch((error) => {
        for (const { failed } of some) failed(error);
      });
    }
    lines.delete(key);
  }

  return {
    add: (partition, change) =>
      new Promise((kept, failed) => {
        const key = `${partition.tenant}|${partition.year}`;
        const line = lines.get(key);
        if (line) return void line.push({ change, kept, failed });
        const begun = [{ change, kept, failed }];
        lines.set(key, begun);
        void drain(key, partition, begun);
      }),
  };
}
