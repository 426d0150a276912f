import type { Log } from '../log.ts';
import type { DataOf } from '../store/documents.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';
import type { Connector } from './connector.ts';
import { type Delivered, type DigestCard, sendDigest } from './send-digest.ts';

export type OutboxDeps = Deps & {
  connector: Connector;
  digestCard: DigestCard;
  /** Names this process in the deliveries that it claims. */
  workerId: string;
  /** Between 0 and 1, so that retries of many don't fall together. */
  random: () => number;
  log: Log;
};

const claimSeconds = 60;
const maxAttempts = 8;
const firstBackoffSeconds = 2;
const longestBackoffSeconds = 300;

const later = (now: string, seconds: number): string =>
  new Date(Date.parse(now) + seconds * 1000).toISOString();

/** Twice as long each time, bounded, spread by up to half. */
const backoffSeconds = (attempts: number, random: () => number): number =>
  Math.min(firstBackoffSeconds * 2 ** (attempts - 1), longestBackoffSeconds) * (1 + random() / 2);

/**
 * Delivers what is due now, one after the other until `isStopped`, and returns how many it took on. Each delivery is claimed by
 * its version first, so that several processes share the work; a claim of a process that died runs out after a
 * minute. An ambiguous send is marked unknown and never repeated; a dead one keeps its reason.
 */
export async function deliverDue(deps: OutboxDeps, isStopped = () => false, limit = 20): Promise<number> {
  const due = await deps.store.due(deps.wallNow(), limit);
  let taken = 0;
  for (const stored of due) {
    if (isStopped()) break;
    if (stored.kind === 'form') await clearAway(deps, stored as Stored<'form'>);
    if (stored.kind !== 'delivery') continue;
    const repeat = (stored as Stored<'delivery'>).data.state === 'sending';
    const delivery = await claim(deps, stored as Stored<'delivery'>);
    if (!delivery) continue;
    taken += 1;
    await settle(deps, delivery, await attempt(deps, delivery, repeat));
  }
  return taken;
}

/** A form that nobody sent in its time; one that was sent just now stays. */
async function clearAway({ store }: OutboxDeps, { partition, id, version }: Stored<'form'>): Promise<void> {
  await store.write(partition, [{ change: 'remove', kind: 'form', id, version }]);
}

async function claim(deps: OutboxDeps, stored: Stored<'delivery'>): Promise<Stored<'delivery'> | null> {
  const data: DataOf<'delivery'> = {
    ...stored.data,
    state: 'sending',
    attempts: stored.data.attempts + 1,
    claimedBy: deps.workerId,
  };
  const { id, version, partition } = stored;
  const dueAt = later(deps.wallNow(), claimSeconds);
  const written = await deps.store.write(partition, [
    { change: 'replace', kind: 'delivery', id, version, data, dueAt },
  ]);
  return written.ok ? { ...stored, data, version: written.versions[0]! } : null;
}

async function attempt(deps: OutboxDeps, delivery: Stored<'delivery'>, repeat: boolean): Promise<Delivered> {
  try {
    return await sendDigest(deps, deps.connector, deps.digestCard, delivery, repeat);
  } catch (error) {
    deps.log.error(error, { delivery: delivery.id, cause: delivery.data.cause }, 'delivery-failed');
    return { state: 'retry', reason: 'it failed before it was sent', afterSeconds: null };
  }
}

async function settle(deps: OutboxDeps, delivery: Stored<'delivery'>, result: Delivered): Promise<void> {
  const { id, version, partition, data } = delivery;
  const worn = result.state === 'retry' && data.attempts >= maxAttempts;
  const state = result.state === 'retry' ? (worn ? 'dead' : 'waiting') : result.state;
  const dueAt =
    result.state === 'retry' && !worn
      ? later(deps.wallNow(), result.afterSeconds ?? backoffSeconds(data.attempts, deps.random))
      : null;
  const activityId = result.state === 'sent' ? result.activityId : null;
  const settled: DataOf<'delivery'> = { ...data, state, activityId, reason: result.reason, claimedBy: null };
  const own = { change: 'replace', kind: 'delivery', id, version, data: settled, dueAt } as const;
  const changes = result.state === 'sent' ? [own, ...result.changes] : [own];
  const written = await deps.store.write(partition, changes);
  deps.log.info({ delivery: id, cause: data.cause, state, attempts: data.attempts }, 'delivery-settled');
  if (written.ok || result.state !== 'sent' || result.changes.length === 0) return;
  await recordPost(deps, delivery, settled);
}

/**
 * The post is out but its digest was written meanwhile: the post's id must be kept all the same, or the next
 * delivery would post a second one. The digest's newer revision is left to its own delivery.
 */
async function recordPost({ store }: OutboxDeps, delivery: Stored<'delivery'>, settled: DataOf<'delivery'>) {
  const { id, version, partition, data } = delivery;
  for (;;) {
    const digest = await store.read(partition, 'digest', data.message.digest);
    if (!digest) return;
    const kept = { ...digest.data, activityId: settled.activityId, postedBy: null };
    const written = await store.write(partition, [
      { change: 'replace', kind: 'delivery', id, version, data: settled },
      { change: 'replace', kind: 'digest', id: digest.id, version: digest.version, data: kept },
    ]);
    if (written.ok || written.at === 0) return;
  }
}
