import type { Person } from '../domain/people.ts';

/** An Adaptive Card as JSON. The templates in `cards/` make them; nothing here looks inside. */
export type AdaptiveCard = Readonly<Record<string, unknown>>;

/** What a handler says: a card, or nothing. */
export type Answer = AdaptiveCard | null;

export type ConversationKind = 'personal' | 'channel' | 'group';

export type Conversation = {
  /** As Teams gave it; in a channel it may name the thread (`…;messageid=…`). */
  id: string;
  /** Where a new post goes: the id without its thread. */
  postId: string;
  serviceUrl: string;
  kind: ConversationKind;
  /** The channel's or group's name where Teams says it. */
  name: string | null;
  /** The team that a channel is in. */
  team: string | null;
};

/**
 * One thing that a person did, as features see it: no bot SDK type gets past it.
 * Everything but `text` and `data` was checked; those two hold whatever the client sent.
 */
export type Turn = {
  tenant: string;
  activityId: string;
  correlationId: string;
  conversation: Conversation;
  /** Null when the council's people don't include them. */
  person: Person | null;
  from: { aadObjectId: string; name: string };
  /** What was typed: the bot's mention taken out, white space made single. Empty unless `via` is `text`. */
  text: string;
  /** The pressed action's data with the card's inputs. Empty for text and events. */
  data: Readonly<Record<string, unknown>>;
  via: 'text' | 'execute' | 'submit' | 'event';
};
