import { consequenceOf, type Stopped } from '../domain/destination.ts';
import { remember } from '../domain/remember.ts';
import type { Stored } from '../store/store.ts';
import { forgetChannel } from './connect-channel.ts';
import type { Deps } from './deps.ts';
import { refreshDigests } from './digests-to-refresh.ts';
import { dueAtOnce } from './outbox.ts';
import { openYear } from './session.ts';

type Places = Pick<Deps, 'store' | 'wallNow'>;

/** A place that messages go to: a channel, or someone's chat with the bot. */
export type Destination =
  | { kind: 'channel'; stored: Stored<'channel'>; stopped?: Stopped }
  | { kind: 'person'; stored: Stored<'person'>; stopped?: Stopped };

/** Whose chat a conversation is: made once for the same people. */
const peopleByChat = remember(
  (people: readonly Stored<'person'>[]) =>
    new Map(people.map((person) => [person.data.conversation?.id ?? null, person])),
);

/** What is known of a conversation; null when it is nobody's (any more). */
export async function findDestination(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  conversationId: string,
): Promise<Destination | null> {
  const channel = await store.read({ tenant, year: null }, 'channel', conversationId);
  if (channel) return { kind: 'channel', stored: channel, stopped: channel.data.stopped };
  return findChat({ store }, tenant, conversationId);
}

/** The same for a conversation that can only be someone's chat. */
export async function findChat(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  conversationId: string,
): Promise<Destination | null> {
  const people = await store.list({ tenant, year: null }, 'person');
  const person = peopleByChat(people).get(conversationId);
  return person ? { kind: 'person', stored: person, stopped: person.data.conversation!.stopped } : null;
}

/**
 * Keeps what a refusal means for the place that refused: it is stopped, forgotten, or nothing (PLATFORM
 * "Outbound", the table of 403s and 404s).
 */
export async function applyRefusal(
  deps: Places,
  tenant: string,
  conversationId: string,
  code: string | null,
): Promise<void> {
  const consequence = consequenceOf(code);
  if (consequence === 'none') return;
  if (consequence === 'forget') {
    const who = { now: deps.wallNow(), correlationId: 'outbox' };
    await forgetChannel(deps, tenant, conversationId, who);
  }
  const stopped = consequence === 'forget' ? null : { why: consequence, code: code!, at: deps.wallNow() };
  for (;;) {
    const destination = await findDestination(deps, tenant, conversationId);
    if (!destination || (stopped && destination.stopped?.code === stopped.code)) return;
    if (await mark(deps, destination, stopped)) return;
  }
}

/** Stops a destination, or has a person's forgotten. False when something else changed it first. */
async function mark(deps: Places, destination: Destination, stopped: Stopped | null): Promise<boolean> {
  const { store } = deps;
  const { partition, id, version } = destination.stored;
  if (destination.kind === 'channel') {
    const data = { ...destination.stored.data, stopped: stopped ?? undefined };
    return (await store.write(partition, [{ change: 'replace', kind: 'channel', id, version, data }])).ok;
  }
  const { data: person } = destination.stored;
  const conversation = stopped && { ...person.conversation!, stopped };
  const lost = conversation ? undefined : ({ why: 'gone', at: deps.wallNow() } as const);
  const data = { ...person, conversation, ...(lost ? { lost } : {}) };
  return (await store.write(partition, [{ change: 'replace', kind: 'person', id, version, data }])).ok;
}

/**
 * A channel was heard from: whatever stopped it is over, its newest address is kept, and what was posted there is
 * brought in line, for it may show what may not be seen there any more. (A person's chat is kept by the bot's
 * identity, with every activity.)
 */
export async function heardFromChannel(
  deps: Deps,
  tenant: string,
  conversation: { id: string; serviceUrl: string },
  correlationId: string,
): Promise<void> {
  const partition = { tenant, year: null };
  const { id, serviceUrl } = conversation;
  for (;;) {
    const channel = await deps.store.read(partition, 'channel', id);
    if (!channel) return;
    const { stopped, ...rest } = channel.data;
    if (!stopped && rest.serviceUrl === serviceUrl) return;
    const { version } = channel;
    const data = { ...rest, serviceUrl };
    const written = await deps.store.write(partition, [
      { change: 'replace', kind: 'channel', id, version, data },
    ]);
    if (!written.ok) continue;
    if (!stopped) return;
    await sendWhatWaited(deps, tenant, id, stopped);
    const year = await openYear(deps, tenant, correlationId);
    await refreshDigests(deps, year, ({ channel, activityId }) => channel === id && activityId !== null);
    return;
  }
}

/**
 * What was refused while the bot wasn't installed is sent now that it is. Where someone had blocked the bot, what
 * it would have said then is not: they are told what is new from now on.
 */
export async function sendWhatWaited(
  { store, wallNow }: Places,
  tenant: string,
  conversationId: string,
  { why, code }: Stopped,
): Promise<void> {
  if (why !== 'removed') return;
  const council = await store.read({ tenant, year: null }, 'council', 'council');
  for (const year of [null, ...(council?.data.years ?? [])]) {
    const partition = { tenant, year };
    for (const { id, version, data } of await store.list(partition, 'delivery', { state: 'dead' })) {
      if (data.conversation.id !== conversationId || data.code !== code || data.sentAgainAs) continue;
      const waiting = {
        ...data,
        state: 'waiting',
        attempts: 0,
        reason: null,
        code: null,
        waitsAgainSince: wallNow(),
      } as const;
      await store.write(partition, [
        { change: 'replace', kind: 'delivery', id, version, data: waiting, dueAt: dueAtOnce({ wallNow }) },
      ]);
    }
  }
}
