import { compareIds } from './envelope.ts';
import { type Condition, keyIn, keyOf } from './filter.ts';
import { createRecentCache } from './recent-cache.ts';
import type { Stored } from './store.ts';

/** A document as a write left it; `data` null for a document that is not there. */
export type Side = { data: object } | null;

/** What one write did to one document. `before` is undefined when it isn't known. */
export type Changed = { id: string; before: Side | undefined; after: Stored | null; bytes: number };

/**
 * Lists that were read, kept exact through the writes of this process: a write is laid on the lists whose
 * filter its document meets or met, and on no other. `scope` is a partition and kind.
 */
export type ListCache = {
  get(scope: string, conditions: readonly Condition[]): readonly Stored[] | undefined;
  set(scope: string, conditions: readonly Condition[], rows: readonly Stored[], bytes: number): void;
  changed(scope: string, change: Changed): void;
  clear(): void;
};

type List = {
  rows: readonly Stored[];
  bytes: number;
  /** Of the scope when the list was read; a list of an earlier one is no longer exact. */
  generation: number;
  pending: Map<string, Stored | null>;
};
type Scope = { generation: number; shapes: Map<string, string[]> };

/** Where the id is in rows ordered by id, or where it would go. */
function positionOf(rows: readonly Stored[], id: string): { at: number; found: boolean } {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareIds(rows[middle]!.id, id);
    if (order === 0) return { at: middle, found: true };
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return { at: low, found: false };
}

/** The rows with the pending documents laid on: the same array when that changes nothing. */
function settle({ rows, pending }: List): readonly Stored[] {
  const settled = rows.slice();
  let touched = false;
  for (const [id, document] of pending) {
    const { at, found } = positionOf(settled, id);
    if (!found && !document) continue;
    touched = true;
    if (document) settled.splice(at, found ? 1 : 0, document);
    else settled.splice(at, 1);
  }
  return touched ? Object.freeze(settled) : rows;
}

/** `limit` is in characters of JSON, of all lists together. */
export function createListCache(limit: number): ListCache {
  const lists = createRecentCache<List>(limit);
  let scopes = new Map<string, Scope>();

  const shapeOf = (fields: readonly string[]) => fields.join();
  const listKey = (scope: string, shape: string, values: string) => `${scope}\n${shape}\n${values}`;

  const scopeOf = (name: string): Scope => {
    const known = scopes.get(name);
    if (known) return known;
    const scope: Scope = { generation: 0, shapes: new Map() };
    scopes.set(name, scope);
    return scope;
  };

  return {
    get(scope, conditions) {
      const shape = shapeOf(conditions.map(({ field }) => field));
      const list = lists.get(listKey(scope, shape, keyOf(conditions)));
      if (!list || list.generation !== scopes.get(scope)?.generation) return undefined;
      if (list.pending.size > 0) {
        list.rows = settle(list);
        list.pending.clear();
      }
      return list.rows;
    },

    set(name, conditions, rows, bytes) {
      const scope = scopeOf(name);
      const fields = conditions.map(({ field }) => field);
      const shape = shapeOf(fields);
      scope.shapes.set(shape, fields);
      const list = { rows, bytes, generation: scope.generation, pending: new Map() };
      lists.set(listKey(name, shape, keyOf(conditions)), list, bytes);
    },

    changed(name, { id, before, after, bytes }) {
      const scope = scopes.get(name);
      if (!scope) return;
      if (before === undefined) {
        // Which lists the document was in isn't known, so none of the scope can be trusted.
        scope.generation += 1;
        return;
      }
      for (const [shape, fields] of scope.shapes) {
        const left = before && listKey(name, shape, keyIn(before.data, fields));
        const joined = after && listKey(name, shape, keyIn(after.data, fields));
        if (left && left !== joined) lists.get(left)?.pending.set(id, null);
        const list = joined === null ? undefined : lists.get(joined);
        if (!list) continue;
        list.pending.set(id, after);
        list.bytes += before === null ? bytes : 0;
        lists.set(joined!, list, list.bytes);
      }
    },

    clear() {
      lists.clear();
      scopes = new Map();
    },
  };
}
