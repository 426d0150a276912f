/** What came of handing one message to Teams (PLATFORM "Outbound"). */
export type Sent =
  | { outcome: 'accepted'; activityId: string }
  /** Refused, and it can be tried again. */
  | { outcome: 'later'; status: number; retryAfterSeconds: number | null }
  /** Refused for good. `code` is Teams' own, such as `ConversationNotFound`. */
  | { outcome: 'refused'; status: number; code: string | null }
  /** No answer, or one that leaves open whether the message was taken. */
  | { outcome: 'unknown'; reason: string };

export type Destination = { id: string; serviceUrl: string };

/** The one thing that the worker needs of Teams. */
export type Connector = {
  post(to: Destination, card: object): Promise<Sent>;
  edit(to: Destination, activityId: string, card: object): Promise<Sent>;
};
