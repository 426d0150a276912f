import { refusalReason, stoppedReason } from '../domain/destination.ts';
import type { Log } from '../log.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Stored, WriteResult } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Deps } from '../usecases/deps.ts';
import { applyRefusal, findChat, findDestination } from '../usecases/destinations.ts';
import { takenBack } from '../usecases/recheck-message.ts';
import { refreshDigest } from '../usecases/refresh-digest.ts';
import type { Connector } from './connector.ts';
import type { CountedConnector } from './counted-connector.ts';
import type { MergedWrites } from './merged-writes.ts';
import type { QueueAge } from './queue-age.ts';
import { recordPost } from './record-post.ts';
import { type CycleSending, sendCycleMessage } from './send-cycle-message.ts';
import { type Delivered, type DigestCard, sendDigest } from './send-digest.ts';
import { type NoticeCard, sendNotice } from './send-notice.ts';
import type { SteadyReads } from './steady-reads.ts';

export type OutboxDeps = Deps & {
  cycle: CycleSending;
  connector: Connector;
  digestCard: DigestCard;
  noticeCard: NoticeCard;
  /** Names this process in the deliveries that it claims. */
  workerId: string;
  /** Between 0 and 1, so that retries of many don't fall together. */
  random: () => number;
  /** Milliseconds that have passed, by a clock of this process that is never set. */
  elapsed: () => number;
  log: Log;
  telemetry: Telemetry;
};

export type Delivery = Stored<'delivery'>;

/** What a try came to, once a refusal's consequences are drawn. */
type Settled = Exclude<Delivered, { state: 'refused' }>;

/** How one try ended. `retryInSeconds`: until then nothing else goes there, so that the order is kept. */
export type Tried = { claimed: number; retryInSeconds: number | null };

/** What the deliveries of one moment and council share. */
export type Desk = { writes: MergedWrites; steady: SteadyReads; queueAge: QueueAge };

/** Longer than a send can take; past it another process takes the delivery over. */
const claimSeconds = 30;
const maxAttempts = 8;
const firstBackoffSeconds = 2;
const longestBackoffSeconds = 300;

const later = (now: string, seconds: number): string =>
  new Date(Date.parse(now) + seconds * 1000).toISOString();

/** Twice as long each time, bounded, spread by up to half. */
const backoffSeconds = (attempts: number, random: () => number): number =>
  Math.min(firstBackoffSeconds * 2 ** (attempts - 1), longestBackoffSeconds) * (1 + random() / 2);

/**
 * Tries deliveries of one message to one place as one: claims each by its version, so that no two processes send
 * it, sends the message once, and keeps what came of it with all. An ambiguous send is marked unknown and never
 * repeated; a dead one keeps its reason. Everything that caused one of them was kept before it was claimed, so a
 * message that is made afterwards says it.
 */
export async function tryDeliveries(
  deps: OutboxDeps,
  { connector, wasAsked }: CountedConnector,
  desk: Desk,
  deliveries: readonly Delivery[],
): Promise<Tried> {
  // A claim that ran out: whoever made it may have been cut off between sending and saying so.
  const repeat = deliveries.some(({ data }) => data.state === 'sending');
  const claims = await Promise.all(deliveries.map((each) => claim(deps, desk, each)));
  const claimed = claims.filter((each) => each !== null);
  const [first, ...others] = await leaderFirst(deps, claimed);
  if (!first) return { claimed: 0, retryInSeconds: null };
  const { cause, message } = first.data;
  return deps.telemetry.delivering(cause, message.kind, async () => {
    const result = await attempt(deps, connector, desk, first, repeat);
    // What may have arrived was a try as well: of a process that told nobody.
    const isTry = wasAsked() || result.state === 'unknown';
    const retryInSeconds = await settle(deps, desk, first, result, isTry);
    const same = withFirst(result, retryInSeconds);
    await Promise.all(others.map((each) => settle(deps, desk, each, same, false)));
    return { claimed: claimed.length, retryInSeconds };
  });
}

/** What came of the first, for those that went with it. */
function withFirst(result: Settled, retryInSeconds: number | null): Settled {
  if (result.state === 'retry') return { ...result, afterSeconds: retryInSeconds ?? result.afterSeconds };
  if (result.state !== 'sent') return result;
  return { ...result, changes: [], reason: result.reason ?? 'sent together with another' };
}

/** The one that makes a digest's first post goes on with it; otherwise the first. */
async function leaderFirst({ store }: OutboxDeps, claimed: readonly Delivery[]): Promise<Delivery[]> {
  const message = claimed[0]?.data.message;
  if (claimed.length < 2 || message?.kind !== 'digest') return [...claimed];
  const digest = await store.read(claimed[0]!.partition, 'digest', message.digest);
  const isPosting = ({ id }: Delivery) => id === digest?.data.postedBy;
  return [...claimed.filter(isPosting), ...claimed.filter((each) => !isPosting(each))];
}

async function claim(deps: OutboxDeps, { writes }: Desk, stored: Delivery): Promise<Delivery | null> {
  const data: DataOf<'delivery'> = {
    ...stored.data,
    state: 'sending',
    attempts: stored.data.attempts + 1,
    claimedBy: deps.workerId,
  };
  const { id, version, partition } = stored;
  const dueAt = later(deps.wallNow(), claimSeconds);
  const kept = await writes.add(partition, {
    change: 'replace',
    kind: 'delivery',
    id,
    version,
    data,
    dueAt,
  });
  return kept.ok ? { ...stored, data, version: kept.version! } : null;
}

