import { type DaysOff, isDayOff } from '../src/domain/days-off.ts';
import type { Stored } from '../src/store/store.ts';
import type { Broken, Ended } from './check.ts';
import { inCouncil, lastDay } from './council.ts';
import { itemsOn } from './people.ts';
import type { Request } from './teams.ts';

/** Faults after which nobody knows whether the message arrived. */
export const isAmbiguous = ({ fault }: Request): boolean => /^(504|reset|silence|killed)/.test(fault ?? '');

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'];

/** The day on which a card was made, which its foot says. */
export function dayOf(card: object): string | null {
  const found = /As at (\d+) (\w+) (\d{4})/.exec(JSON.stringify(card));
  if (!found) return null;
  const [, day, month, year] = found;
  return `${year}-${String(months.indexOf(month!) + 1).padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/** Milliseconds in which what was given may cross a message that is on its way; a process may stand still. */
const crossing = 4_000;

const daysOff: DaysOff = { bankHolidays: 'england', daysOff: [] };

/** The cycle's messages: each once or listed, one a day for each person, none for what had been given. */
export async function checkMessages(ended: Ended): Promise<Broken[]> {
  const { store, teams, people } = ended;
  const deliveries = new Map<string, Stored<'delivery'>>();
  const broken: Broken[] = [];
  for (const delivery of await store.list(inCouncil, 'delivery')) {
    const { message } = delivery.data;
    if (message.kind !== 'cycle') continue;
    if (deliveries.has(message.message)) broken.push(`${message.message} has two deliveries`);
    deliveries.set(message.message, delivery);
  }
  for (const { id, data } of await store.list(inCouncil, 'cycle-message')) {
    const delivery = deliveries.get(id);
    if (!delivery) broken.push(`message ${id} was written without a delivery`);
    if (isDayOff(data.date, daysOff)) broken.push(`message ${id} is for a day off`);
    if (data.date === lastDay && delivery?.data.state === 'dead') {
      broken.push(`message ${id} is dead on a day without faults: ${delivery.data.reason}`);
    }
  }
  const inChats = teams.requests.filter(({ conversation }) => conversation.startsWith('chat-'));
  const byMessage = Map.groupBy(
    inChats,
    ({ conversation, card }) => `${conversation.slice(5)}~${dayOf(card)}`,
  );
  for (const [id, requests] of byMessage) broken.push(...checkMessage(id, requests, deliveries.get(id)));
  for (const [id, { data }] of deliveries) {
    const isThere = byMessage
      .get(id)
      ?.some(({ accepted, activity }) => accepted && activity === data.activityId);
    if (data.state === 'sent' && data.activityId !== null && !isThere) {
      broken.push(`message ${id} is said to be sent as ${data.activityId} and never arrived`);
    }
  }
  for (const { card, at, conversation } of inChats) {
    for (const { item, keptAt, token } of people.submissions) {
      if (keptAt === null || !itemsOn(card).includes(item)) continue;
      if (keptAt < at - crossing)
        broken.push(`${conversation} was asked for ${item} after ${token} had been given`);
    }
  }
  return broken;
}

/** What reached Teams of one message, against what is said of it. */
function checkMessage(id: string, requests: Request[], delivery: Stored<'delivery'> | undefined): Broken[] {
  const broken: Broken[] = [];
  if (!delivery) return [`message ${id} was sent and is not in the outbox`];
  const { state, activityId } = delivery.data;
  const arrived = requests.filter(({ accepted }) => accepted);
  if (arrived.length > 1) broken.push(`message ${id} arrived ${arrived.length} times`);
  const doubt = requests.findIndex(isAmbiguous);
  if (doubt >= 0 && doubt < requests.length - 1) {
    broken.push(`message ${id} was sent again after “${requests[doubt]!.fault}”`);
  }
  for (const { activity } of arrived) {
    if (state === 'sent' ? activity !== activityId : state !== 'unknown') {
      broken.push(`message ${id} arrived as ${activity} and is said to be ${state} ${activityId}`);
    }
  }
  return broken;
}
