import type { Partition, Stored } from '../store/store.ts';
import type { Vitals } from '../telemetry/telemetry.ts';
import { countedConnector } from './counted-connector.ts';
import { inParallel } from './in-parallel.ts';
import { createLeases, type Lease, skew } from './lease.ts';
import { createLimits, type Place, type Reserved } from './limits.ts';
import { createMergedWrites } from './merged-writes.ts';
import { type Delivery, type Desk, type OutboxDeps, tryDeliveries } from './outbox.ts';
import { createQueueAge } from './queue-age.ts';
import { asMessages, byConversation, type Message } from './queues.ts';
import { createCycles } from './run-cycle.ts';
import { createSteadyReads } from './steady-reads.ts';

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
  /** How long what should have gone has waited, and what is late in each council. */
  vitals(): Pick<Vitals, 'queueAge' | 'updatesLate'>;
};

/** Conversations at once. Each waits for Teams, not for this machine. */
const mostAtOnce = 256;
/** When more wait, so many become free before there is another round: each looks at the whole store. */
const enoughFree = 64;
/** Councils that are looked at side by side. */
const councilsAtOnce = 8;
/** Councils that one round takes on anew, so that processes which begin together share them. */
const newCouncils = 8;
/**
 * Documents that one look at a partition takes in: what its limit lets out in a second, and the changes of many
 * figures in the few messages of a year. More when what may go now is behind what may not.
 */
const usualReach = ({ year }: Partition) => (year === null ? 40 : 200);
const longestReach = 4_000;
/** A post that was just edited is edited again after ten times what that took, in milliseconds between these. */
const shortestPace = 1_000;
const longestPace = 20_000;

/** One process decides and delivers for a council at a time: its order and its limits are kept in one place. */
const work = 'deliveries';

/** Milliseconds after which it is looked again whether a council of another process's is free. */
const lookAgainAfter = 1_000;

/** Milliseconds between two looks at who has something in hand. */
const betweenLooksForDead = 5_000;

const inSoLong = (now: string, milliseconds: number): string =>
  new Date(Date.parse(now) + milliseconds).toISOString();

/** Of a council with due work: in which round it was last served, how far it is read, until when it isn't ours. */
type Turn = { last: number; stretch: number; othersUntil: number };
type Council = { tenant: string; partitions: readonly Partition[] };

/**
 * Delivers the outbox: conversations side by side, each one's messages in order, within Teams' limits. For each
 * council one process does it, the one that holds the lease; a process that dies is followed by another once its
 * lease and its claims have run out. Councils take turns, and each is read no further than it may send, so that
 * neither what one has waiting nor how many there are matters to the others or to memory.
 *
 * @param whenFree called when a conversation's messages are through, so that others can go
 */
