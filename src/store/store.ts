import type { DataOf, Kind } from './documents.ts';

/** A council's own documents (`year: null`) or those of one of its financial years. No call sees two. */
export type Partition = { tenant: string; year: string | null };

/** A document as it is kept: `version` changes with every write. */
export type Stored<K extends Kind = Kind> = {
  partition: Partition;
  kind: K;
  id: string;
  version: string;
  data: DataOf<K>;
};

type ChangeOf<K extends Kind> =
  | { change: 'create'; kind: K; id: string; data: DataOf<K>; dueAt?: string | null }
  | { change: 'replace'; kind: K; id: string; version: string; data: DataOf<K>; dueAt?: string | null }
  | { change: 'remove'; kind: K; id: string; version: string };

/**
 * One change of a batch. `create` wants the document absent; `replace` and `remove` want it at `version`.
 * `dueAt` (ISO instant) puts the document in front of the worker from then on; left out, it is not due.
 */
export type Change = { [K in Kind]: ChangeOf<K> }[Kind];

/**
 * Either all changes were kept, with their new versions in order (null for a removal), or none was: the change
 * at `at` found its document present, gone or newer, and `current` is what is there now.
 */
export type WriteResult =
  | { ok: true; versions: (string | null)[] }
  | { ok: false; conflict: 'exists' | 'stale' | 'missing'; at: number; current: Stored | null };

/** Equality on top-level fields of the document's data. */
export type Filter<K extends Kind> = { [F in keyof DataOf<K>]?: string | number | boolean | null };

/** What every store must do; `test/contract` holds each adapter to it. */
export interface Store {
  read<K extends Kind>(partition: Partition, kind: K, id: string): Promise<Stored<K> | null>;
  /** All that match, however many, ordered by id. The caller must not change what it gets. */
  list<K extends Kind>(partition: Partition, kind: K, where?: Filter<K>): Promise<readonly Stored<K>[]>;
  /**
   * All or nothing. Throws `BatchTooLarge` before anything is sent past 100 changes or 2 MB
   * (PLATFORM "Cosmos DB").
   */
  write(partition: Partition, changes: Change[]): Promise<WriteResult>;
  /**
   * The partitions of all councils that have a document whose `dueAt` is not after `now`, the one that has waited
   * longest first: so that one council with much to do hides no other.
   */
  duePartitions(now: string): Promise<Partition[]>;
  /** A partition's documents whose `dueAt` is not after `now`, earliest first. */
  due(partition: Partition, now: string, limit: number): Promise<Stored[]>;
  /** The tenants of all councils in the store. */
  tenants(): Promise<string[]>;
  /** Leaves nothing of what was removed or changed in any file that the store keeps beside its documents. */
  expunge(): Promise<void>;
  close(): Promise<void>;
}

/** PLATFORM "Cosmos DB": a transactional batch. */
export const BATCH_LIMITS = { changes: 100, bytes: 2_000_000 };

export class BatchTooLarge extends Error {
  readonly code = 'batch-too-large';
}

/** A stored document that this version can't read: damaged, or written by a newer version. */
export class UnreadableDocument extends Error {
  readonly code = 'unreadable-document';
}
