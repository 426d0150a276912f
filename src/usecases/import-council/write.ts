import { isDeepStrictEqual } from 'node:util';
import type { DataOf, Kind } from '../../store/documents.ts';
import type { Change, Partition, Stored } from '../../store/store.ts';

/** What an import does with one document. */
export type Outcome =
  | 'created'
  | 'changed'
  | 'removed'
  | 'unchanged'
  /** A result that keeps its figure and gets the rating of today's rule. */
  | 'rated-again'
  /** A result that keeps the rule it was rated by, although the rule has changed. */
  | 'kept-rule'
  /** A figure that was given in Teams after the folder's, and stays. */
  | 'kept-newer';

export type Decision = { outcome: Outcome; changes: Change[] };

/** One document that the folder speaks of, and what to do with it given what is there. */
export type Write = {
  partition: Partition;
  kind: Kind;
  id: string;
  decide: (current: Stored | null) => Decision | Promise<Decision>;
};

export const unchanged: Decision = { outcome: 'unchanged', changes: [] };

/** The document is to be what `wanted` makes of it; nothing is written when it is that already. */
export const keep = <K extends Kind>(
  partition: Partition,
  kind: K,
  id: string,
  wanted: (current: DataOf<K> | null) => DataOf<K>,
): Write => ({
  partition,
  kind,
  id,
  decide: (stored) => {
    const current = stored as Stored<K> | null;
    const data = wanted(current?.data ?? null);
    if (!current) return { outcome: 'created', changes: [{ change: 'create', kind, id, data } as Change] };
    if (isDeepStrictEqual(current.data, data)) return unchanged;
    const change = { change: 'replace', kind, id, version: current.version, data } as Change;
    return { outcome: 'changed', changes: [change] };
  },
});

/** The document is to be gone. */
export const remove = (partition: Partition, kind: Kind, id: string): Write => ({
  partition,
  kind,
  id,
  decide: (current) =>
    current
      ? { outcome: 'removed', changes: [{ change: 'remove', kind, id, version: current.version } as Change] }
      : unchanged,
});
