import type { Container } from '@azure/cosmos';
import type { ReadyChange } from '../batch.ts';
import type { WriteResult } from '../store.ts';
import { openItem } from './items.ts';
import { readItem } from './read-item.ts';

/** A batch as it was sent: `id` is on every document that it wrote. */
export type SentBatch = { id: string; pk: string; changes: readonly ReadyChange[] };

/**
 * The versions of a batch that turns out to be kept although its answer was lost: it was sent again, by the SDK or
 * by us, and met its own documents. Null when what it met is somebody else's. A document that has been written
 * since gets a version that nothing matches.
 */
async function versionsIfKept(container: Container, { id, pk, changes }: SentBatch) {
  const items = await Promise.all(
    changes.map((change) =>
      change.change === 'remove' ? null : readItem(container, pk, change.kind, change.id),
    ),
  );
  if (!items.some((item) => item?.batch === id)) return null;
  return changes.map(({ change }, at) => {
    const item = items[at];
    return change === 'remove' ? null : item?.batch === id ? item._etag : id;
  });
}

/** What came of a batch whose change at `at` was refused. What is there now says which conflict it is. */
export async function conflictOf(container: Container, sent: SentBatch, at: number): Promise<WriteResult> {
  const { change, kind, id } = sent.changes[at]!;
  const current = await readItem(container, sent.pk, kind, id);
  if (current?.batch === sent.id || change === 'remove') {
    const versions = await versionsIfKept(container, sent);
    if (versions) return { ok: true, versions };
  }
  const conflict = change === 'create' ? 'exists' : current ? 'stale' : 'missing';
  return { ok: false, conflict, at, current: current && openItem(current) };
}
