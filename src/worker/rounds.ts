import type { Stored } from '../store/store.ts';
import type { Connector } from './connector.ts';
import { createLeases } from './lease.ts';
import { createLimits, type Limits, type Place, type Reserved } from './limits.ts';
import { type Delivery, type OutboxDeps, type Tried, tryDelivery } from './outbox.ts';
import { createCycles } from './run-cycle.ts';

export type Round = {
  /** Conversations in which it began to deliver. */
  started: number;
  /** Milliseconds until a limit lets the next message out, or null when none waits for one. */
  opensIn: number | null;
};

export type Outbox = {
  /** Begins to deliver what is due and may go now, and doesn't wait for it. */
  round(): Promise<Round>;
  /** Begins nothing any more, not even the next message of a conversation under way. */
  stop(): void;
  /** Resolves to how many deliveries were tried, once none is under way. */
  settled(): Promise<number>;
  /** Gives back the leases of councils for which nothing is under way. */
  release(): Promise<void>;
};

/** Conversations at once. Each waits for Teams, not for this machine. */
const mostAtOnce = 256;
/** Documents that one look at the store takes in; more when what may go now is behind what may not. */
const usualReach = 200;
const longestReach = 4_000;

/** One process delivers for a council at a time, so that its order and its limits are kept in one place. */
const work = 'deliveries';

/**
 * Delivers the outbox: conversations side by side, each one's messages in order, within Teams' limits. For each
 * council one process does it, the one that holds the lease; a process that dies is followed by another once its
 * lease and its claims have run out.
 *
 * @param whenFree called when a conversation's messages are through, so that others can go
 */
export function createOutbox(deps: OutboxDeps, whenFree: () => void = () => {}): Outbox {
  const { store, elapsed, log } = deps;
  const leases = createLeases(deps);
  const cycles = createCycles(deps, leases, whenFree);
  const limits = createLimits();
  const busy = new Map<string, { tenant: string; done: Promise<void> }>();
  let reach = usualReach;
  let tried = 0;
  let stopped = false;
  /** Whether the last round left out what could go as soon as a conversation is through. */
  let passedOver = false;

  /** A conversation's due deliveries one after the other, until one has to wait. */
  async function deliverAll(place: Place, first: Reserved, deliveries: readonly Delivery[]): Promise<void> {
    for (const [at, delivery] of deliveries.entries()) {
      const reserved = at === 0 ? first : limits.reserve(place, elapsed());
      if (typeof reserved === 'number') return;
      const { claimed, retryInSeconds } = await tryOne(place, reserved, delivery);
      if (!claimed) return;
      tried += 1;
      if (retryInSeconds !== null) limits.hold(place, elapsed() + retryInSeconds * 1000);
      if (retryInSeconds !== null || stopped) return;
    }
  }

  async function tryOne(place: Place, reserved: Reserved, delivery: Delivery): Promise<Tried> {
    const counted = countedConnector(deps, limits, place, reserved);
    try {
      return await tryDelivery(deps, counted.connector, delivery);
    } finally {
      counted.end();
    }
  }

  function begin(place: Place, deliveries: readonly Delivery[]): number | null {
    const reserved = limits.reserve(place, elapsed());
    if (typeof reserved === 'number') return reserved;
    const key = keyOf(place);
    const done = deliverAll(place, reserved, deliveries)
      .catch((error) => log.error(error, { tenant: place.tenant }, 'deliveries-failed'))
      .finally(() => {
        busy.delete(key);
        if (passedOver) whenFree();
      });
    busy.set(key, { tenant: place.tenant, done });
    return null;
  }

  return {
    async round() {
      if (!deps.cycle.anyHour) await cycles.ensure();
      const due = await store.due(deps.wallNow(), reach);
      const waits: number[] = [];
      let started = 0;
      passedOver = false;
      for (const document of due) {
        if (document.kind === 'form') await clearAway(deps, document as Stored<'form'>);
        if (document.kind === 'cycle') cycles.begin(document as Stored<'cycle'>);
      }
      const deliveries = due.filter(({ kind }) => kind === 'delivery') as Delivery[];
      for (const [tenant, theirs] of Map.groupBy(deliveries, ({ partition }) => partition.tenant)) {
        if (!(await leases.hold({ tenant, year: null }, work))) continue;
        for (const [conversation, queue] of Map.groupBy(theirs, ({ data }) => data.conversation.id)) {
          const place = { tenant, conversation };
          if (stopped) break;
          if (busy.size >= mostAtOnce || busy.has(keyOf(place))) {
            passedOver = true;
            continue;
          }
          const wait = begin(place, queue.sort(oldestFirst));
          if (wait === null) started += 1;
          else waits.push(wait);
        }
      }
      const isShort = due.length === reach && busy.size < mostAtOnce;
      reach = isShort ? Math.min(reach * 2, longestReach) : Math.max(usualReach, Math.floor(reach / 2));
      return { started, opensIn: waits.length > 0 ? Math.min(...waits) : null };
    },

    stop() {
      stopped = true;
    },

    async settled() {
      await cycles.settled();
      while (busy.size > 0) await Promise.all([...busy.values()].map(({ done }) => done));
      return tried;
    },

    release() {
      const underWay = new Set([...busy.values()].map(({ tenant }) => tenant).concat(...cycles.underWay()));
      return leases.release(({ tenant }) => underWay.has(tenant));
    },
  };
}

/** Delivers what is due now and may go now, once, and returns how many deliveries it tried. */
export async function deliverDue(deps: OutboxDeps): Promise<number> {
  const outbox = createOutbox(deps);
  await outbox.round();
  return outbox.settled();
}

const keyOf = ({ tenant, conversation }: Place): string => `${tenant} ${conversation}`;

/** Of the same moment, the one that was tried already was the earlier. */
const oldestFirst = ({ data: one }: Delivery, { data: other }: Delivery): number =>
  Date.parse(one.createdAt) - Date.parse(other.createdAt) || other.attempts - one.attempts;

/** A form that nobody sent in its time; one that was sent just now stays. */
async function clearAway({ store }: OutboxDeps, { partition, id, version }: Stored<'form'>): Promise<void> {
  await store.write(partition, [{ change: 'remove', kind: 'form', id, version }]);
}

/**
 * The connector with every call counted: the first takes the place that was reserved, a further one (a post in
 * place of one that was deleted) a place of its own.
 */
function countedConnector({ connector, elapsed }: OutboxDeps, limits: Limits, place: Place, first: Reserved) {
  let unused: Reserved | null = first;
  async function counted<T>(send: () => Promise<T>) {
    const reserved = unused ?? limits.reserve(place, elapsed());
    unused = null;
    if (typeof reserved === 'number') {
      return { outcome: 'later', status: 429, retryAfterSeconds: reserved / 1000 } as const;
    }
    try {
      return await send();
    } finally {
      reserved.ended(elapsed());
    }
  }
  const counting: Connector = {
    post: (to, card) => counted(() => connector.post(to, card)),
    edit: (to, activityId, card) => counted(() => connector.edit(to, activityId, card)),
  };
  return { connector: counting, end: () => unused?.cancel() };
}
