import { consequenceOf } from '../domain/destination.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';
import { isBehind, refreshDigest } from '../usecases/refresh-digest.ts';
import type { Connector, Destination, Sent } from './connector.ts';

export type DigestCard = (deps: Deps, tenant: string, digest: Stored<'digest'>) => Promise<object>;

/** What a delivery came to, and the changes beside its own document that keep it so. */
export type Delivered =
  | { state: 'sent'; activityId: string | null; reason: string | null; changes: Change[] }
  /** `free`: nothing was sent and nobody refused, so it doesn't count as a try. */
  | { state: 'retry'; reason: string; afterSeconds: number | null; free?: true }
  | { state: 'refused'; status: number; code: string | null }
  | { state: 'unknown'; reason: string }
  | { state: 'dead'; reason: string; code?: string | null };

const retrySoon = (reason: string): Delivered => ({ state: 'retry', reason, afterSeconds: 1, free: true });

/**
 * Brings a digest's post up to date: the first time a new post, afterwards an edit of it. Only one delivery
 * makes the first post, so two at once never make two. An edit of a post that is gone posts anew, once, unless a
 * newer digest of the period has followed: then that one tells what is true, and this one's post is left alone.
 *
 * @param repeat whether an earlier try of this delivery was cut off, so that a post may already be there
 */
export async function sendDigest(
  deps: Deps,
  connector: Connector,
  digestCard: DigestCard,
  delivery: Stored<'delivery'>,
  digestId: string,
  repeat: boolean,
): Promise<Delivered> {
  const { tenant, year } = delivery.partition;
  const { cause } = delivery.data;
  const refreshed = await refreshDigest(deps, tenant, year!, digestId, cause);
  if (!refreshed) return { state: 'dead', reason: 'the channel is not connected any more' };
  const { digest, channel } = refreshed;
  const { activityId, sentRevision, revision, postedBy } = digest.data;
  const isFollowed = digest.data.supersededBy !== null;
  if (activityId !== null && !isBehind(digest.data)) {
    const isSame = sentRevision === revision;
    const reason = isSame ? 'nothing had changed' : 'a newer digest says what is true now';
    return { state: 'sent', activityId, reason, changes: [] };
  }
  const to: Destination = { id: channel.conversationId, serviceUrl: channel.serviceUrl };
  const card = await digestCard(deps, tenant, digest);
  if (activityId !== null) {
    const sent = await connector.edit(to, activityId, card);
    const isGone = sent.outcome === 'refused' && sent.status === 404;
    if (!isGone || (isFollowed && consequenceOf(sent.code) !== 'none')) {
      return settled(deps, delivery, sent, digest);
    }
    if (isFollowed) return withoutPost(digest);
  } else if (postedBy === delivery.id && repeat) {
    return { state: 'unknown', reason: 'the process stopped while it was posting' };
  } else if (postedBy !== null && postedBy !== delivery.id) {
    const other = await deps.store.read(delivery.partition, 'delivery', postedBy);
    if (other?.data.state === 'unknown')
      return { state: 'unknown', reason: 'an earlier post may already be there' };
    if (other && other.data.state !== 'dead') return retrySoon('another delivery is making the first post');
  }
  if (isFollowed) return overtaken;
  // Looked at after the digest: whoever took this delivery over before had not marked the digest by then.
  const mine = await deps.store.read(delivery.partition, 'delivery', delivery.id);
  if (mine?.version !== delivery.version) return retrySoon('another process has taken it over');
  const claimed = await claimFirstPost(deps, delivery, digest);
  if (!claimed) {
    // This delivery's own claim by another process: one of two that were each taken for dead is posting it now.
    const now = await deps.store.read(digest.partition, 'digest', digest.id);
    const isOther = now?.data.postedBy === delivery.id && postedBy !== delivery.id;
    if (isOther) return { state: 'unknown', reason: 'another process was posting it at the same moment' };
    return retrySoon('the digest changed meanwhile');
  }
  return settled(deps, delivery, await connector.post(to, card), claimed);
}

/** Marks the digest as being posted by this delivery. Null when something else changed it first. */
async function claimFirstPost(
  { store }: Deps,
  { id, partition }: Stored<'delivery'>,
  digest: Stored<'digest'>,
): Promise<Stored<'digest'> | null> {
  const data: DataOf<'digest'> = { ...digest.data, activityId: null, postedBy: id };
  const { version } = digest;
  const written = await store.write(partition, [
    { change: 'replace', kind: 'digest', id: digest.id, version, data },
  ]);
  return written.ok ? { ...digest, data, version: written.versions[0]! } : null;
}

/** Someone deleted the post, and a newer one tells what is true: nothing is shown that could be taken out. */
const withoutPost = ({ id, version, data }: Stored<'digest'>): Delivered => ({
  state: 'sent',
  activityId: null,
  reason: 'its post is there no more',
  changes: [{ change: 'replace', kind: 'digest', id, version, data: { ...data, activityId: null } }],
});

const overtaken: Delivered = {
  state: 'dead',
  reason: 'a newer digest of the period took its place before it could be posted',
};

function settled(
  deps: Deps,
  delivery: Stored<'delivery'>,
  sent: Sent,
  { id, version, data }: Stored<'digest'>,
): Delivered {
  switch (sent.outcome) {
    case 'accepted':
      return {
        state: 'sent',
        activityId: sent.activityId,
        reason: null,
        changes: [
          {
            change: 'replace',
            kind: 'digest',
            id,
            version,
            data: {
              ...data,
              activityId: sent.activityId,
              sentRevision: data.revision,
              postedBy: null,
              shown: data.said,
            },
          },
          showing(deps, delivery, id, data),
        ],
      };
    case 'later':
      return {
        state: 'retry',
        reason: sent.status === 0 ? 'Teams could not be reached' : `Teams answered ${sent.status}`,
        afterSeconds: sent.retryAfterSeconds,
      };
    case 'refused':
      return { state: 'refused', status: sent.status, code: sent.code };
    case 'unknown':
      return { state: 'unknown', reason: sent.reason };
  }
}

/** What the post shows from now on, kept for whoever asks later what was seen. */
function showing(
  { now }: Deps,
  delivery: Stored<'delivery'>,
  digest: string,
  data: DataOf<'digest'>,
): Change {
  const { channel, audience, period, occasion, revision, fingerprint, pages, final, said } = data;
  return {
    change: 'create',
    kind: 'digest-shown',
    id: `${digest}#${revision}~${delivery.id}/${delivery.data.attempts}`,
    data: {
      digest,
      channel,
      audience,
      period,
      occasion,
      revision,
      fingerprint,
      pages,
      final,
      from: now(delivery.partition.tenant),
      plans: Object.keys(said.lines),
    },
  };
}
