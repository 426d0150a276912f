import { Refused } from '../../domain/errors.ts';
import type { Kind } from '../../store/documents.ts';
import { BATCH_LIMITS, type Partition, type Store, type Stored } from '../../store/store.ts';
import type { Decision, Outcome, Write } from './write.ts';

/** How many documents of each kind had each outcome. */
export type Tally = Map<Kind, Map<Outcome, number>>;

/** How often a batch is decided anew because someone else wrote one of its documents meanwhile. */
const attempts = 5;

/** Room for what the store adds around each change. */
const mostBytes = BATCH_LIMITS.bytes * 0.75;

type Pending = { write: Write; decision: Decision };

const bytesOf = ({ changes }: Decision) => Buffer.byteLength(JSON.stringify(changes)) + 500 * changes.length;
const samePartition = (a: Partition, b: Partition) => a.tenant === b.tenant && a.year === b.year;
const docKey = (kind: Kind, id: string) => `${kind}\n${id}`;

/** What is in the store now of one partition, to be decided on. */
export type Present = Map<string, Stored>;
export const presentOf = (stored: readonly Stored[]): Present =>
  new Map(stored.map((document) => [docKey(document.kind, document.id), document]));

/**
 * Decides and writes in the order given, in batches within the store's limits. A batch that finds a document
 * newer than it was loaded is decided again from what is there now.
 *
 * @param presentIn what was loaded of each partition that is written to
 * @param dryRun decide and count, write nothing
 * @throws `Refused` `busy` when a batch never found its documents at rest
 */
export async function applyWrites(
  store: Store,
  writes: readonly Write[],
  presentIn: (partition: Partition) => Present,
  dryRun: boolean,
): Promise<Tally> {
  const tally: Tally = new Map();
  const count = ({ write, decision }: Pending) => {
    const ofKind = tally.get(write.kind) ?? new Map<Outcome, number>();
    tally.set(write.kind, ofKind.set(decision.outcome, (ofKind.get(decision.outcome) ?? 0) + 1));
  };
  let batch: Pending[] = [];
  let bytes = 0;
  const flush = async () => {
    if (!dryRun && batch.length > 0) batch = await writeBatch(store, batch);
    for (const pending of batch) count(pending);
    batch = [];
    bytes = 0;
  };
  for (const write of writes) {
    const current = presentIn(write.partition).get(docKey(write.kind, write.id)) ?? null;
    const pending = { write, decision: await write.decide(current) };
    if (pending.decision.changes.length === 0) {
      count(pending);
      continue;
    }
    const size = bytesOf(pending.decision);
    const changes = batch.reduce((sum, { decision }) => sum + decision.changes.length, 0);
    const full = changes + pending.decision.changes.length > BATCH_LIMITS.changes || bytes + size > mostBytes;
    if (full || (batch[0] && !samePartition(batch[0].write.partition, write.partition))) await flush();
    batch.push(pending);
    bytes += size;
  }
  await flush();
  return tally;
}

/** Writes one batch; returns it as it was decided last. */
async function writeBatch(store: Store, batch: Pending[]): Promise<Pending[]> {
  const { partition } = batch[0]!.write;
  let decided = batch;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const changes = decided.flatMap(({ decision }) => decision.changes);
    if (changes.length === 0) return decided;
    const written = await store.write(partition, changes);
    if (written.ok) return decided;
    decided = await Promise.all(
      decided.map(async ({ write }) => {
        const current = await store.read(partition, write.kind, write.id);
        return { write, decision: await write.decide(current) };
      }),
    );
  }
  throw busyImport();
}

export const busyImport = () =>
  new Refused(
    'busy',
    'Others are changing these plans right now. What was loaded so far is kept; run the import again for the rest.',
  );
