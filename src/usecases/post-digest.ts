import { assertAllowed } from '../domain/access.ts';
import { currentPeriod, datesOf } from '../domain/calendar.ts';
import type { Channel } from '../domain/channel.ts';
import type { DigestContent } from '../domain/compose-digest.ts';
import { longDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { type Period, periodName } from '../domain/periods.ts';
import type { Stored } from '../store/store.ts';
import { composeSaid } from './compose-said.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import { choosePeriod, type OpenYear, type Session } from './session.ts';
import { writeAfresh } from './write-afresh.ts';
import { digestsOf, keepPages, newestOf, nextRevision } from './write-digest.ts';

export type PostedDigest = {
  /** Posted for the first time, brought up to date, or already saying the same. */
  outcome: 'posting' | 'updating' | 'unchanged';
  period: Period;
  content: DigestContent;
};

/**
 * Posts a channel's digest of a period, or brings its newest post up to date, for an edit tells nobody and a second
 * post is for the schedule alone (PLATFORM "Outbound"). Throws `Refused` `not-allowed`, `channel-not-connected` or `bad-period`.
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
  assertReported(here, period);
  return putDigest(deps, here, channel.data, period, {
    by: here.actor.person.id,
    before: async (digest) => ((await isInDoubt(deps, digest)) ? withoutDoubt(digest) : digest),
  });
}

/** A digest of a period that nobody has been asked for yet would be a post with nothing in it. */
function assertReported({ settings, today }: OpenYear, period: Period): void {
  const { opens } = datesOf(period, settings.calendar);
  if (opens <= today || period.key === currentPeriod(settings.year, today, settings.calendar).key) return;
  throw new Refused(
    'bad-period',
    `There is nothing to post for ${periodName(period)} yet: its figures are asked for from ${longDate(opens)}.`,
  );
}

type Asking = {
  /** Who asked, or null when nobody did. */
  by: string | null;
  /** The digest that is there, as far as it counts. */
  before: (digest: Stored<'digest'>) => Promise<Stored<'digest'>>;
};

/** Keeps what a channel is told and puts its delivery in the outbox, with no question of who may ask for it. */
export async function putDigest(
  deps: Deps,
  year: OpenYear,
  channel: Channel,
  period: Period,
  { by, before: counted }: Asking,
): Promise<PostedDigest> {
  const said = await composeSaid(deps, year, channel, period);
  const { conversationId, serviceUrl } = channel;
  return writeAfresh<PostedDigest>(deps, async () => {
    const stored = newestOf(await digestsOf(deps, year.year, conversationId, period));
    const before = stored && (await counted(stored));
    const now = { now: year.now, by };
    const { id, digest, changes, pages } = await nextRevision(deps, year, channel, period, said, before, now);
    await keepPages(deps, year, pages);
    const shown = digest.activityId !== null && digest.sentRevision === digest.revision;
    const outcome = !before?.data.activityId ? 'posting' : shown ? 'unchanged' : 'updating';
    const delivery = deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id });
    return {
      answer: { outcome, period, content: said.content },
      session: year,
      changes: shown ? [] : [...changes, delivery],
      acted: {
        act: 'digest-posted',
        about: { channel: conversationId, period: period.key, digest: id },
        outcome,
      },
    };
  });
}

/** Whether a first post of this digest may or may not have arrived. */
export async function isInDoubt({ store }: Deps, { partition, data }: Stored<'digest'>): Promise<boolean> {
  const { postedBy, activityId } = data;
  if (postedBy === null || activityId !== null) return false;
  return (await store.read(partition, 'delivery', postedBy))?.data.state === 'unknown';
}

/**
 * A clerk who asks has looked at the channel, so a first post that may or may not have arrived no longer holds
 * up the next one. A post that is under way still does (see `sendDigest`).
 */
const withoutDoubt = (digest: Stored<'digest'>): Stored<'digest'> => ({
  ...digest,
  data: { ...digest.data, fingerprint: '', postedBy: null },
});
