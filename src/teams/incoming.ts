import type { Activity } from 'botbuilder';
import { z } from 'zod';

const text = z.string().max(1000);
/** Half of a character can't be written in an address, and ids become parts of addresses. */
const id = text.refine((given) => given.isWellFormed());
const account = z.object({ id: id.min(1), name: text.optional(), aadObjectId: text.optional() });
const named = z.object({ id: text, name: text.optional() });
const members = z.array(z.object({ id: text })).max(1000);

/** What the bot uses of an activity; every other field that a client sends is left behind here. */
const incoming = z.object({
  type: text.min(1),
  id: id.optional(),
  name: text.optional(),
  channelId: text,
  serviceUrl: text,
  from: account,
  recipient: account,
  conversation: z.object({
    id: id.min(1),
    conversationType: text.optional(),
    isGroup: z.boolean().optional(),
    tenantId: text.optional(),
    name: text.optional(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: text }).optional(),
      team: named.optional(),
      channel: named.optional(),
      eventType: text.optional(),
    })
    .optional(),
  replyToId: id.optional(),
  text: z.string().optional(),
  entities: z.array(z.unknown()).max(200).optional().catch(undefined),
  value: z.unknown().optional(),
  action: text.optional(),
  membersAdded: members.optional(),
  membersRemoved: members.optional(),
});

export type Incoming = z.infer<typeof incoming>;

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  text: z.string(),
});

/** Longer than any command; what is longer is cut, so that no pattern is tried on a novel. */
const longestText = 1000;
const invisible = /[\u200b-\u200d\u2060\ufeff]/g;

/** What was typed without the bot's own mention, invisible characters and doubled white space. */
function typedText({ text: typed = '', entities = [], recipient }: Incoming): string {
  let kept = typed.slice(0, 4 * longestText);
  for (const entity of entities) {
    const read = mention.safeParse(entity);
    if (read.success && read.data.mentioned.id === recipient.id) kept = kept.replace(read.data.text, ' ');
  }
  const single = kept.normalize('NFC').replace(invisible, '').replace(/\s+/g, ' ').trim();
  return single.slice(0, longestText);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A request's body → an activity that the SDKs can handle whatever it was, or null when it is none.
 * They look into `value`, `entities` and `recipient` without looking first whether they are there.
 */
export function readIncoming(body: unknown): Activity | null {
  const read = incoming.safeParse(body);
  if (!read.success) return null;
  const { entities, value, ...activity } = read.data;
  const isPressed = activity.type === 'message' && isRecord(value) && typeof value.verb === 'string';
  return {
    ...activity,
    text: isPressed ? '' : typedText(read.data),
    value: isRecord(value) ? value : undefined,
  } as unknown as Activity;
}

const address = z.object({ channelId: text.catch(''), serviceUrl: text.catch('') });

/** What a token is checked against in a body that is no activity: its sender hears what is wrong with it only then. */
export function addressIn(body: unknown): Activity {
  return (address.safeParse(body).data ?? { channelId: '', serviceUrl: '' }) as unknown as Activity;
}
