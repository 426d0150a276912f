import type { Activity } from 'botbuilder';
import type { Sender } from './adapter.ts';
import { type Admission, type NotAdmitted, refuse, tenantOf } from './admission.ts';
import { createDeduplicator, deliveryKey } from './deduplicate.ts';
import { addressIn, readIncoming } from './incoming.ts';
import { createTurnLimit, type TurnLimits, tooManyTurns, turnLimits } from './limit-turns.ts';
import { createFloodLog } from './log-flood.ts';
import { viaOf } from './read-turn.ts';
import { answerBytes, type FaultCode, fault, type InvokeAnswer, say } from './replies.ts';
import { createTakeTurn, sendCard, type TurnDeps } from './take-turn.ts';

export type BotDeps = TurnDeps & {
  admission: Admission;
  /** How much one person and one council may do at once; left out, what the mode allows. */
  limits?: TurnLimits;
};

/** `body` is an answer as JSON, undefined where Teams wants none. */
export type Reply = { status: 200 | 401 | 403; body?: Buffer };

export type Bot = {
  /** Whether a request without a token is refused unread. */
  needsToken: boolean;
  /** Answers one POST to /api/messages; never rejects. `body` is whatever the client sent, parsed. */
  receive(request: { authorization: string; body: unknown }): Promise<Reply>;
  /** The answer to a request that never became an activity, or whose answer can't be written. */
  fault(code: 'not-json' | 'too-large' | 'failed'): Reply;
};

/** What a press is answered with, ready to be sent: an answer holds as many bytes in memory as it has. */
type Written = { statusCode: number; body: Buffer };

const written = (answer: InvokeAnswer): Written => ({
  statusCode: answer.statusCode,
  body: answerBytes(answer),
});

/**
 * Answers that may be asked for again: Teams sends an activity anew within a minute, if at all. What is forgotten is
 * done again and comes to the same: a form that was sent gives its receipt.
 */
const remembered = { capacity: 2000, room: 32_000_000, longest: 5 * 60_000 };

/**
 * The bot: what comes in → who sent it → may they → was it answered already → the feature that it is for.
 *
 * @example
 * const bot = createBot({ ...deps, features: [myUpdates(deps), status(deps)] });
 * const { status, body } = await bot.receive({ authorization, body: JSON.parse(text) });
 */
export function createBot(deps: BotDeps): Bot {
  const { adapter, admission, telemetry, log, newId, clock, problemCard } = deps;
  const takeTurn = createTakeTurn(deps);
  const limit = createTurnLimit({ limits: deps.limits ?? turnLimits[admission.mode], clock, log });
  const logRefusal = createFloodLog<unknown>({
    most: 20,
    one: (error) => log.error(error, {}, 'token-refused'),
    rest: (refused) => log.warn({ refused }, 'more-tokens-refused'),
  });
  const deduplicator = createDeduplicator<Written | undefined>({
    ...remembered,
    sizeOf: (answer) => answer?.body.length ?? 0,
    clock,
  });

  function refused(code: FaultCode, correlation: string): Reply {
    log.warn({ correlation, code }, 'refused');
    return { status: 200, body: answerBytes(fault(code, correlation)) };
  }

  /** Beyond this machine nobody is told why: whoever was refused may be trying out what would get in. */
  function notAdmitted(code: NotAdmitted, correlation: string): Reply {
    const told = refused(code, correlation);
    return admission.mode === 'teams' ? { status: 403 } : told;
  }

  async function authenticate(authorization: string, activity: Activity): Promise<Sender | null> {
    try {
      return await adapter.authenticate(authorization, activity);
    } catch (error) {
      logRefusal(error);
      return null;
    }
  }

  async function answer(sender: Sender, activity: Activity, correlation: string): Promise<Reply> {
    const { type } = activity;
    const tenant = tenantOf(activity);
    const started = clock();
    try {
      const take = async () => {
        const said = await takeTurn(sender, activity, correlation);
        return said && written(said);
      };
      const key = deliveryKey(activity);
      const answered = await (key ? deduplicator.once(`${tenant} ${key}`, take) : take());
      log.info({ correlation, tenant, type, ms: clock() - started, status: answered?.statusCode }, 'turn');
      return { status: 200, body: answered?.body };
    } catch (error) {
      log.error(error, { correlation, tenant, type, ms: clock() - started }, 'turn-failed');
      return { status: 200, body: answerBytes(fault('failed', correlation)) };
    }
  }

  /** What people do is limited; what Teams tells of itself, such as that the bot was removed, is not. */
  function isTooMuch(activity: Activity): ReturnType<typeof limit> {
    const { type, from } = activity;
    if (type !== 'message' && type !== 'invoke') return { refused: false };
    return limit({ tenant: tenantOf(activity)!, person: from.aadObjectId?.toLowerCase() || from.id });
  }

  /** A press is answered each time; of messages only the first, or the answers would be a flood of their own. */
  async function slowDown(sender: Sender, activity: Activity, isFirst: boolean): Promise<Reply> {
    if (activity.type === 'invoke') return { status: 200, body: answerBytes(say(tooManyTurns)) };
    if (isFirst) {
      const card = problemCard(tooManyTurns);
      await adapter
        .run(sender, activity, async (context) => void (await sendCard(context, card)))
        .catch((error) => log.error(error, {}, 'limit-not-told'));
    }
    return { status: 200 };
  }

  return {
    needsToken: adapter.mode === 'teams',
    async receive({ authorization, body }) {
      const correlation = newId();
      const activity = readIncoming(body);
      const sender = await authenticate(authorization, activity ?? addressIn(body));
      if (!sender) return { status: 401 };
      if (!activity) return refused('not-an-activity', correlation);
      const reason = refuse(activity, admission);
      if (reason) return notAdmitted(reason, correlation);
      const limited = isTooMuch(activity);
      if (limited.refused) {
        telemetry.limited(viaOf(activity));
        return slowDown(sender, activity, limited.isFirst);
      }
      return answer(sender, activity, correlation);
    },
    fault: (code) => refused(code, newId()),
  };
}
