import type { Log } from '../log.ts';
import type { Partition, Stored } from '../store/store.ts';
import type { Telemetry, Vitals } from '../telemetry/telemetry.ts';
import type { Deps } from '../usecases/deps.ts';
import { runCycle } from '../usecases/run-cycle.ts';
import type { Lease } from './lease.ts';

export type CycleDeps = Deps & { elapsed: () => number; log: Log; telemetry: Telemetry };

/** The cycles of all councils, each run by the one process that holds the council's lease. */
export type Cycles = {
  /** Has the cycle of every council begin, also of one that was loaded since. */
  ensure(): Promise<void>;
  /** Begins the round of a council that is due, and doesn't wait for it. */
  begin(due: Stored<'cycle'>, lease: Lease): void;
  /** The tenants whose round is under way. */
  underWay(): ReadonlySet<string>;
  settled(): Promise<void>;
  /** The updates that were overdue in the last round in hours of each council that this process works for. */
  updatesLate(): Vitals['updatesLate'];
};

/** Rounds at once: each reads a council's whole year. */
const mostAtOnce = 2;
/** Milliseconds between two looks for councils that were loaded. */
const betweenLooks = 60_000;
const retryAfter = 30_000;
/** Milliseconds after which a count is another process's to tell: three rounds. */
const countedFor = 900_000;

/** @param whenDone called after a round, whose messages can go out now */
export function createCycles(deps: CycleDeps, whenDone: () => void): Cycles {
  const { store, elapsed, wallNow, log } = deps;
  const running = new Map<string, Promise<void>>();
  const known = new Set<string>();
  const late = new Map<string, { count: number; until: number }>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** Only the holder of the lease says when the next round is, so a process that was paused can't put it back. */
  async function run({ partition, id, version }: Stored<'cycle'>, lease: Lease): Promise<void> {
    const ranAt = wallNow();
    const nextAt = await round(partition);
    await lease.write([{ change: 'replace', kind: 'cycle', id, version, data: { ranAt }, dueAt: nextAt }]);
  }

  async function round({ tenant }: Partition): Promise<string> {
    const correlation = deps.newId();
    try {
      const run = () => runCycle(deps, tenant, correlation);
      const { asked, posted, nextAt } = await deps.telemetry.round(correlation, tenant, run);
      // Out of hours nothing is counted, and what was counted last holds.
      const count = asked.overdue ?? stillLate().get(tenant)?.count;
      if (count !== undefined) late.set(tenant, { count, until: elapsed() + countedFor });
      const [messages, digests] = [asked.written.length, posted.length];
      const counts = { messages, digests, notReachable: asked.notReachable.length };
      if (messages + digests > 0) log.info({ tenant, correlation, ...counts }, 'cycle-round');
      return nextAt;
    } catch (error) {
      log.error(error, { tenant, correlation }, 'cycle-round-failed');
      return new Date(Date.parse(wallNow()) + retryAfter).toISOString();
    }
  }

  /** The counts that are this process's to tell. */
  function stillLate() {
    for (const [tenant, { until }] of late) if (until <= elapsed()) late.delete(tenant);
    return late;
  }

  return {
    async ensure() {
      if (elapsed() - lookedAt < betweenLooks) return;
      lookedAt = elapsed();
      for (const tenant of await store.tenants()) {
        if (known.has(tenant)) continue;
        const data = { ranAt: null };
        // There already, as a rule; then this changes nothing.
        await store.write({ tenant, year: null }, [
          { change: 'create', kind: 'cycle', id: 'cycle', data, dueAt: wallNow() },
        ]);
        known.add(tenant);
      }
    },
    begin(due, lease) {
      const { tenant } = due.partition;
      if (running.has(tenant) || running.size >= mostAtOnce) return;
      const done = run(due, lease)
        .catch((error) => log.error(error, { tenant }, 'cycle-round-failed'))
        .finally(() => {
          running.delete(tenant);
          whenDone();
        });
      running.set(tenant, done);
    },
    underWay: () => new Set(running.keys()),
    settled: async () => void (await Promise.all(running.values())),
    updatesLate: () => [...stillLate()].map(([tenant, { count }]) => ({ tenant, count })),
  };
}
