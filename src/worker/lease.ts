import type { Change, Partition, Store, Stored } from '../store/store.ts';

export type LeaseDeps = {
  store: Store;
  /** Names this process; no other has the same, nor this one after a restart. */
  workerId: string;
  /** The machine's clock as an ISO instant. Those of two machines may be minutes apart. */
  wallNow: () => string;
  /** Milliseconds that have passed, by a clock of this process that is never set. */
  elapsed: () => number;
};

/** Work that this process alone may do now. */
export type Lease = {
  /** Grows with every change of hands: whatever carries a smaller one comes from a process that lost the work. */
  token: number;
  /**
   * Milliseconds by which the clock of a dead holder was ahead of this process's, as far as its lease tells: what it
   * claimed until some time is free that much sooner. 0 once all its claims have run out.
   */
  ahead: number;
  /**
   * Keeps changes of the lease's own partition in one batch with the lease itself, so that nothing is kept once
   * another process has taken over, however long this one was paused.
   */
  write(changes: Change[]): Promise<'kept' | 'conflict' | 'lost'>;
};

export type Leases = {
  /** The lease of a piece of work, taken or renewed as needed; null while another process does that work. */
  hold(partition: Partition, work: string): Promise<Lease | null>;
  /** Whether this process had the lease when it last looked. */
  holds(partition: Partition, work: string): boolean;
  /**
   * Takes the lease if a process has it that must be dead, for what that one claimed isn't due by this clock yet.
   * One that nobody has is left to whoever has something to do.
   */
  succeed(partition: Partition, work: string): Promise<void>;
  /** The largest `ahead` of all leases that this process has. */
  furthestAhead(): number;
  /** Gives all back, but for those that are `kept`, so that others needn't wait until they run out. */
  release(kept?: (partition: Partition) => boolean): Promise<void>;
};

/** Milliseconds for which a lease is good, and after which it is renewed. */
export const leaseFor = 25_000;
const renewAfter = 5_000;
/** What is left when the holder counts it as over: a write may be on its way for as long. */
const margin = 5_000;
/** Milliseconds: clocks are taken to be no further apart. */
export const skew = 120_000;
/** Milliseconds after which all that a dead holder claimed has run out, and its clock matters no more. */
const aheadFor = 60_000;

type Held = { stored: Stored<'lease'>; renewedAt: number; takenAt: number; ahead: number };

/**
 * Leases that need no common clock: a lease is free once this process has itself seen it unchanged for as long as
 * a lease is good, or once it is so old that no clock can be that wrong. A holder that was paused finds by its own
 * clock that its time is over, and by the lease's version that another has it.
 */
export function createLeases({ store, workerId, wallNow, elapsed }: LeaseDeps): Leases {
  const held = new Map<string, Held>();
  const renewing = new Map<string, Promise<unknown>>();
  const seen = new Map<string, { version: string; since: number }>();
  const keyOf = ({ tenant, year }: Partition, work: string) => `${tenant}|${year ?? ''}|${work}`;
  const fromNow = (ahead: number) => new Date(Date.parse(wallNow()) + ahead + leaseFor).toISOString();
  const aheadOf = ({ takenAt, ahead }: Held) => (elapsed() - takenAt < aheadFor ? ahead : 0);

  function isFree(key: string, { version, data }: Stored<'lease'>): boolean {
    if (data.holder === null || data.holder === workerId) return true;
    if (Date.parse(wallNow()) > Date.parse(data.until) + skew) return true;
    const now = elapsed();
    const before = seen.get(key);
    if (before?.version === version) return now - before.since >= leaseFor;
    seen.set(key, { version, since: now });
    return false;
  }

  async function take(key: string, partition: Partition, work: string): Promise<Held | null> {
    const stored = await store.read(partition, 'lease', work);
    if (stored && !isFree(key, stored)) return null;
    const renewedAt = elapsed();
    const isOurs = stored?.data.holder === workerId;
    const token = isOurs ? stored.data.token : (stored?.data.token ?? 0) + 1;
    // A lease that has run out did so by its holder's clock too, so that clock is at least as late as this.
    const hasRunOut = stored && stored.data.holder !== null && !isOurs;
    const ahead = hasRunOut ? Math.max(0, Date.parse(stored.data.until) - Date.parse(wallNow())) : 0;
    const data = { holder: workerId, token, until: fromNow(ahead) };
    const written = await store.write(partition, [
      stored
        ? { change: 'replace', kind: 'lease', id: work, version: stored.version, data }
        : { change: 'create', kind: 'lease', id: work, data },
    ]);
    if (!written.ok) return null;
    seen.delete(key);
    const version = written.versions[0]!;
    return {
      stored: { partition, kind: 'lease', id: work, version, data },
      renewedAt,
      takenAt: renewedAt,
      ahead,
    };
  }

  /** The same lease for longer, with whatever else is to be kept only while it is held; one after the other. */
  function renew(key: string, changes: Change[] = []): Promise<'kept' | 'conflict' | 'lost'> {
    const done = (renewing.get(key) ?? Promise.resolve())
      .catch(() => {})
      .then(() => renewNow(key, changes))
      .finally(() => {
        if (renewing.get(key) === done) renewing.delete(key);
      });
    renewing.set(key, done);
    return done;
  }

  async function renewNow(key: string, changes: Change[]): Promise<'kept' | 'conflict' | 'lost'> {
    const mine = held.get(key);
    if (!mine) return 'lost';
    const { partition, id, version, data: before } = mine.stored;
    const renewedAt = elapsed();
    const data = { ...before, until: fromNow(aheadOf(mine)) };
    const written = await store.write(partition, [
      { change: 'replace', kind: 'lease', id, version, data },
      ...changes,
    ]);
    if (written.ok) {
      held.set(key, { ...mine, stored: { ...mine.stored, version: written.versions[0]!, data }, renewedAt });
      return 'kept';
    }
    if (written.at > 0) return 'conflict';
    held.delete(key);
    return 'lost';
  }

  return {
    async hold(partition, work) {
      const key = keyOf(partition, work);
      const mine = held.get(key);
      const age = mine ? elapsed() - mine.renewedAt : Number.POSITIVE_INFINITY;
      if (mine && age >= renewAfter) {
        if (age < leaseFor - margin) await renew(key);
        else held.delete(key);
      }
      if (!held.has(key)) {
        const taken = await take(key, partition, work);
        if (!taken) return null;
        held.set(key, taken);
      }
      const now = held.get(key)!;
      const { token } = now.stored.data;
      return {
        token,
        ahead: aheadOf(now),
        write: async (changes) => (held.get(key)?.stored.data.token === token ? renew(key, changes) : 'lost'),
      };
    },

    holds: (partition, work) => held.has(keyOf(partition, work)),

    async succeed(partition, work) {
      const key = keyOf(partition, work);
      const stored = await store.read(partition, 'lease', work);
      if (held.has(key) || !stored || stored.data.holder === null || !isFree(key, stored)) return;
      const taken = await take(key, partition, work);
      if (taken) held.set(key, taken);
    },

    furthestAhead: () => Math.max(0, ...[...held.values()].map(aheadOf)),

    async release(kept = () => false) {
      for (const [key, { stored }] of held) {
        if (kept(stored.partition)) continue;
        const { partition, id, version, data } = stored;
        const given = { ...data, holder: null };
        held.delete(key);
        await store.write(partition, [{ change: 'replace', kind: 'lease', id, version, data: given }]);
      }
    },
  };
}
