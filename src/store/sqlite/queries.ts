import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Condition, isIndexed } from '../filter.ts';
import type { Row } from './apply-batch.ts';

/** A row with the partition and kind that a query across partitions finds it in. */
export type DueRow = Row & { partition: string; kind: string };

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
