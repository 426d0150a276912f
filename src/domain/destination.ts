import { z } from 'zod';

/** Why nothing is sent to a conversation now. Kept with the channel or the person; gone once it is heard from. */
export const stoppedSchema = z.object({
  /** `removed`: the bot isn't installed there. `blocked`: someone has to act before it may send again. */
  why: z.enum(['removed', 'blocked']),
  /** Teams' own code, such as `ConversationBlockedByUser`. */
  code: z.string(),
  at: z.string(),
});
export type Stopped = z.infer<typeof stoppedSchema>;

/** What a refusal means for the place that refused (PLATFORM "Outbound"). */
export type Consequence = Stopped['why'] | 'forget' | 'none';

/** Maps, for the code comes from outside: no word of it may be found in an object’s own inheritance. */
const consequences = new Map<string | null, Consequence>(
  Object.entries({
    BotNotInConversationRoster: 'removed',
    ConversationBlockedByUser: 'blocked',
    MessageWritesBlocked: 'blocked',
    BotDisabledByAdmin: 'blocked',
    ConversationNotFound: 'forget',
  }),
);

export const consequenceOf = (code: string | null): Consequence => consequences.get(code) ?? 'none';

const sentences = new Map<string | null, string>(
  Object.entries({
    BotNotInConversationRoster:
      'Planwatch is not installed there. It is sent once Planwatch is installed again',
    ConversationBlockedByUser: 'Planwatch is blocked there. Nothing is sent until someone there writes to it',
    MessageWritesBlocked:
      'messages from Planwatch are blocked there. Nothing is sent until someone there writes to it',
    BotDisabledByAdmin:
      'an administrator has switched Planwatch off there. Nothing is sent until someone there writes to it',
    ConversationNotFound: 'the conversation is gone, so Planwatch has forgotten it',
  }),
);

/** Why a message was refused, in plain English, with Teams' own words for whoever looks them up. */
export function refusalReason(status: number, code: string | null): string {
  const sentence = sentences.get(code) ?? 'Teams refused it';
  return `${sentence} (${[status || null, code].filter((part) => part !== null).join(' ')}).`;
}

/** The same for a message that wasn't even tried, because an earlier one was refused. */
export const stoppedReason = ({ code }: Stopped): string => refusalReason(0, code);
