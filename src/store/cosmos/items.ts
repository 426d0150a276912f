import { createHash } from 'node:crypto';
import type { ReadyChange } from '../batch.ts';
import { opened, partitionOf } from '../envelope.ts';
import type { Stored } from '../store.ts';

/** A document as the container holds it. */
export type Item = {
  id: string;
  pk: string;
  kind: string;
  /** The document's own id: the item's is it in characters that Cosmos DB takes. */
  key: string;
  schema: number;
  data: unknown;
  /** Only there when the document is due some time. */
  dueAt?: string;
  /** Of the batch that wrote it, so that one which was sent twice knows its own work. */
  batch: string;
  _etag: string;
};

/** Cosmos DB takes ids of at most 1,023 bytes. */
const longest = 1_000;

/**
 * `kind:id` without the characters that an item's id may not have (`/ \ ? #`) or that do not survive in a path.
 * An id that is too long is represented by its hash.
 */
export function itemId(kind: string, id: string): string {
  const safe = encodeURIComponent(id).replaceAll('~', '%7E').replaceAll('%', '~');
  const short = safe.length <= longest ? safe : `~~${createHash('sha256').update(id).digest('hex')}`;
  return `${kind}:${short}`;
}

export const itemOf = (pk: string, batch: string, change: ReadyChange): Omit<Item, '_etag'> => ({
  id: itemId(change.kind, change.id),
  pk,
  kind: change.kind,
  key: change.id,
  schema: change.schema,
  data: change.data,
  ...(change.dueAt === null ? {} : { dueAt: change.dueAt }),
  batch,
});

/** The document in an item. Throws `UnreadableDocument`. */
export const openItem = ({ pk, kind, key, schema, data, _etag }: Item): Stored =>
  opened(partitionOf(pk), { kind, id: key, version: _etag, schema, data });
