import type { Delivery } from './outbox.ts';

/** Deliveries that one message to Teams serves: several changes of a digest are one edit of its post. */
export type Message = { deliveries: Delivery[]; isDigest: boolean };

/** Due deliveries by their conversation, each one's in order. */
export function byConversation(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  const queues = Map.groupBy(deliveries, ({ data }) => data.conversation.id);
  for (const queue of queues.values()) queue.sort(oldestFirst);
  return queues;
}

const isCutOff = ({ state }: Delivery['data']): number => (state === 'sending' ? 1 : 0);

/**
 * What was cut off goes first: others may wait for it, and by a clock that is behind they can be the older. Of the
 * same moment, the one that was tried already was the earlier.
 */
const oldestFirst = ({ data: one }: Delivery, { data: other }: Delivery): number =>
  isCutOff(other) - isCutOff(one) ||
  Date.parse(one.createdAt) - Date.parse(other.createdAt) ||
  other.attempts - one.attempts;

/**
 * A conversation's deliveries as the messages that they come to. Those that wait for the same digest are one: it is
 * made when it is sent, so it says what all of them are about. What may have been cut off is looked at by itself.
 */
export function asMessages(queue: readonly Delivery[]): Message[] {
  const messages: Message[] = [];
  const waiting = new Map<string, Message>();
  for (const delivery of queue) {
    const { message, state } = delivery.data;
    const isDigest = message.kind === 'digest';
    const key = isDigest && state === 'waiting' ? `${delivery.partition.year} ${message.digest}` : null;
    const same = key === null ? undefined : waiting.get(key);
    if (same) {
      same.deliveries.push(delivery);
      continue;
    }
    const alone = { deliveries: [delivery], isDigest };
    messages.push(alone);
    if (key !== null) waiting.set(key, alone);
  }
  return messages;
}
