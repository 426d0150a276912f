import { Temporal } from 'temporal-polyfill';
import { assertAllowed, type Place } from '../domain/access.ts';
import type { Channel } from '../domain/channel.ts';
import { type DigestContent, digestContentSchema } from '../domain/compose-digest.ts';
import { addDays, type IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { withoutQuotes } from '../domain/pre-election.ts';
import { withholdPlans } from '../domain/withhold-plans.ts';
import type { DataOf } from '../store/documents.ts';
import type { Partition, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { hiddenPlans } from './hidden-plans.ts';
import type { OpenYear, Session } from './session.ts';
import { pageId } from './write-digest.ts';

/** One thing that a channel was shown: from when, and until when something else was; null while it still is. */
export type Showing = {
  id: string;
  partition: Partition;
  data: DataOf<'digest-shown'>;
  until: string | null;
};

/** What a channel was shown on a day. */
export type SeenOn = {
  channel: Channel;
  date: IsoDate;
  /** Of the quarter that was posted or changed last by then: what stood when the day began, and all that came that day. */
  showings: Showing[];
  /** Of earlier quarters, whose posts were still in the channel: the same. */
  others: Showing[];
};

/** A page as it was shown. `withheld` plans are left out of it, because they may not be seen here any more. */
export type SeenPage = {
  showing: Showing;
  content: DigestContent;
  page: number;
  withheld: number;
};

/**
 * What a channel was shown on a day in the council's time, from what Teams accepted. Readable by those who post
 * digests, and by members in the channel itself. Throws `Refused` `not-allowed` or `channel-not-connected`.
 */
export async function seenOn(
  deps: Deps,
  session: Session,
  channelId: string,
  inItsChannel: boolean,
  date: IsoDate,
): Promise<SeenOn> {
  assertAllowed(session.actor, 'see-shown', { isInItsChannel: inItsChannel });
  return shownOn(deps, session, await channelOf(deps, session, channelId), date);
}

/** The same with no one at work: for the command line. */
export async function shownOn(deps: Deps, year: OpenYear, channel: Channel, date: IsoDate): Promise<SeenOn> {
  const { timeZone } = year.settings;
  const start = midnight(date, timeZone);
  const end = midnight(addDays(date, 1), timeZone);
  const all = await showingsOf(deps, year, channel.conversationId);
  const seen = all.filter(({ data, until }) => data.from < end && (until === null || until > start));
  const last = seen.at(-1)?.data.period;
  return {
    channel,
    date,
    showings: seen.filter(({ data }) => data.period === last),
    others: seen.filter(({ data }) => data.period !== last),
  };
}

const midnight = (date: IsoDate, timeZone: string): string =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime(timeZone)
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });

async function channelOf({ store }: Deps, { council }: OpenYear, id: string): Promise<Channel> {
  const channel = await store.read(council, 'channel', id);
  if (channel) return channel.data;
  throw new Refused(
    'channel-not-connected',
    'This channel isn’t connected, so nothing is kept of what it was shown.',
  );
}

/** Everything that a channel was ever shown, in order; what was shown twice over counts from the first time. */
async function showingsOf({ store }: Deps, year: OpenYear, channel: string): Promise<Showing[]> {
  const perYear = await Promise.all(
    year.years.map(async (name) =>
      store.list({ tenant: year.tenant, year: name }, 'digest-shown', { channel }),
    ),
  );
  const sorted = perYear.flat().sort(byTime);
  const byPeriod = Map.groupBy(sorted, ({ data }) => data.period);
  const showings = [...byPeriod.values()].flatMap((shown) => standing(ofNewest(withoutRepeats(shown))));
  return showings.sort((a, b) => byTime(a, b));
}

type Shown = { id: string; data: DataOf<'digest-shown'> };

/** In the order in which they came; of one moment, the post that was followed before the one that followed it. */
const orderOf = ({ id, data }: Shown): string[] => [
  data.from,
  data.occasion.at ?? '',
  String(data.revision).padStart(9, '0'),
  id,
];

function byTime(one: Shown, other: Shown): number {
  const [these, those] = [orderOf(one), orderOf(other)];
  const at = these.findIndex((part, index) => part !== those[index]);
  return at < 0 ? 0 : these[at]! < those[at]! ? -1 : 1;
}

const withoutRepeats = (shown: readonly Stored<'digest-shown'>[]) =>
  shown.filter(
    ({ data }, at) =>
      !shown
        .slice(0, at)
        .some((each) => each.data.digest === data.digest && each.data.revision === data.revision),
  );

/** Without later edits of a post that a newer one had followed: they only take out what may not be seen. */
function ofNewest(shown: readonly Stored<'digest-shown'>[]): Stored<'digest-shown'>[] {
  const order: string[] = [];
  return shown.filter(({ data: { digest } }) => {
    if (!order.includes(digest)) order.push(digest);
    return digest === order.at(-1);
  });
}

/** Each with its end: the next of the same post, or of the newer one that took its place. */
const standing = (shown: readonly Stored<'digest-shown'>[]): Showing[] =>
  shown.map(({ id, partition, data }, at) => ({
    id,
    partition,
    data,
    until: shown[at + 1]?.data.from ?? null,
  }));

/**
 * One page of what was shown, as it was. Plans that may not be seen in this place now are taken out, and quotes where
 * there may be none now, whatever could be seen then. Throws `Refused` `not-allowed` or `not-found`.
 */
export async function readSeen(
  deps: Deps,
  session: Session,
  inChannel: string | null,
  wanted: { channel: string; showing: unknown; page: number },
): Promise<SeenPage> {
  const { actor } = session;
  assertAllowed(actor, 'see-shown', { isInItsChannel: inChannel === wanted.channel });
  // Asked in a channel it is that channel's own; in the chat with the bot, any that this person may ask for.
  if (inChannel !== null && inChannel !== wanted.channel) throw gone();
  const all = await showingsOf(deps, session, wanted.channel);
  const showing = all.find(({ id }) => id === wanted.showing);
  if (!showing) throw gone();
  return pageOf(deps, session, showing, wanted.page, actor.where);
}

/** A page with no one at work: as a channel that isn't cleared may see it, since what is printed is passed on. */
export const printSeen = (deps: Deps, year: OpenYear, showing: Showing, page: number): Promise<SeenPage> =>
  pageOf(deps, year, showing, page, 'channel');

const gone = () =>
  new Refused('not-found', 'That is not kept here. Send “seen” and a day, such as “seen 14 October 2009”.');

/** @param where the place that its readers are in */
async function pageOf(
  deps: Deps,
  { quotes }: OpenYear,
  showing: Showing,
  page: number,
  where: Place,
): Promise<SeenPage> {
  const { partition, data } = showing;
  const within = Math.min(Math.max(1, page), data.pages);
  const said = await deps.store.read(partition, 'digest-page', pageId(data.digest, data.fingerprint, within));
  if (!said) throw gone();
  const content = digestContentSchema.parse(said.data.content);
  const hidden = await hiddenPlans(deps, partition, data.plans, where);
  const shown = withholdPlans(content, hidden);
  return {
    showing,
    page: within,
    content: quotes ? shown : withoutQuotes(shown),
    withheld: hidden.size,
  };
}
