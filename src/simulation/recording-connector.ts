import type { Connector, Destination } from '../worker/connector.ts';

/** What was sent: to which conversation, at which instant, and whether it was a new post or an edit. */
export type Recorded = { op: 'post' | 'edit'; to: string; at: string; card: object };

/** A connector that takes everything and writes down what it took. */
export function recordingConnector(now: () => string): { connector: Connector; taken: Recorded[] } {
  const taken: Recorded[] = [];
  const take = (op: Recorded['op'], to: Destination, card: object) => {
    taken.push({ op, to: to.id, at: now(), card });
    return `activity-${taken.length}`;
  };
  return {
    taken,
    connector: {
      post: async (to, card) => ({ outcome: 'accepted', activityId: take('post', to, card) }),
      edit: async (to, activityId, card) => {
        take('edit', to, card);
        return { outcome: 'accepted', activityId };
      },
    },
  };
}
