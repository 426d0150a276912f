import { type Kind, permitted, SCHEMA_VERSION } from './documents.ts';
import { instant, validated } from './envelope.ts';
import { BATCH_LIMITS, BatchTooLarge, type Change, type Stored } from './store.ts';

/** A change that is ready to be written: checked, serialised, its instant in comparable form. */
export type ReadyChange = {
  change: Change['change'];
  kind: Kind;
  id: string;
  /** The version that is wanted there; empty for `create`. */
  version: string;
  /** Null for `remove`. */
  data: Stored['data'] | null;
  json: string;
  schema: number;
  dueAt: string | null;
};

/** What Cosmos DB sends around one operation's data: key names, etag, kind, partition key. */
const bytesAroundData = 400;

function ready(change: Change): ReadyChange {
  const { kind } = change;
  if (permitted[kind]?.includes(change.change) === false) {
    throw new TypeError(`A document of kind ${kind} is kept as it is: ${change.change} is refused`);
  }
  const id = change.id.toWellFormed();
  const version = change.change === 'create' ? '' : change.version;
  const common = { change: change.change, kind, id, version, schema: SCHEMA_VERSION };
  if (change.change === 'remove') return { ...common, data: null, json: '', dueAt: null };
  const data = validated(kind, id, change.data);
  return {
    ...common,
    data,
    json: JSON.stringify(data),
    dueAt: change.dueAt == null ? null : instant(change.dueAt),
  };
}

const bytesOf = ({ json, id }: ReadyChange) =>
  Buffer.byteLength(json) + 2 * Buffer.byteLength(id) + bytesAroundData;

/**
 * Makes a batch ready for either adapter, so that both refuse the same ones before anything is sent.
 * Throws `BatchTooLarge` past `BATCH_LIMITS`, `UnreadableDocument` for data that could not be read back,
 * and a TypeError for a change that its kind is closed to.
 */
export function readyBatch(changes: readonly Change[]): ReadyChange[] {
  if (changes.length > BATCH_LIMITS.changes) {
    throw new BatchTooLarge(
      `${changes.length} changes were to be written at once; at most ${BATCH_LIMITS.changes} can be`,
    );
  }
  const batch = changes.map(ready);
  const bytes = batch.reduce((sum, change) => sum + bytesOf(change), 0);
  if (bytes > BATCH_LIMITS.bytes) {
    throw new BatchTooLarge(
      `${bytes} bytes were to be written at once; at most ${BATCH_LIMITS.bytes} can be`,
    );
  }
  return batch;
}
