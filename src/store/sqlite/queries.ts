import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Condition, indexes } from '../filter.ts';
import type { Row } from './apply-batch.ts';
import { coveredBy, fieldOf } from './file.ts';

/** A row with the partition and kind that a query across partitions finds it in. */
export type DueRow = Row & { partition: string; kind: string };

/** SQLite takes an index of some kinds alone only when the query repeats which kinds those are. */
function whereOf(kind: string, conditions: readonly Condition[]): string {
  const index = conditions.find(({ field }) => (indexes[field] as string[] | undefined)?.includes(kind));
  const clauses = conditions.map(({ field, value }) =>
    value === null ? `${fieldOf(field)} IS NULL` : `${fieldOf(field)} = ?`,
  );
  const covered = index ? [coveredBy(index.field)] : [];
  return ['partition = ?', 'kind = ?', ...covered, ...clauses].join(' AND ');
}

/** A partition, a kind and the values other than null are to be bound, in this order. */
export const listSql = (kind: string, conditions: readonly Condition[]) =>
  `SELECT id, version, schema, data FROM document WHERE ${whereOf(kind, conditions)} ORDER BY id`;

const bound = (value: Condition['value']) => (typeof value === 'boolean' ? Number(value) : value);

/** What the store asks of the table. Rows of a list come in order of id and may be more than the filter wants. */
export function createQueries(db: DatabaseSync) {
  const one = db.prepare(
    'SELECT id, version, schema, data FROM document WHERE partition = ? AND kind = ? AND id = ?',
  );
  const due = db.prepare(
    'SELECT partition, kind, id, version, schema, data FROM document ' +
      'WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, partition, kind, id',
  );
  const councils = db.prepare("SELECT partition FROM document WHERE kind = 'council' ORDER BY partition");
  const lists = new Map<string, StatementSync>();

  const listOf = (kind: string, conditions: readonly Condition[]): StatementSync => {
    const sql = listSql(kind, conditions);
    const known = lists.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    lists.set(sql, statement);
    return statement;
  };

  return {
    one: (partition: string, kind: string, id: string) => one.get(partition, kind, id) as Row | undefined,
    list: (partition: string, kind: string, conditions: readonly Condition[]) => {
      const values = conditions.map(({ value }) => bound(value)).filter((value) => value !== null);
      return listOf(kind, conditions).all(partition, kind, ...values) as Row[];
    },
    due: (now: string) => due.iterate(now) as IterableIterator<DueRow>,
    councils: () => (councils.all() as { partition: string }[]).map(({ partition }) => partition),
  };
}
