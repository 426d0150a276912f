import type { Connector } from '../worker/connector.ts';

/** A connector that takes everything and tells what it took. */
export function recordingConnector(taken: (op: 'post' | 'edit', card: object) => Promise<void>): Connector {
  let posts = 0;
  return {
    post: async (_to, card) => {
      await taken('post', card);
      posts += 1;
      return { outcome: 'accepted', activityId: `activity-${posts}` };
    },
    edit: async (_to, activityId, card) => {
      await taken('edit', card);
      return { outcome: 'accepted', activityId };
    },
  };
}
