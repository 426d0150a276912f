import { type Actor, actorOn, assertAllowed } from '../../domain/access.ts';
import { Refused } from '../../domain/errors.ts';
import { periodName } from '../../domain/periods.ts';
import {
  audiencesOf,
  audienceTitle,
  connectChannel,
  findChannel,
  forgetPlace,
} from '../../usecases/connect-channel.ts';
import { type PostedDigest, postDigest } from '../../usecases/post-digest.ts';
import { readDigestPage } from '../../usecases/read-digest.ts';
import { type OpenYear, openYear, type Session } from '../../usecases/session.ts';
import { connectCard, connectedCard } from '../cards/connect.ts';
import { digestCard } from '../cards/digest.ts';
import { messageCard } from '../cards/message.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn, textIn } from './at-work.ts';
import { chooseChannel } from './choose-channel.ts';

/** A channel is connected to its audience, and its digest is posted, brought up to date and leafed through. */
export const channelDigest =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const connect = onVerb(deps, (session, turn) => askAudience(deps, session, turn));
    router.text('connect', /^connect$/i, connect);
    router.verb('connect', connect);
    router.verb(
      'connect-channel',
      onVerb(deps, (session, turn) => connectTo(deps, session, turn)),
    );
    router.text(
      'digest',
      /^digest\b\s*(.*)$/i,
      onText(deps, (session, turn, match) => post(deps, session, turn, match[1] || null)),
    );
    router.verb(
      'digest',
      onVerb(deps, (session, turn) => post(deps, session, turn, null)),
    );
    router.event('removed', async ({ tenant, conversation, person, correlationId }) => {
      const who = { now: deps.now(tenant), correlationId, ...(person && { actor: actorOn(person, [], '') }) };
      if (conversation.kind !== 'personal') await forgetPlace(deps, tenant, conversation.postId, who);
      return null;
    });
    router.verb('digest-page', async (turn) =>
      turn.person ? onVerb(deps, (session) => leaf(deps, session, turn))(turn) : leafAsStranger(deps, turn),
    );
  };

function assertInChannel({ conversation }: Turn): void {
  if (conversation.kind !== 'personal') return;
  throw new Refused('not-a-channel', 'Send “connect” in the channel that you want to connect.');
}

async function askAudience(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  assertAllowed(session.actor, 'connect-channel');
  assertInChannel(turn);
  const bound = await findChannel(deps, session.tenant, turn.conversation.postId);
  const audiences = audiencesOf(session);
  return connectCard({
    ...footOf(deps, session),
    asAt: null,
    channel: turn.conversation.name,
    audiences: audiences.map(({ key, title }) => ({ title, value: key })),
    audience:
      bound && (audiences.find(({ title }) => title === audienceTitle(session, bound.audience))?.key ?? null),
    cleared: bound?.cleared ?? false,
  });
}

async function connectTo(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  assertInChannel(turn);
  const { postId, serviceUrl, name, team } = turn.conversation;
  const choice = {
    audience: turn.data.audience,
    cleared: turn.data.cleared === 'true' || turn.data.cleared === true,
  };
  const channel = await connectChannel(deps, session, { id: postId, serviceUrl, name, team }, choice);
  deps.nudge();
  return connectedCard({
    ...footOf(deps, session),
    asAt: null,
    audienceName: audienceTitle(session, channel.audience),
    cleared: channel.cleared,
    by: session.actor.person.name,
    at: inWords(channel.boundAt, session.settings),
  });
}

const outcomes: Record<PostedDigest['outcome'], [title: string, sentence: string]> = {
  posting: ['The digest is on its way', 'I post it to the channel now, as one card that I keep up to date.'],
  updating: ['The digest is brought up to date', 'I edit the newest card that is already in the channel.'],
  unchanged: ['The digest is up to date', 'Nothing has changed since it was posted, so I left it as it is.'],
};

async function post(deps: FeatureDeps, session: Session, turn: Turn, period: string | null): Promise<Answer> {
  const named = textIn(turn, 'channel');
  if (turn.conversation.kind === 'personal' && !named) return askWhich(deps, session, turn);
  const posted = await postDigest(deps, session, named ?? turn.conversation.postId, period);
  deps.nudge();
  const [title, sentence] = outcomes[posted.outcome];
  return messageCard({
    ...footOf(deps, session),
    title,
    sentences: [`${periodName(posted.period)}. ${sentence}`],
  });
}

/** In the chat with the bot: which connected channel is meant. */
async function askWhich(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  assertAllowed(session.actor, 'post-digest');
  return chooseChannel(deps, session, {
    title: 'Which channel’s digest?',
    intro: 'I post its digest, or bring its newest post up to date. In a channel, send “digest”.',
    press: { title: 'Post the digest', verb: 'digest', data: {} },
    fault: turn.via === 'text' ? null : 'Choose a channel first.',
  });
}

async function leaf(
  deps: FeatureDeps,
  year: OpenYear & { actor: Actor | null },
  turn: Turn,
): Promise<Answer> {
  const digest = textIn(turn, 'digest');
  const page = await readDigestPage(deps, year, turn.conversation.postId, digest, pageIn(turn));
  return digestCard({
    ...footOf(deps, year, page.digest.composedAt),
    digest: page.id,
    content: page.content,
    page: page.page,
    pages: page.digest.pages,
  });
}

/** Whoever is in a channel can read all pages of what was posted there, on the council's list or not. */
async function leafAsStranger(deps: FeatureDeps, turn: Turn): Promise<Answer> {
  const year = await openYear(deps, turn.tenant, turn.correlationId);
  return leaf(deps, { ...year, actor: null }, turn);
}
