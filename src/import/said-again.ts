import { Temporal } from 'temporal-polyfill';
import { quoted } from '../domain/typed-text.ts';
import { fault } from './cells.ts';
import type { Row } from './table.ts';

/** The rows that speak of one figure or milestone, by its name, each with when it was said. */
export type Said = Map<string, { row: number; submittedAt: string | null }[]>;

export const earlierSaid = (): Said => new Map();

/**
 * Enters what a row speaks of. Several rows may speak of the same when each says in `submitted_at` when it was
 * given: the newest counts, the earlier are its history (DESIGN "What is stored"). Else which one counts can't
 * be known, and the later row has a fault.
 */
export function sayAgain(
  said: Said,
  row: Row,
  column: string,
  name: string,
  submittedAt: string | null,
): void {
  if (row.spoilt.has('submitted_at')) return;
  const earlier = said.get(name) ?? [];
  const same = earlier.find(
    (other) => submittedAt === null || other.submittedAt === null || other.submittedAt === submittedAt,
  );
  if (same) {
    const remedy = `Row ${same.row} has it too. Delete one of the rows, or write in submitted_at when each was given.`;
    fault(row, column, `${quoted(name)} is there twice.`, remedy);
  }
  said.set(name, [...earlier, { row: row.row, submittedAt }]);
}

/** The updates in the order of the file, those of one name together and oldest first. */
export const oldestFirst = <U extends { submittedAt: string | null }>(
  updates: readonly U[],
  nameOf: (update: U) => string,
): U[] => [...Map.groupBy(updates, nameOf).values()].flatMap((same) => same.toSorted(byTime));

const byTime = (a: { submittedAt: string | null }, b: { submittedAt: string | null }) =>
  a.submittedAt === null || b.submittedAt === null
    ? 0
    : Temporal.Instant.compare(a.submittedAt, b.submittedAt);
