import { Application } from '@microsoft/teams-ai';
import { type Activity, INVOKE_RESPONSE_KEY, TeamsInfo, type TurnContext } from 'botbuilder';
import { type RefusalCode, Refused } from '../domain/errors.ts';
import type { Route, Telemetry } from '../telemetry/telemetry.ts';
import { heardFromChannel, sendWhatWaited } from '../usecases/destinations.ts';
import type { Sender, TeamsAdapter } from './adapter.ts';
import { tenantOf } from './admission.ts';
import { createChannelNames } from './channel-names.ts';
import { createIdentity, type IdentityDeps } from './identity.ts';
import { createNews } from './news.ts';
import { NoState } from './no-state.ts';
import { readTurn, viaOf } from './read-turn.ts';
import { lifecycleOf, type RunHandler, registerFeatures } from './register-features.ts';
import { cardType, fault, faultSentence, type InvokeAnswer, replaceCard, say } from './replies.ts';
import type { Feature } from './router.ts';
import type { AdaptiveCard, Turn } from './turn.ts';

export type TurnDeps = IdentityDeps & {
  /** The instant now, for a council: the system's clock, or the playground's. */
  now: (tenant: string) => string;
  newId: () => string;
  adapter: TeamsAdapter;
  telemetry: Telemetry;
  features: readonly Feature[];
  /** A card of one or two plain sentences, for what could not be done; `code` where it was refused. */
  problemCard: (sentence: string, code?: RefusalCode, typed?: readonly string[]) => AdaptiveCard;
};

/** Takes one admitted activity to its end. Resolves to the body of an invoke's answer; else undefined. */
export type TakeTurn = (
  sender: Sender,
  activity: Activity,
  correlationId: string,
) => Promise<InvokeAnswer | undefined>;

const turnKey = Symbol('turn');
const turnOf = (context: TurnContext): Turn => context.turnState.get(turnKey);

const routeKey = Symbol('route');
const routeOf = (context: TurnContext): Route => context.turnState.get(routeKey);

/** Only the attachment: text beside it would make two activities, and no id (PLATFORM "Cards"). */
export const sendCard = (context: TurnContext, card: AdaptiveCard) =>
  context.sendActivity({ type: 'message', attachments: [{ contentType: cardType, content: card }] });

const setAnswer = (context: TurnContext, body: InvokeAnswer) =>
  context.turnState.set(INVOKE_RESPONSE_KEY, { type: 'invokeResponse', value: { status: 200, body } });

export function createTakeTurn(deps: TurnDeps): TakeTurn {
  const { adapter, telemetry, features, problemCard, clock, log } = deps;
  const identity = createIdentity(deps);
  const channelName = createChannelNames(log);
  const isNews = createNews(clock);
  const places = { ...deps, wallNow: () => new Date(clock()).toISOString() };
  const app = new Application<NoState>({
    startTypingTimer: false,
    removeRecipientMention: false,
    turnStateFactory: () => new NoState(),
  });

  const run: RunHandler = async (context, name, handler) => {
    const turn = turnOf(context);
    routeOf(context).verb = name;
    try {
      const card = await handler(turn);
      if (turn.via === 'execute') setAnswer(context, card ? replaceCard(card) : say('Done.'));
      else if (card) await sendCard(context, card);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, sentence, typed } = error;
      routeOf(context).outcome = 'refused';
      log.info({ correlation: turn.correlationId, code }, 'turn-refused');
      const card = problemCard(sentence, code, typed);
      if (turn.via !== 'execute') await sendCard(context, card);
      // What can be pressed again must stay where it is, with all that was typed in it.
      else setAnswer(context, code === 'busy' ? say(sentence) : replaceCard(card));
    }
  };
  registerFeatures(app, features, run);

  async function openTurn(context: TurnContext, correlationId: string): Promise<Turn> {
    const { activity } = context;
    const turn = readTurn(activity, correlationId, null);
    const { tenant, from, conversation } = turn;
    const emails = async () => {
      const member = await TeamsInfo.getMember(context, activity.from.id);
      // A shared channel has people of other organisations, who have whatever addresses their own directory says.
      if ((member.tenantId ?? tenant).toLowerCase() !== tenant) return [];
      return [member.email, member.userPrincipalName].filter((address) => typeof address === 'string');
    };
    const isRemoved = lifecycleOf(activity) === 'removed';
    const person = await identity.personOf({ tenant, aadObjectId: from.aadObjectId, emails });
    if (conversation.kind !== 'personal') {
      const name = await channelName(conversation, context);
      const heard = { ...conversation, id: conversation.postId };
      if (!isRemoved) await heardFromChannel(places, tenant, heard, correlationId);
      return { ...turn, person: person?.data ?? null, conversation: { ...conversation, name } };
    }
    if (!person) return turn;
    const { id, serviceUrl } = conversation;
    const stopped = person.data.conversation?.stopped;
    const remembered = await identity.remember(person, isRemoved ? null : { id, serviceUrl });
    if (stopped && !isRemoved) await sendWhatWaited(places, tenant, id, stopped);
    return { ...turn, person: remembered };
  }

  async function dispatch(
    context: TurnContext,
    correlationId: string,
    route: Route,
  ): Promise<InvokeAnswer | undefined> {
    const turn = await openTurn(context, correlationId);
    context.turnState.set(turnKey, turn);
    context.turnState.set(routeKey, route);
    const isHandled = await app.run(context);
    if (!isHandled && turn.via !== 'event') route.outcome = 'refused';
    if (turn.via === 'execute') {
      const answer = context.turnState.get(INVOKE_RESPONSE_KEY)?.value.body;
      return isHandled && answer ? answer : fault('unknown-verb', correlationId);
    }
    if (turn.via === 'submit' && !isHandled) {
      await sendCard(context, problemCard(faultSentence('unknown-verb', correlationId)));
    }
    return undefined;
  }

  async function take(
    sender: Sender,
    activity: Activity,
    correlationId: string,
    route: Route,
  ): Promise<InvokeAnswer | undefined> {
    let answer: InvokeAnswer | undefined;
    await adapter.run(sender, activity, async (context) => {
      try {
        answer = await dispatch(context, correlationId, route);
      } catch (error) {
        if (activity.type === 'message') {
          const card = problemCard(faultSentence('failed', correlationId));
          await sendCard(context, card).catch((unsent) =>
            log.error(unsent, { correlation: correlationId }, 'failure-not-told'),
          );
        }
        throw error;
      }
    });
    return answer;
  }

  return async (sender, activity, correlationId) => {
    const lifecycle = lifecycleOf(activity);
    const isSilent = activity.type !== 'message' && activity.type !== 'invoke' && !lifecycle;
    if (isSilent) return undefined;
    if (lifecycle && !isNews(`${tenantOf(activity)} ${activity.conversation.id}`, lifecycle))
      return undefined;
    const route: Route = { verb: 'unknown', via: viaOf(activity), outcome: 'answered' };
    return telemetry.turn(correlationId, tenantOf(activity)!, route, () =>
      take(sender, activity, correlationId, route),
    );
  };
}
