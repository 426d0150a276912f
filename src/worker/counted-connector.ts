import type { Connector } from './connector.ts';
import type { Limits, Place, Reserved } from './limits.ts';

export type CountedConnector = { connector: Connector; wasAsked: () => boolean; end: () => void };

/**
 * The connector with every call counted: the first takes the place that was reserved, a further one (a post in
 * place of one that was deleted) a place of its own. `end` gives back a place that nothing was sent in; `wasAsked`
 * says whether Teams was asked for anything.
 */
export function countedConnector(
  { connector, elapsed }: { connector: Connector; elapsed: () => number },
  limits: Limits,
  place: Place,
  first: Reserved,
): CountedConnector {
  let wasAsked = false;
  let unused: Reserved | null = first;
  async function counted<T>(send: () => Promise<T>) {
    const reserved = unused ?? limits.reserve(place, elapsed());
    unused = null;
    if (typeof reserved === 'number') {
      return { outcome: 'later', status: 429, retryAfterSeconds: reserved / 1000 } as const;
    }
    wasAsked = true;
    try {
      return await send();
    } finally {
      reserved.ended(elapsed());
    }
  }
  const counting: Connector = {
    post: (to, card) => counted(() => connector.post(to, card)),
    edit: (to, activityId, card) => counted(() => connector.edit(to, activityId, card)),
  };
  return { connector: counting, wasAsked: () => wasAsked, end: () => unused?.cancel() };
}
