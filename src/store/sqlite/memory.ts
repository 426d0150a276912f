import type { ReadyChange } from '../batch.ts';
import type { Condition } from '../filter.ts';
import { createListCache } from '../list-cache.ts';
import { createRecentCache } from '../recent-cache.ts';
import type { Partition, Stored } from '../store.ts';

/** A document as it was last seen, and the last epoch in which it was known to be the newest. */
type Seen = { stored: Stored; epoch: number };

/** What is written once and looked at seldom, if ever: it would only push out what is in use. */
const archived: readonly string[] = [
  'kpi-update-revision',
  'milestone-update-revision',
  'digest-page',
  'digest-lines',
];

/** Characters that a remembered document costs beside its JSON. */
const overhead = 256;

const scopeOf = (pk: string, kind: string) => `${pk}\n${kind}`;
const keyOf = (pk: string, kind: string, id: string) => `${pk}\n${kind}\n${id}`;

/**
 * What was read and written, kept as long as it is true. `size` is in characters of JSON: a third for documents, the
 * rest for lists. `epochNow` goes up when another process has committed: then lists are forgotten, while documents
 * stay and are compared with the version on the disk.
 */
export function createMemory(size: number, epochNow: () => number) {
  const documents = createRecentCache<Seen>(size / 3);
  const lists = createListCache((size * 2) / 3);
  let epoch = 0;

  return {
    /** To be called before every read. */
    refresh() {
      const current = epochNow();
      if (current !== epoch) lists.clear();
      epoch = current;
    },

    /** The document, if it is known to be the newest. */
    newest(pk: string, kind: string, id: string): Stored | undefined {
      const seen = documents.get(keyOf(pk, kind, id));
      return seen?.epoch === epoch ? seen.stored : undefined;
    },

    /** The document at a version that was just found on the disk; `open` makes it when it isn't remembered. */
    at(
      pk: string,
      kind: string,
      row: { id: string; version: string; data: string },
      open: () => Stored,
    ): Stored {
      const key = keyOf(pk, kind, row.id);
      const seen = documents.get(key);
      if (seen?.stored.version === row.version) {
        seen.epoch = epoch;
        return seen.stored;
      }
      const stored = open();
      documents.set(key, { stored, epoch }, row.data.length + overhead);
      return stored;
    },

    list: (pk: string, kind: string, conditions: readonly Condition[]) =>
      lists.get(scopeOf(pk, kind), conditions),

    keepList(
      pk: string,
      kind: string,
      conditions: readonly Condition[],
      rows: readonly Stored[],
      size: number,
    ) {
      lists.set(scopeOf(pk, kind), conditions, rows, size + (rows.length + 1) * overhead);
    },

    /** Takes in a change that was committed; `version` is null for a removal. */
    written(pk: string, partition: Partition, change: ReadyChange, version: string | null) {
      const { kind, id, data, json } = change;
      const key = keyOf(pk, kind, id);
      const seen = documents.get(key)?.stored;
      const before = change.change === 'create' ? null : seen?.version === change.version ? seen : undefined;
      const bytes = json.length + overhead;
      const after =
        version === null || data === null
          ? null
          : Object.freeze({ partition: Object.freeze({ ...partition }), kind, id, version, data });
      if (after && !archived.includes(kind)) documents.set(key, { stored: after, epoch }, bytes);
      else documents.delete(key);
      lists.changed(scopeOf(pk, kind), { id, before, after, bytes });
    },

    forget() {
      documents.clear();
      lists.clear();
    },
  };
}
