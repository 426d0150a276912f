import type { Container, SqlQuerySpec } from '@azure/cosmos';
import type { Condition } from '../filter.ts';
import type { Item } from './items.ts';

/** The service's largest page that is still filled whatever the documents' size. */
const pageSize = 1_000;
/** Items that the first look at what is due takes in. */
const firstLook = 200;
/** Longest that all pages of one query are waited for, in milliseconds. */
const patience = 30_000;

const clauseOf = ({ field, value }: Condition, at: number) =>
  value === null
    ? `(NOT IS_DEFINED(c.data["${field}"]) OR IS_NULL(c.data["${field}"]))`
    : `c.data["${field}"] = @value${at}`;

function listSpec(pk: string, kind: string, conditions: readonly Condition[]): SqlQuerySpec {
  const clauses = ['c.pk = @pk', 'c.kind = @kind', ...conditions.map(clauseOf)];
  return {
    query: `SELECT * FROM c WHERE ${clauses.join(' AND ')}`,
    parameters: [
      { name: '@pk', value: pk },
      { name: '@kind', value: kind },
      ...conditions.map(({ value }, at) => ({ name: `@value${at}`, value })),
    ],
  };
}

/** All items of a kind in one partition that meet the conditions, in no order. */
export async function queryList(
  container: Container,
  pk: string,
  kind: string,
  conditions: readonly Condition[],
): Promise<Item[]> {
  const options = { partitionKey: pk, maxItemCount: pageSize, abortSignal: AbortSignal.timeout(patience) };
  const { resources } = await container.items.query<Item>(listSpec(pk, kind, conditions), options).fetchAll();
  return resources;
}

/** Items of one partition that are due at `now`, earliest first, a page at a time. */
export async function* queryDue(
  container: Container,
  pk: string,
  now: string,
  page: number,
): AsyncGenerator<Item> {
  const query = container.items.query<Item>(
    {
      query: 'SELECT * FROM c WHERE c.pk = @pk AND c.dueAt <= @now ORDER BY c.dueAt',
      parameters: [
        { name: '@pk', value: pk },
        { name: '@now', value: now },
      ],
    },
    {
      partitionKey: pk,
      maxItemCount: Math.min(page, pageSize),
      abortSignal: AbortSignal.timeout(patience),
    },
  );
  for await (const { resources } of query.getAsyncIterator()) yield* resources;
}

type Waiting = { pk: string; dueAt: string };

/**
 * The partition keys with items that are due at `now`, the one that has waited longest first. As a rule little is
 * due, and a first look at the earliest items shows all of it for the price of what it finds. Only when that is full
 * can a partition be hidden; then the index is asked for all of them, once each.
 */
export async function queryDuePartitions(container: Container, now: string): Promise<string[]> {
  const parameters = [{ name: '@now', value: now }];
  const all = async (query: string) =>
    (
      await container.items
        .query<Waiting>({ query, parameters }, { abortSignal: AbortSignal.timeout(patience) })
        .fetchAll()
    ).resources;
  const first = await all(
    `SELECT TOP ${firstLook} c.pk, c.dueAt FROM c WHERE c.dueAt <= @now ORDER BY c.dueAt`,
  );
  const keys = new Set(first.map(({ pk }) => pk));
  if (first.length < firstLook) return [...keys];
  for (const { pk } of await all('SELECT DISTINCT c.pk FROM c WHERE c.dueAt <= @now')) keys.add(pk);
  return [...keys];
}

/** The partition keys of all councils. */
export async function queryCouncils(container: Container): Promise<string[]> {
  const query = container.items.query<{ pk: string }>({
    query: 'SELECT c.pk FROM c WHERE c.kind = @kind',
    parameters: [{ name: '@kind', value: 'council' }],
  });
  return (await query.fetchAll()).resources.map(({ pk }) => pk);
}
