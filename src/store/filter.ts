import type { Kind } from './documents.ts';

/** A list's filter as both adapters take it: field names and the values they must have, in order of name. */
export type Condition = { field: string; value: string | number | boolean | null };

/**
 * Fields that lists of a kind are asked by. Both adapters index these and no more, since every index is written
 * again with every update; a filter on other fields alone reads all documents of its kind.
 */
export const indexes: Record<string, readonly Kind[]> = {
  plan: ['engagement', 'kpi', 'kpi-update', 'project', 'milestone', 'milestone-update'],
  accountableManager: ['kpi', 'milestone'],
  kpi: ['kpi-update-revision'],
  milestone: ['milestone-update-revision'],
  digest: ['digest-page'],
};

export const isIndexed = (kind: string, field: string): boolean =>
  Object.hasOwn(indexes, field) && (indexes[field] as readonly string[]).includes(kind);

/**
 * Throws a TypeError for a name that is no field and for `undefined`: a condition that got lost on the way must
 * not widen what is seen.
 */
export function conditionsOf(where: object = {}): Condition[] {
  return Object.entries(where)
    .map(([field, value]): Condition => {
      if (!/^\w+$/.test(field)) throw new TypeError(`A list can't be filtered by "${field}"`);
      if (value === undefined) throw new TypeError(`A list can't be filtered by an undefined "${field}"`);
      return { field, value };
    })
    .sort((one, other) => (one.field < other.field ? -1 : 1));
}

/** The field's value as a filter compares it: a field that is absent counts as null. */
const valueAt = (data: object, field: string) => (data as Record<string, unknown>)[field] ?? null;

export const meets = (data: object, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, value }) => valueAt(data, field) === value);

/** The same text for the same values of the same fields. */
export const keyOf = (conditions: readonly Condition[]): string =>
  JSON.stringify(conditions.map(({ value }) => value));

/** The key of the one list over `fields` that a document belongs to. */
export const keyIn = (data: object, fields: readonly string[]): string =>
  JSON.stringify(fields.map((field) => valueAt(data, field)));
