import type { Stored } from '../store/store.ts';

type Delivery = Stored<'delivery'>;

/** What is known to wait: the deliveries that this process has seen and not brought to an end. */
export type QueueAge = {
  /** Those that are due now. */
  saw(deliveries: readonly Delivery[]): void;
  /** One that is tried again in so many seconds, and not due before. */
  putOff(delivery: Delivery, seconds: number): void;
  /** One that came to its end. */
  ended(delivery: Delivery): void;
  /** Seconds that the oldest of them has waited, 0 when none does. */
  seconds(): number;
};

/**
 * Milliseconds after which one that isn't seen any more is taken for another process's, or for gone: longer than any
 * round takes, and than a claim lasts.
 */
const unseenFor = 60_000;

/**
 * Measures how old the outbox is, from what its rounds see anyway. A message that Teams wants later is not due
 * meanwhile, and waits all the same.
 *
 * @param deps.now the council's clock, by which deliveries are written
 * @param deps.elapsed milliseconds by a clock that is never set
 */
export function createQueueAge({
  now,
  elapsed,
}: {
  now: (tenant: string) => string;
  elapsed: () => number;
}): QueueAge {
  const waiting = new Map<string, { tenant: string; since: number; until: number }>();
  let clearedAt = elapsed();
  const clear = () => {
    clearedAt = elapsed();
    for (const [id, { until }] of waiting) if (until < clearedAt) waiting.delete(id);
  };
  const wait = ({ id, partition: { tenant }, data }: Delivery, milliseconds: number) =>
    waiting.set(id, {
      tenant,
      since: Date.parse(data.waitsAgainSince ?? data.createdAt),
      until: elapsed() + milliseconds + unseenFor,
    });
  return {
    saw(deliveries) {
      for (const delivery of deliveries) wait(delivery, 0);
      if (elapsed() - clearedAt > unseenFor) clear();
    },
    putOff: (delivery, seconds) => void wait(delivery, seconds * 1000),
    ended: ({ id }) => void waiting.delete(id),
    seconds() {
      clear();
      const ages = [...waiting.values()].map(({ tenant, since }) => Date.parse(now(tenant)) - since);
      return ages.reduce((oldest, age) => Math.max(oldest, age), 0) / 1000;
    },
  };
}
