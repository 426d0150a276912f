import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, OperationInput } from '@azure/cosmos';
import type { ReadyChange } from '../batch.ts';
import { BatchTooLarge, type WriteResult } from '../store.ts';
import { conflictOf, type SentBatch } from './conflict.ts';
import { throttlePatience } from './container.ts';
import { itemId, itemOf } from './items.ts';
import { patience } from './read-item.ts';

/** There already, at another version, not there. */
const conflicts = new Set<unknown>([409, 412, 404]);
/** Of an operation that was not tried because another of its batch failed. */
const dependent = 424;
/** Throttled, timed out, to be tried again, unavailable; and the codes of a connection that broke. */
const passing = new Set<unknown>([429, 408, 449, 503, 'ECONNRESET', 'EPIPE', 'REQUEST_SEND_ERROR']);

function operationOf({ id: batch, pk }: SentBatch, change: ReadyChange): OperationInput {
  const id = itemId(change.kind, change.id);
  // The service takes an etag with every operation; the SDK's type of a deletion has forgotten it.
  if (change.change === 'remove') {
    return { operationType: 'Delete', id, ifMatch: change.version } as OperationInput;
  }
  // The SDK asks for a type that any JSON object has, and that no type of ours can be seen to be.
  const resourceBody = itemOf(pk, batch, change) as never;
  return change.change === 'create'
    ? { operationType: 'Create', resourceBody }
    : { operationType: 'Replace', id, ifMatch: change.version, resourceBody };
}

/** All etags; or the change that was refused, if it was one, with the code. */
type Answer =
  | { ok: true; etags: (string | undefined)[] }
  | { ok: false; at: number | null; code: unknown; error?: unknown };

async function send(
  container: Container,
  operations: OperationInput[],
  pk: string,
  abortSignal: AbortSignal,
) {
  try {
    const options = { abortSignal, contentResponseOnWriteEnabled: false };
    const { result = [] } = await container.items.batch(operations, pk, options);
    const at = result.findIndex(({ statusCode }) => statusCode >= 300 && statusCode !== dependent);
    if (at >= 0) return { ok: false, at, code: result[at]!.statusCode } satisfies Answer;
    return { ok: true, etags: result.map(({ eTag }) => eTag) } satisfies Answer;
  } catch (error) {
    const cause = (error as Error).cause as { code?: unknown } | undefined;
    return { ok: false, at: null, code: cause?.code ?? 'no answer', error } satisfies Answer;
  }
}

/**
 * Sends one transactional batch. What passes (throttling, a broken connection) is tried again for
 * `throttlePatience`; that is safe, because a batch that was kept all the same is recognised.
 */
export async function writeBatch(
  container: Container,
  pk: string,
  changes: readonly ReadyChange[],
): Promise<WriteResult> {
  const sent: SentBatch = { id: randomUUID(), pk, changes };
  const operations = changes.map((change) => operationOf(sent, change));
  const signal = AbortSignal.timeout(patience);
  const until = performance.now() + throttlePatience * 1_000;
  for (let pause = 50; ; pause *= 2) {
    const answer: Answer = await send(container, operations, pk, signal);
    if (answer.ok) {
      return {
        ok: true,
        versions: changes.map(({ change }, at) => (change === 'remove' ? null : answer.etags[at]!)),
      };
    }
    const { at, code, error } = answer;
    if (at !== null && conflicts.has(code)) return conflictOf(container, sent, at);
    if (code === 413) throw new BatchTooLarge('Cosmos DB found the batch too large to write at once');
    if (!passing.has(code) || performance.now() + pause > until) {
      throw new Error(`Cosmos DB refused ${changes.length} changes: ${code}`, { cause: error });
    }
    await wait(pause * (0.5 + Math.random() / 2));
  }
}
