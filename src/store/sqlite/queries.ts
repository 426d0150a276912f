import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Condition, isIndexed } from '../filter.ts';
import type { Row } from './apply-batch.ts';

/** A row with its kind, for a query that finds several. */
export type DueRow = Row & { kind: string };

/** A field's own column holds the text that is in it; for anything else the data itself is asked. */
function clauseOf(kind: string, { field, value }: Condition): string {
  const named = typeof value === 'string' && isIndexed(kind, field) ? field : `data ->> '$.${field}'`;
  return value === null ? `${named} IS NULL` : `${named} = ?`;
}

const whereOf = (kind: string, conditions: readonly Condition[]): string =>
  ['partition = ?', 'kind = ?', ...conditions.map((each) => clauseOf(kind, each))].join(' AND ');

/** A partition, a kind and the values other than null are to be bound, in this order. */
export const listSql = (kind: string, conditions: readonly Condition[]) =>
  `SELECT id, version, schema, data FROM document WHERE ${whereOf(kind, conditions)} ORDER BY id`;

const bound = (value: Condition['value']) => (typeof value === 'boolean' ? Number(value) : value);

/** A partition and an instant are to be bound. */
export const dueSql =
  'SELECT kind, id, version, schema, data FROM document ' +
  'WHERE partition = ? AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, kind, id';

/**
 * An instant is to be bound. Looks each partition's earliest up in the index and goes on to the next partition, so
 * that it costs the same however much is waiting.
 */
export const duePartitionsSql = `
  WITH RECURSIVE each(partition) AS (
    SELECT min(partition) FROM document WHERE due_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(partition) FROM document WHERE due_at IS NOT NULL AND partition > each.partition)
    FROM each WHERE each.partition IS NOT NULL
  ), earliest AS MATERIALIZED (
    SELECT partition, (
      SELECT min(due_at) FROM document WHERE due_at IS NOT NULL AND document.partition = each.partition
    ) AS at FROM each WHERE partition IS NOT NULL
  )
  SELECT partition FROM earliest WHERE at <= ? ORDER BY at, partition`;

/** What the store asks of the table. Rows of a list come in order of id and may be more than the filter wants. */
export function createQueries(db: DatabaseSync) {
  const one = db.prepare(
    'SELECT id, version, schema, data FROM document WHERE partition = ? AND kind = ? AND id = ?',
  );
  const due = db.prepare(dueSql);
  const duePartitions = db.prepare(duePartitionsSql);
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
    due: (partition: string, now: string) => due.iterate(partition, now) as IterableIterator<DueRow>,
    duePartitions: (now: string) =>
      (duePartitions.all(now) as { partition: string }[]).map(({ partition }) => partition),
    councils: () => (councils.all() as { partition: string }[]).map(({ partition }) => partition),
  };
}
