import type { Stored } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';
import { type MessageNow, recheckMessage } from '../usecases/recheck-message.ts';
import type { Connector } from './connector.ts';
import type { Delivered } from './send-digest.ts';

/** The card of a message of the cycle. */
export type CycleCard = (message: MessageNow) => object;

/** How messages of the cycle are sent; `anyHour` is the playground's. */
export type CycleSending = { card: CycleCard; anyHour?: boolean };

/**
 * Sends one message of the cycle to the personal chat, as things stand now; nothing is sent when everything was
 * given meanwhile or its day is over.
 *
 * @param repeat whether an earlier try of this delivery was cut off, so that the message may already be there
 */
export async function sendCycleMessage(
  deps: Deps,
  connector: Connector,
  { card, anyHour }: CycleSending,
  { partition, data }: Stored<'delivery'>,
  message: string,
  repeat: boolean,
): Promise<Delivered> {
  if (repeat) return { state: 'unknown', reason: 'the process stopped while it was sending' };
  const now = await recheckMessage(deps, partition.tenant, message, data.cause, { anyHour });
  switch (now.outcome) {
    case 'given':
      return { state: 'sent', activityId: null, reason: 'everything had been given', changes: [] };
    case 'outdated':
      return {
        state: 'sent',
        activityId: null,
        reason: 'what it would have said is so no more',
        changes: [],
      };
    case 'lapsed':
      return { state: 'dead', reason: 'the day or the hours for it were over' };
    case 'not-reachable':
      return { state: 'dead', reason: 'the person can’t be reached any more' };
    case 'wanted':
      return delivered(await connector.post(now.message.to.conversation!, card(now.message)));
  }
}

/** What came of a post to someone's own chat. */
export function delivered(sent: Awaited<ReturnType<Connector['post']>>): Delivered {
  switch (sent.outcome) {
    case 'accepted':
      return { state: 'sent', activityId: sent.activityId, reason: null, changes: [] };
    case 'later': {
      const reason = sent.status === 0 ? 'Teams could not be reached' : `Teams answered ${sent.status}`;
      return { state: 'retry', reason, afterSeconds: sent.retryAfterSeconds };
    }
    case 'refused':
      return { state: 'refused', status: sent.status, code: sent.code };
    case 'unknown':
      return { state: 'unknown', reason: sent.reason };
  }
}
