import type { DataOf } from '../store/documents.ts';
import { BATCH_LIMITS, type Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

type Destination = DataOf<'delivery'>['conversation'];

/** A message put in the outbox by the same write as what caused it; the worker sends it. */
export const deliver = (
  { newId, wallNow }: Deps,
  { now, correlationId }: OpenYear,
  conversation: Destination,
  message: DataOf<'delivery'>['message'],
): Change => ({
  change: 'create',
  kind: 'delivery',
  id: newId(),
  dueAt: wallNow(),
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
