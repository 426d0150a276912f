import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Container, OperationInput } from '@azure/cosmos';
import type { ReadyChange } from '../batch.ts';
import { BatchTooLarge, type WriteResult } from '../store.ts';
import { throttlePatience } from './container.ts';
import { type Item, itemId, itemOf, openItem } from './items.ts';
import { patience, readItem } from './read-item.ts';

const conflicts = { 409: 'exists', 412: 'stale', 404: 'missing' } as const;
/** Of an operation that was not tried because another of its batch failed. */
const dependent = 424;
/** Throttled, timed out, to be tried again, unavailable; and the codes of a connection that broke. */
const passing = new Set<unknown>([429, 408, 449, 503, 'ECONNRESET', 'EPIPE', 'REQUEST_SEND_ERROR']);

function operationOf(pk: string, batch: string, change: ReadyChange): OperationInput {
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

/** What the service said: each operation's own code and etag, or one code for the batch. */
type Answer = { statusCode: number; eTag?: string }[] | { refused: unknown; error: unknown };

async function send(container: Container, operations: OperationInput[], pk: string, signal: AbortSignal) {
  try {
    const options = { abortSignal: signal, contentResponseOnWriteEnabled: false };
    const { result } = await container.items.batch(operations, pk, options);
    return result as Answer;
  } catch (error) {
    const cause = (error as Error).cause as { code?: unknown } | undefined;
    return { refused: cause?.code, error } satisfies Answer;
  }
}

/**
 * The versions of a batch that turns out to be kept although its answer was lost: it was sent again, by the SDK or
 * here, and met its own documents. Null when what it met is somebody else's. A document that has been written
 * since gets a version that nothing matches.
 */
async function versionsIfKept(container: Container, pk: string, batch: readonly ReadyChange[], id: string) {
  const items = await Promise.all(
    batch.map(({ change, kind, id: key }) =>
      change === 'remove' ? null : readItem(container, pk, kind, key),
    ),
  );
  if (!items.some((item) => item?.batch === id)) return null;
  return batch.map(({ change }, at) => {
    const item = items[at];
    return change === 'remove' ? null : item?.batch === id ? item._etag : id;
  });
}

async function conflictOf(
  container: Container,
  pk: string,
  batch: readonly ReadyChange[],
  failure: { at: number; conflict: 'exists' | 'stale' | 'missing'; batchId: string },
): Promise<WriteResult> {
  const { at, conflict, batchId } = failure;
  const { change, kind, id } = batch[at]!;
  const current: Item | null = await readItem(container, pk, kind, id);
  if (current?.batch === batchId || change === 'remove') {
    const versions = await versionsIfKept(container, pk, batch, batchId);
    if (versions) return { ok: true, versions };
  }
  return { ok: false, conflict, at, current: current && openItem(current) };
}

/**
 * Sends one transactional batch. What passes (throttling, a broken connection) is tried again for
 * `throttlePatience`; that is safe, because a batch that was kept all the same is recognised.
 */
export async function writeBatch(
  container: Container,
  pk: string,
  batch: readonly ReadyChange[],
): Promise<WriteResult> {
  const batchId = randomUUID();
  const operations = batch.map((change) => operationOf(pk, batchId, change));
  const signal = AbortSignal.timeout(patience);
  const until = performance.now() + throttlePatience * 1_000;
  for (let pause = 50; ; pause *= 2) {
    const answer = await send(container, operations, pk, signal);
    const operationAnswers = Array.isArray(answer) ? answer : [];
    const at = operationAnswers.findIndex(({ statusCode }) => statusCode >= 300 && statusCode !== dependent);
    if (Array.isArray(answer) && at < 0) {
      return {
        ok: true,
        versions: batch.map(({ change }, i) => (change === 'remove' ? null : answer[i]!.eTag!)),
      };
    }
    const code = Array.isArray(answer) ? answer[at]!.statusCode : answer.refused;
    const conflict = at < 0 ? undefined : conflicts[code as keyof typeof conflicts];
    if (conflict) return conflictOf(container, pk, batch, { at, conflict, batchId });
    if (code === 413) throw new BatchTooLarge('Cosmos DB found the batch too large to write at once');
    if (!passing.has(code) || performance.now() + pause > until) {
      throw new Error(`Cosmos DB refused a batch of ${batch.length} changes with ${code}`, {
        cause: Array.isArray(answer) ? undefined : answer.error,
      });
    }
    await wait(pause * (0.5 + Math.random() / 2));
  }
}
