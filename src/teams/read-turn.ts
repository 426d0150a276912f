import type { Activity } from 'botbuilder';
import type { Person } from '../domain/people.ts';
import { tenantOf } from './admission.ts';
import { isRecord } from './incoming.ts';
import type { Conversation, ConversationKind, Turn } from './turn.ts';

const kinds = new Map<string, ConversationKind>([
  ['', 'personal'],
  ['personal', 'personal'],
  ['channel', 'channel'],
  ['groupChat', 'group'],
]);

/**
 * Teams leaves the type out of some personal activities, and then says `isGroup` of none. What could be anything else
 * than someone's own chat isn't one: things are shown there that are for them alone.
 */
function kindOf({ conversation, channelData }: Activity): ConversationKind {
  const { conversationType = '', isGroup, id } = conversation;
  const kind = kinds.get(conversationType) ?? 'group';
  if (kind !== 'personal') return kind;
  if (channelData?.team || channelData?.channel) return 'channel';
  // What several people are in has an id that begins so.
  return isGroup || id.startsWith('19:') ? 'group' : 'personal';
}

export function readConversation(activity: Activity): Conversation {
  const { id, name } = activity.conversation;
  return {
    id,
    postId: id.split(';')[0]!,
    serviceUrl: activity.serviceUrl,
    kind: kindOf(activity),
    name: activity.channelData?.channel?.name ?? name ?? null,
    team: activity.channelData?.team?.id ?? null,
  };
}

/** How someone spoke to the bot; whatever is neither a message nor a press is Teams telling of itself. */
export function viaOf({ type, value }: Activity): Turn['via'] {
  if (type === 'invoke') return 'execute';
  if (type !== 'message') return 'event';
  return typeof value?.verb === 'string' ? 'submit' : 'text';
}

/** Far beyond the longest field of a form: whoever types more than a field takes is still told so, and shown it. */
const longestTyped = 20_000;

const cutTexts = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]) => [
      field,
      typeof value === 'string' ? value.slice(0, longestTyped) : value,
    ]),
  );

/** `Action.Execute` and `Action.Submit` put their data in different places. */
function readAction(activity: Activity): Pick<Turn, 'via' | 'text' | 'data'> {
  const { text, value } = activity;
  const via = viaOf(activity);
  const data = via === 'execute' ? value?.action?.data : via === 'submit' ? value : null;
  return { via, text: via === 'text' ? text : '', data: isRecord(data) ? cutTexts(data) : {} };
}

/** An activity that was admitted → what features see of it. */
export function readTurn(activity: Activity, correlationId: string, person: Person | null): Turn {
  return {
    tenant: tenantOf(activity)!,
    activityId: activity.id ?? '',
    correlationId,
    conversation: readConversation(activity),
    person,
    from: { aadObjectId: activity.from.aadObjectId?.toLowerCase() ?? '', name: activity.from.name ?? '' },
    ...readAction(activity),
  };
}