async function attempt(
  deps: OutboxDeps,
  connector: Connector,
  { steady }: Desk,
  delivery: Delivery,
  repeat: boolean,
): Promise<Settled> {
  try {
    const { tenant } = delivery.partition;
    const { id } = delivery.data.conversation;
    const isDigest = delivery.data.message.kind === 'digest';
    const reads = isDigest ? deps : { ...deps, store: steady.store };
    const place = await (isDigest ? findDestination : findChat)(reads, tenant, id);
    const stopped = place?.stopped;
    if (stopped && !(repeat && (await mayHaveArrived(deps, delivery)))) {
      await keepUnsent(deps, delivery);
      return { state: 'dead', reason: stoppedReason(stopped), code: stopped.code };
    }
    if (!place && delivery.data.message.kind === 'notice') {
      return { state: 'dead', reason: 'Planwatch was removed from that chat, or the person was erased' };
    }
    const sent = await send(reads, connector, delivery, repeat);
    if (sent.state !== 'refused') return sent;
    await applyRefusal(deps, tenant, id, sent.code);
    steady.forget();
    return { state: 'dead', reason: refusalReason(sent.status, sent.code), code: sent.code };
  } catch (error) {
    deps.log.error(error, { delivery: delivery.id, cause: delivery.data.cause }, 'delivery-failed');
    return { state: 'retry', reason: 'it failed before it was sent', afterSeconds: null };
  }
}

/** What a digest's post should say is kept though it can't be told now: the post is behind from then on. */
async function keepUnsent(deps: OutboxDeps, { partition, data }: Delivery): Promise<void> {
  const { message, cause } = data;
  if (message.kind !== 'digest') return;
  await refreshDigest(deps, partition.tenant, partition.year!, message.digest, cause);
}

/** Whether a try that was cut off can have reached its place. An edit that did is none the worse for not being known. */
async function mayHaveArrived({ store }: OutboxDeps, { id, partition, data }: Delivery): Promise<boolean> {
  const { message } = data;
  if (message.kind !== 'digest') return true;
  return (await store.read(partition, 'digest', message.digest))?.data.postedBy === id;
}

function send(
  deps: OutboxDeps,
  connector: Connector,
  delivery: Delivery,
  repeat: boolean,
): Promise<Delivered> {
  const { message } = delivery.data;
  if (message.kind === 'notice')
    return sendNotice(deps, connector, deps.noticeCard, delivery, message.notice, repeat);
  return message.kind === 'cycle'
    ? sendCycleMessage(deps, connector, deps.cycle, delivery, message.message, repeat)
    : sendDigest(deps, connector, deps.digestCard, delivery, message.digest, repeat);
}

/**
 * Keeps what came of a try, and gives the seconds until the next.
 *
 * @param isTry whether it counts as a try to send: the first of those that go together, when Teams was asked
 */
async function settle(
  deps: OutboxDeps,
  { writes, queueAge }: Desk,
  delivery: Delivery,
  result: Settled,
  isTry: boolean,
): Promise<number | null> {
  const { id, version, partition, data } = delivery;
  const isFree = result.state === 'retry' && result.free === true;
  const isWorn = result.state === 'retry' && !isFree && data.attempts >= maxAttempts;
  const state = result.state === 'retry' ? (isWorn ? 'dead' : 'waiting') : result.state;
  const retryInSeconds =
    result.state === 'retry' && !isWorn
      ? (result.afterSeconds ?? backoffSeconds(data.attempts, deps.random))
      : null;
  const settled: DataOf<'delivery'> = {
    ...data,
    state,
    attempts: isFree ? data.attempts - 1 : data.attempts,
    activityId: result.state === 'sent' ? result.activityId : null,
    reason: isWorn ? `given up after ${data.attempts} tries: ${result.reason}` : result.reason,
    code: result.state === 'dead' ? (result.code ?? null) : null,
    claimedBy: null,
    ...(retryInSeconds === null ? { settledAt: deps.now(partition.tenant) } : {}),
  };
  const dueAt = retryInSeconds === null ? null : later(deps.wallNow(), retryInSeconds);
  const own = { change: 'replace', kind: 'delivery', id, version, data: settled, dueAt } as const;
  const changes = result.state === 'sent' ? result.changes : [];
  const givenUp = state === 'dead' && data.message.kind === 'cycle' ? data.message.message : null;
  const written = givenUp
    ? await keep(deps, partition, own, () => takenBack(deps, partition.tenant, givenUp))
    : changes.length > 0
      ? await deps.store.write(partition, [own, ...changes])
      : await writes.add(partition, own);
  deps.log.info({ delivery: id, cause: data.cause, state, attempts: data.attempts }, 'delivery-settled');
  if (retryInSeconds === null) queueAge.ended(delivery);
  else queueAge.putOff(delivery, retryInSeconds);
  const isKept = written.ok || (changes.length > 0 && (await recordPost(deps, delivery, settled, changes)));
  // Whoever took it over meanwhile counts it.
  if (isTry && isKept) {
    deps.telemetry.delivered({ message: data.message.kind, state: state === 'waiting' ? 'retry' : state });
  }
  return retryInSeconds;
}

/** Writes a settled delivery with what belongs to it, read anew while others change that and not the delivery. */
async function keep(
  { store }: OutboxDeps,
  partition: Delivery['partition'],
  own: Change,
  beside: () => Promise<Change[]>,
): Promise<WriteResult> {
  for (;;) {
    const changes = await beside();
    const written = await store.write(partition, [own, ...changes]);
    const isStale = !written.ok && written.at > 0 && changes.some(({ kind }) => kind === 'asked');
    if (!isStale) return written;
  }
}
