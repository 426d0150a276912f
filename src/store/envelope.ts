import { type DataOf, documents, type Kind, SCHEMA_VERSION } from './documents.ts';
import { migrated } from './migrations.ts';
import { type Partition, type Stored, UnreadableDocument } from './store.ts';

/** What an adapter keeps around a document's data. */
export type Envelope = { kind: string; id: string; version: string; schema: unknown; data: unknown };

const plain = /^[\w/-]*$/;
const escaped = (part: string) =>
  plain.test(part) ? part : encodeURIComponent(part.toWellFormed()).replaceAll('%2F', '/');

/**
 * `tenant|year`, or `tenant` alone for a council's own documents; ASCII, and different for every partition
 * whatever is in the names. Throws a TypeError without a tenant: nothing may fall into a partition of nobody.
 */
export function partitionKey({ tenant, year }: Partition): string {
  if (typeof tenant !== 'string' || tenant === '') throw new TypeError('A partition needs a tenant');
  return year === null ? escaped(tenant) : `${escaped(tenant)}|${escaped(year)}`;
}

/** The partition that `partitionKey` made a key of. */
export function partitionOf(key: string): Partition {
  const [tenant, year] = key.split('|');
  return { tenant: decodeURIComponent(tenant!), year: year === undefined ? null : decodeURIComponent(year) };
}

/** An ISO instant in the one form in which comparing text compares time. */
export function instant(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new TypeError(`"${text}" is not an instant`);
  return time.toISOString();
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

/** Checks data against its kind's schema: a frozen copy. Throws `UnreadableDocument` that names the faults. */
export function validated<K extends Kind>(kind: K, id: string, data: unknown): DataOf<K> {
  const result = documents[kind].safeParse(data);
  if (result.success) return deepFreeze(result.data) as DataOf<K>;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'data'}: ${message}`);
  throw new UnreadableDocument(`The ${kind} "${id}" is not as a ${kind} must be. ${faults.join('; ')}`);
}

/** Data as JSON text came from the disk: anything but JSON makes the document unreadable. */
export function parsed(kind: string, id: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UnreadableDocument(`The ${kind} "${id}" is damaged: its data is not JSON`);
  }
}

/**
 * A kept document as the store gives it out: validated and deeply frozen, so that one copy serves every reader.
 * Throws `UnreadableDocument` when it is damaged, of an unknown kind or written by a newer version.
 */
export function opened<K extends Kind>(partition: Partition, kept: Envelope): Stored<K> {
  const { kind, id, version, schema } = kept;
  if (typeof schema !== 'number' || schema > SCHEMA_VERSION || !Object.hasOwn(documents, kind)) {
    throw new UnreadableDocument(
      `The ${kind} "${id}" was written by a newer version of Planwatch (schema ${schema}; this one reads up to ` +
        `${SCHEMA_VERSION}). Update Planwatch.`,
    );
  }
  const data = validated(kind as K, id, migrated(kind as K, schema, kept.data));
  return Object.freeze({ partition: Object.freeze({ ...partition }), kind: kind as K, id, version, data });
}

const beyondBasicPlane = /[\ud800-\uffff]/;

/** The order of lists: by the id's UTF-8 bytes, as SQLite compares text. */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  if (beyondBasicPlane.test(one) && beyondBasicPlane.test(other)) {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  return one < other ? -1 : 1;
}
