import { assertAllowed } from '../domain/access.ts';
import type { DigestContent } from '../domain/compose-digest.ts';
import { Refused } from '../domain/errors.ts';
import type { Period } from '../domain/year.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import { choosePeriod, type Session } from './session.ts';
import { writeAfresh } from './write-afresh.ts';
import { composeFor, digestChanges, digestId } from './write-digest.ts';

export type PostedDigest = {
  /** Posted for the first time, brought up to date, or already saying the same. */
  outcome: 'posting' | 'updating' | 'unchanged';
  period: Period;
  content: DigestContent;
};

/**
 * Posts a channel's digest of a period, or brings the post up to date: one post a period, edited afterwards
 * (PLATFORM "Outbound"). Throws `Refused` `not-allowed`, `channel-not-connected` or `bad-period`.
 */
export async function postDigest(
  deps: Deps,
  session: Session,
  channelId: string,
  named?: string | null,
): Promise<PostedDigest> {
  assertAllowed(session.actor, 'post-digest');
  const channel = await deps.store.read(session.council, 'channel', channelId);
  if (!channel) {
    throw new Refused(
      'channel-not-connected',
      'This channel isn’t connected yet. Send “connect” here first.',
    );
  }
  const { session: here, period } = await choosePeriod(deps, session, named);
  const content = await composeFor(deps, here, channel.data, period);
  return writeAfresh<PostedDigest>(deps, async () => {
    const id = digestId(period, channelId);
    const before = await withoutDoubt(deps, await deps.store.read(here.year, 'digest', id));
    const by = { now: here.now, by: here.actor.person.id };
    const { digest, changes } = digestChanges(channel.data, period, content, before, by);
    const shown = digest.activityId !== null && digest.sentRevision === digest.revision;
    const outcome = !before?.data.activityId ? 'posting' : shown ? 'unchanged' : 'updating';
    const { conversationId, serviceUrl } = channel.data;
    const delivery = deliver(deps, here, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id });
    return {
      answer: { outcome, period, content },
      session: here,
      changes: shown ? [] : [...changes, delivery],
    };
  });
}

/**
 * A clerk who asks has looked at the channel, so a first post that may or may not have arrived no longer holds
 * up the next one. A post that is under way still does (see `sendDigest`).
 */
async function withoutDoubt(
  { store }: Deps,
  before: Stored<'digest'> | null,
): Promise<Stored<'digest'> | null> {
  const { postedBy = null, activityId = null } = before?.data ?? {};
  if (!before || postedBy === null || activityId !== null) return before;
  const earlier = await store.read(before.partition, 'delivery', postedBy);
  if (earlier?.data.state !== 'unknown') return before;
  return { ...before, data: { ...before.data, fingerprint: '', postedBy: null } };
}
