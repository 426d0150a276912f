import { assertAllowed } from '../domain/access.ts';
import type { Channel } from '../domain/channel.ts';
import type { Audience } from '../domain/digest.ts';
import { Refused } from '../domain/errors.ts';
import { type AtWork, writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { refreshDigests } from './digests-to-refresh.ts';
import type { Session } from './session.ts';

/** The audiences that a channel can be connected to, as the form offers them. */
export function audiencesOf({
  settings,
}: Pick<Session, 'settings'>): { key: string; title: string; audience: Audience }[] {
  return [
    ...settings.portfolios.map(({ ref, name }) => ({
      key: `portfolio:${ref}`,
      title: `Cabinet Member: ${name}`,
      audience: { kind: 'portfolio', portfolio: ref } as const,
    })),
    { key: 'scrutiny', title: 'Scrutiny committee: exceptions of all plans', audience: { kind: 'scrutiny' } },
    { key: 'council', title: 'The whole council', audience: { kind: 'council' } },
  ];
}

/** What an audience is called. */
export const audienceTitle = (session: Pick<Session, 'settings'>, audience: Audience): string =>
  audiencesOf(session).find((each) => sameAudience(each.audience, audience))?.title ?? 'An earlier portfolio';

/** Whether two audiences are one. */
export const sameAudience = (a: Audience, b: Audience): boolean =>
  a.kind === b.kind && (a.kind !== 'portfolio' || b.kind !== 'portfolio' || a.portfolio === b.portfolio);

/**
 * Binds a channel to an audience, or binds it anew: what was posted there is then brought in line, so that a
 * channel that is cleared no more, or was forgotten meanwhile, doesn't go on showing exempt plans. Throws `Refused`
 * `not-allowed`, or `bad-input` when the choice is none of those offered.
 */
export async function connectChannel(
  deps: Deps,
  session: Session,
  conversation: { id: string; serviceUrl: string; name: string | null; team?: string | null },
  choice: { audience: unknown; cleared: boolean },
): Promise<Channel> {
  const { store } = deps;
  assertAllowed(session.actor, 'connect-channel');
  const chosen = audiencesOf(session).find(({ key }) => key === choice.audience);
  if (!chosen) throw new Refused('bad-input', 'Choose who this channel is for, then press Connect.');
  const before = await store.read(session.council, 'channel', conversation.id);
  const channel: Channel = {
    conversationId: conversation.id,
    serviceUrl: conversation.serviceUrl,
    name: conversation.name ?? before?.data.name ?? '',
    audience: chosen.audience,
    cleared: choice.cleared,
    boundBy: session.actor.person.id,
    boundAt: session.now,
    ...(conversation.team ? { team: conversation.team } : {}),
    ...(before?.data.schedule ? { schedule: before.data.schedule } : {}),
  };
  const { id } = conversation;
  const about = { channel: id, audience: String(choice.audience), cleared: choice.cleared ? 'yes' : 'no' };
  const outcome = before ? 'connected-anew' : 'connected';
  const written = await writeAct(
    deps,
    session.council,
    session,
    { act: 'channel-connected', about, outcome },
    [
      before
        ? { change: 'replace', kind: 'channel', id, version: before.version, data: channel }
        : { change: 'create', kind: 'channel', id, data: channel },
    ],
  );
  if (!written.ok)
    throw new Refused('busy', 'Someone else connected this channel just now. Send “connect” to see it.');
  await refreshDigests(deps, session, (digest) => digest.channel === id);
  return channel;
}

/** What this channel is bound to, or null. */
export const findChannel = async ({ store }: Deps, tenant: string, id: string): Promise<Channel | null> =>
  (await store.read({ tenant, year: null }, 'channel', id))?.data ?? null;

/** Forgets a channel that the bot was removed from, so that nothing is sent there any more. */
export async function forgetChannel(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  id: string,
  who: AtWork,
): Promise<void> {
  const partition = { tenant, year: null };
  for (;;) {
    const channel = await store.read(partition, 'channel', id);
    if (!channel) return;
    const written = await writeAct(
      { store },
      partition,
      who,
      { act: 'channel-forgotten', about: { channel: id } },
      [{ change: 'remove', kind: 'channel', id, version: channel.version }],
    );
    if (written.ok) return;
  }
}

/**
 * Forgets the place that the bot was removed from. Out of a whole team Teams tells by one event, in the conversation
 * that has the team's own id: then all channels of the team are forgotten.
 */
export async function forgetPlace(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  id: string,
  who: AtWork,
): Promise<void> {
  const channels = await store.list({ tenant, year: null }, 'channel');
  for (const channel of channels) {
    if (channel.id === id || channel.data.team === id)
      await forgetChannel({ store }, tenant, channel.id, who);
  }
}
