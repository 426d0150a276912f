import type { DataOf } from '../store/documents.ts';
import { BATCH_LIMITS, type Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

type Destination = DataOf<'delivery'>['conversation'];

/** Milliseconds: clocks of several machines are taken to be no further apart (docs/operations.md). */
const apart = 60_000;

/** Due at once, also by the clock of another process that is behind this one's. */
export const dueAtOnce = ({ wallNow }: Pick<Deps, 'wallNow'>): string =>
  new Date(Date.parse(wallNow()) - apart).toISOString();

/** A message put in the outbox by the same write as what caused it; the worker sends it. */
export const deliver = (
  deps: Deps,
  { now, correlationId }: OpenYear,
  conversation: Destination,
  message: DataOf<'delivery'>['message'],
): Change => ({
  change: 'create',
  kind: 'delivery',
  id: deps.newId(),
  dueAt: dueAtOnce(deps),
  data: {
    conversation,
    message,
    state: 'waiting',
    attempts: 0,
    createdAt: now,
    claimedBy: null,
    activityId: null,
    reason: null,
    cause: correlationId,
  },
});

/** Puts deliveries in the outbox by themselves, however many: new documents, which nothing can come between. */
export async function writeDeliveries(
  { store }: Deps,
  { year }: OpenYear,
  deliveries: readonly Change[],
): Promise<void> {
  for (let at = 0; at < deliveries.length; at += BATCH_LIMITS.changes) {
    await store.write(year, deliveries.slice(at, at + BATCH_LIMITS.changes));
  }
}
