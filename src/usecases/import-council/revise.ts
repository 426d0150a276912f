import { Temporal } from 'temporal-polyfill';
import type { KpiUpdate } from '../../domain/kpi.ts';
import type { Change, Partition, Store, Stored } from '../../store/store.ts';
import type { Decision, Outcome } from './write.ts';

type UpdateKind = 'kpi-update' | 'milestone-update';
type UpdateOf<K extends UpdateKind> = Stored<K>['data'];

export const figuresChanged = 'Imported figures changed';

/**
 * The update with its history, in one batch: the newest revision is the value, every revision is kept.
 *
 * @param data the newest
 * @param before revisions that lead up to it and are new too, oldest first
 */
export function revisionChanges<K extends UpdateKind>(
  kind: K,
  id: string,
  current: Stored<K> | null,
  data: UpdateOf<K>,
  before: readonly UpdateOf<K>[] = [],
): Change[] {
  const head = current
    ? { change: 'replace', kind, id, version: current.version, data }
    : { change: 'create', kind, id, data };
  const revisions = [...before, data].map((each) => ({
    change: 'create',
    kind: `${kind}-revision`,
    id: `${id}#${each.revision}`,
    data: each,
  }));
  return [head, ...revisions] as Change[];
}

/** What a folder says of one figure or milestone since the newest that is stored; its last row always counts. */
export const sinceStored = <G extends { submittedAt: string | null }>(
  given: readonly G[],
  stored: { submittedAt: string } | null,
): G[] =>
  given.filter(
    ({ submittedAt }, at) =>
      at === given.length - 1 ||
      (submittedAt !== null && (!stored || Temporal.Instant.compare(submittedAt, stored.submittedAt) > 0)),
  );

/** Who gave it and when, as far as the folder says; Teams knows that better than any folder. */
export const isGivenAlike = (
  update: Pick<KpiUpdate, 'source' | 'submittedAt' | 'submittedBy'>,
  given: { submittedAt: string | null; submittedBy: string | null },
): boolean =>
  update.source === 'form' ||
  (update.submittedBy === given.submittedBy &&
    (given.submittedAt === null || update.submittedAt === given.submittedAt));

/** The update in the plan that its KPI or milestone belongs to now. */
export function moveTo<K extends UpdateKind>(
  plan: string,
  kind: K,
  current: Stored<K>,
  outcome: Outcome,
): Decision {
  if (current.data.plan === plan) return { outcome, changes: [] };
  const { id, version, data } = current;
  const change = { change: 'replace', kind, id, version, data: { ...data, plan } } as Change;
  return { outcome: 'changed', changes: [change] };
}

/** What an import says of one KPI's period or one milestone, and how to tell whether that is news. */
export type Given<K extends UpdateKind> = {
  submittedAt: string | null;
  /** Whether the update says what the folder says. */
  isSaidBy: (update: UpdateOf<K>) => boolean;
};

/**
 * Whether the folder brings news. A row is news when it differs from what was last loaded from a folder, so that
 * loading a folder again never takes back what was corrected in Teams since. Where only Teams has spoken, the
 * later of the two stands.
 */
export async function isNews<K extends UpdateKind>(
  store: Store,
  partition: Partition,
  kind: K,
  current: Stored<K>,
  given: Given<K>,
): Promise<'news' | Decision['outcome']> {
  if (given.isSaidBy(current.data)) return 'unchanged';
  const loaded = await lastLoaded(store, partition, kind, current);
  if (loaded) return given.isSaidBy(loaded) ? 'unchanged' : 'news';
  const older =
    given.submittedAt !== null && Temporal.Instant.compare(given.submittedAt, current.data.submittedAt) < 0;
  return older ? 'kept-newer' : 'news';
}

/** The newest revision that came from a folder; null when all were given in Teams. */
async function lastLoaded<K extends UpdateKind>(
  store: Store,
  partition: Partition,
  kind: K,
  { id, data }: Stored<K>,
): Promise<UpdateOf<K> | null> {
  if (data.source === 'import') return data;
  for (let revision = data.revision - 1; revision > 0; revision--) {
    const earlier = await store.read(partition, `${kind}-revision` as const, `${id}#${revision}`);
    if (earlier?.data.source === 'import') return earlier.data as UpdateOf<K>;
  }
  return null;
}
