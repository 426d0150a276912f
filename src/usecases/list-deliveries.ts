import { assertAllowed } from '../domain/access.ts';
import type { Person } from '../domain/people.ts';
import { periodName, periodOf } from '../domain/periods.ts';
import type { DataOf } from '../store/documents.ts';
import type { Partition, Store, Stored } from '../store/store.ts';
import { audienceTitle } from './connect-channel.ts';
import type { Deps } from './deps.ts';
import type { OpenYear, Session } from './session.ts';

export type DeliveryState = DataOf<'delivery'>['state'];

/** One message of the outbox as clerks and officers see it. */
export type DeliveryLine = {
  id: string;
  /** `Digest of Quarter 2 2009/10 (July to September), Cabinet Member: Highways`. */
  what: string;
  /** A channel's or a person's name. */
  to: string;
  state: DeliveryState;
  /** ISO instants: when it was put in the outbox, and when it came to its end. */
  createdAt: string;
  settledAt: string | null;
  attempts: number;
  /** Why it failed, or why it waits. */
  reason: string | null;
  /** Whether it was sent again since. */
  sentAgain: boolean;
};

/** States that end without a message that is known to be there. */
export const failed: readonly DeliveryState[] = ['unknown', 'dead'];

/**
 * What was sent this year and last, the newest first. Throws `Refused` `not-allowed`. In a channel, where others
 * read along, nobody is named.
 */
export async function listDeliveries(deps: Deps, session: Session): Promise<DeliveryLine[]> {
  assertAllowed(session.actor, 'handle-deliveries');
  return deliveriesIn(deps, session, session.actor.where === 'private');
}

/** The same with no one at work: for the command line. */
export async function deliveriesIn(deps: Deps, year: OpenYear, namesPeople = true): Promise<DeliveryLine[]> {
  const { store } = deps;
  const [these, before, toPeople, channels, people] = await Promise.all([
    store.list(year.year, 'delivery'),
    store.list(year.lastYear, 'delivery'),
    store.list(year.council, 'delivery'),
    store.list(year.council, 'channel'),
    store.list(year.council, 'person'),
  ]);
  const channelNames = new Map(channels.map(({ id, data }) => [id, data.name || 'A channel']));
  const byChat = new Map(people.map(({ data }) => [data.conversation?.id, data]));
  const nameOf = (id: string) =>
    channelNames.get(id) ??
    personName(byChat.get(id), namesPeople) ??
    'A place that is not connected any more';
  const lines = [...these, ...before, ...toPeople].map(async (stored) => lineOf(deps, year, stored, nameOf));
  return (await Promise.all(lines)).sort(newestFirst);
}

const personName = (person: Person | undefined, isNamed: boolean): string | null =>
  person ? (isNamed ? person.name : 'Someone’s own chat') : null;

/** What a message is about, without what it says. */
async function contentOf(
  store: Store,
  year: OpenYear,
  partition: Partition,
  message: DataOf<'delivery'>['message'],
): Promise<string> {
  if (message.kind === 'cycle') return 'What is due and what is late';
  if (message.kind === 'notice') return 'Who stands in for whom';
  const digest = await store.read(partition, 'digest', message.digest);
  if (!digest) return 'A digest';
  const { period, audience } = digest.data;
  return `Digest of ${periodName(periodOf(period))}, ${audienceTitle(year, audience)}`;
}

async function lineOf(
  { store }: Deps,
  year: OpenYear,
  { id, data, partition }: Stored<'delivery'>,
  nameOf: (conversation: string) => string,
): Promise<DeliveryLine> {
  const what = await contentOf(store, year, partition, data.message);
  const { state, createdAt, settledAt = null, attempts, reason, sentAgainAs } = data;
  const to = nameOf(data.conversation.id);
  return {
    id,
    what,
    to,
    state,
    createdAt,
    settledAt,
    attempts,
    reason,
    sentAgain: sentAgainAs !== undefined,
  };
}

const newestFirst = (one: DeliveryLine, other: DeliveryLine): number =>
  Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? -1 : 1);