export function createOutbox(deps: OutboxDeps, whenFree: () => void = () => {}): Outbox {
  const { store, elapsed, log } = deps;
  const leases = createLeases(deps);
  const cycles = createCycles(deps, whenFree);
  const limits = createLimits();
  const writes = createMergedWrites(store);
  const queueAge = createQueueAge(deps);
  const busy = new Map<string, { tenant: string; done: Promise<void> }>();
  const clearing = new Set<Promise<unknown>>();
  let turns = new Map<string, Turn>();
  let rounds = 0;
  let tried = 0;
  let stopped = false;
  let lookedForDeadAt = Number.NEGATIVE_INFINITY;
  /** Whether the last round left out what could go as soon as a conversation is through. */
  let passedOver = false;

  /** A conversation's due messages one after the other, until one has to wait. */
  async function deliverAll(place: Place, desk: Desk, first: Reserved, messages: readonly Message[]) {
    const began = elapsed();
    for (const [at, { deliveries }] of messages.entries()) {
      const reserved = at === 0 ? first : limits.reserve(place, elapsed());
      if (typeof reserved === 'number') return;
      const { claimed, retryInSeconds } = await tryOne(place, desk, reserved, deliveries);
      if (claimed === 0) return;
      tried += claimed;
      if (retryInSeconds !== null) limits.hold(place, elapsed() + retryInSeconds * 1000, elapsed());
      if (retryInSeconds !== null || stopped) return;
    }
    if (messages.some(({ isDigest }) => isDigest)) {
      const pace = Math.min(Math.max((elapsed() - began) * 10, shortestPace), longestPace);
      limits.hold(place, elapsed() + pace, elapsed());
    }
  }

  async function tryOne(place: Place, desk: Desk, reserved: Reserved, deliveries: readonly Delivery[]) {
    const counted = countedConnector(deps, limits, place, reserved);
    try {
      return await tryDeliveries(deps, counted, desk, deliveries);
    } finally {
      counted.end();
    }
  }

  function begin(place: Place, desk: Desk, reserved: Reserved, messages: readonly Message[]): void {
    const key = keyOf(place);
    const done = deliverAll(place, desk, reserved, messages)
      .catch((error) => log.error(error, { tenant: place.tenant }, 'deliveries-failed'))
      .finally(() => {
        busy.delete(key);
        if (passedOver && busy.size <= mostAtOnce - enoughFree) whenFree();
      });
    busy.set(key, { tenant: place.tenant, done });
  }

  /** Begins what may go of one council; how many conversations, and the milliseconds until its next may go. */
  async function serve({ tenant, partitions }: Council, turn: Turn, lease: Lease): Promise<Round> {
    turn.last = rounds;
    const reachOf = (partition: Partition) => Math.min(usualReach(partition) * turn.stretch, longestReach);
    const now = inSoLong(deps.wallNow(), lease.ahead);
    const found = await Promise.all(partitions.map((each) => store.due(each, now, reachOf(each))));
    for (const document of found.flat()) {
      if (document.kind === 'form') clearAway(document as Stored<'form'>);
      if (document.kind === 'cycle') cycles.begin(document as Stored<'cycle'>, lease);
    }
    const deliveries = found.flat().filter(({ kind }) => kind === 'delivery') as Delivery[];
    queueAge.saw(deliveries);
    const desk = { writes, steady: createSteadyReads(store, elapsed), queueAge };
    const waits: number[] = [];
    let started = 0;
    for (const [conversation, queue] of byConversation(deliveries)) {
      const place = { tenant, conversation };
      if (stopped) break;
      if (busy.size >= mostAtOnce || busy.has(keyOf(place))) {
        passedOver = true;
        continue;
      }
      const reserved = limits.reserve(place, elapsed());
      if (typeof reserved === 'number') {
        waits.push(reserved);
        continue;
      }
      begin(place, desk, reserved, asMessages(queue));
      started += 1;
    }
    const isFull = found.some((some, at) => some.length === reachOf(partitions[at]!));
    const isOpen = limits.opensIn(tenant, elapsed()) === 0 && busy.size < mostAtOnce;
    turn.stretch = isFull && isOpen ? turn.stretch * 2 : 1;
    return { started, opensIn: waits.length > 0 ? Math.min(...waits) : null };
  }

  function clearAway({ partition, id, version }: Stored<'form'>): void {
    // One that was sent just now stays.
    const cleared = writes
      .add(partition, { change: 'remove', kind: 'form', id, version })
      .catch((error) => log.error(error, { tenant: partition.tenant }, 'form-not-cleared'))
      .finally(() => clearing.delete(cleared));
    clearing.add(cleared);
  }

  /** The councils with due work, the one whose last turn is longest ago first. */
  async function councilsInTurn(): Promise<Council[]> {
    const now = inSoLong(deps.wallNow(), leases.furthestAhead());
    const partitions = Map.groupBy(await store.duePartitions(now), ({ tenant }) => tenant);
    const before = turns;
    turns = new Map();
    const first = { last: -1, stretch: 1, othersUntil: Number.NEGATIVE_INFINITY };
    for (const tenant of partitions.keys()) turns.set(tenant, before.get(tenant) ?? { ...first });
    return [...partitions]
      .map(([tenant, its]) => ({ tenant, partitions: its }))
      .sort((one, other) => turns.get(one.tenant)!.last - turns.get(other.tenant)!.last);
  }

  /**
   * By a clock that is behind, what a dead process claimed is due late. So whoever has a council with anything in
   * hand is watched from before it is due, and followed when they are dead.
   */
  async function followTheDead(): Promise<void> {
    if (stopped || elapsed() - lookedForDeadAt < betweenLooksForDead) return;
    lookedForDeadAt = elapsed();
    const soon = await store.duePartitions(inSoLong(deps.wallNow(), skew));
    const others = [...new Set(soon.map(({ tenant }) => tenant))]
      .map((tenant) => ({ tenant, year: null }))
      .filter((partition) => !leases.holds(partition, work));
    await inParallel(councilsAtOnce, others, (partition) => leases.succeed(partition, work));
  }

  return {
    async round() {
      if (!deps.cycle.anyHour) await cycles.ensure();
      await followTheDead();
      rounds += 1;
      passedOver = false;
      let takenOn = 0;
      const served = await inParallel(councilsAtOnce, await councilsInTurn(), async (council) => {
        const partition = { tenant: council.tenant, year: null };
        const turn = turns.get(council.tenant)!;
        if (stopped || elapsed() < turn.othersUntil) return null;
        const opensIn = limits.opensIn(council.tenant, elapsed());
        if (opensIn > 0) return { started: 0, opensIn };
        const isNew = !leases.holds(partition, work);
        if (busy.size >= mostAtOnce || (isNew && takenOn >= newCouncils)) {
          passedOver = true;
          return null;
        }
        const lease = await leases.hold(partition, work);
        if (!lease) {
          turn.othersUntil = elapsed() + lookAgainAfter;
          return null;
        }
        if (isNew) takenOn += 1;
        return serve(council, turn, lease);
      });
      const waits = served.map((each) => each?.opensIn ?? null).filter((wait) => wait !== null);
      return {
        started: served.reduce((sum, each) => sum + (each?.started ?? 0), 0),
        opensIn: waits.length > 0 ? Math.min(...waits) : null,
      };
    },

    vitals: () => ({ queueAge: queueAge.seconds(), updatesLate: cycles.updatesLate() }),

    stop() {
      stopped = true;
    },

    async settled() {
      await Promise.all([cycles.settled(), ...clearing]);
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
