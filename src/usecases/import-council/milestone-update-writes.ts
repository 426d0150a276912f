import { isDeepStrictEqual } from 'node:util';
import type { Milestone, MilestoneUpdate } from '../../domain/project.ts';
import type { Partition, Store, Stored } from '../../store/store.ts';
import type { GivenMilestoneUpdate } from './council-data.ts';
import { figuresChanged, isGivenAlike, isNews, moveTo, revisionChanges, sinceStored } from './revise.ts';
import { type Decision, unchanged, type Write } from './write.ts';

/** A year's milestones and what is said of them, as they are loaded and as they are there. */
export type YearOfMilestones = {
  partition: Partition;
  milestones: readonly Milestone[];
  /** Oldest first where the folder speaks of one milestone several times. */
  given: readonly GivenMilestoneUpdate[];
  present: readonly Stored<'milestone-update'>[];
  now: string;
};

/** What to do with what is said of each milestone, in the folder or before. */
export function milestoneUpdateWrites(store: Store, year: YearOfMilestones): Write[] {
  const plans = new Map(year.milestones.map(({ ref, plan }) => [ref, plan]));
  const given = Map.groupBy(year.given, ({ milestone }) => milestone);
  const others = year.present.map(({ id }) => id).filter((id) => !given.has(id));
  return [...given.keys(), ...others].map((id) => ({
    partition: year.partition,
    kind: 'milestone-update' as const,
    id,
    decide: async (stored) => {
      const current = stored as Stored<'milestone-update'> | null;
      const said = given.get(id);
      const decided = said && (await decide(store, year, said, current));
      if (decided || !current) return decided ?? unchanged;
      return moveTo(plans.get(id) ?? current.data.plan, 'milestone-update', current, 'unchanged');
    },
  }));
}

/** Null when the folder says nothing new. */
async function decide(
  store: Store,
  { partition, now }: YearOfMilestones,
  history: readonly GivenMilestoneUpdate[],
  current: Stored<'milestone-update'> | null,
): Promise<Decision | null> {
  const given = history.at(-1)!;
  if (!current) return { outcome: 'created', changes: nextRevisions(null, history, now) };
  const said = { submittedAt: given.submittedAt, isSaidBy: (before: MilestoneUpdate) => says(before, given) };
  const news = await isNews(store, partition, 'milestone-update', current, said);
  if (news === 'unchanged') return null;
  if (news !== 'news') return { outcome: news, changes: [] };
  return { outcome: 'changed', changes: nextRevisions(current, history, now) };
}

function nextRevisions(
  current: Stored<'milestone-update'> | null,
  history: readonly GivenMilestoneUpdate[],
  now: string,
) {
  const before = current?.data ?? null;
  const revisions = sinceStored(history, before).map((given, at): MilestoneUpdate => {
    const revision = (before?.revision ?? 0) + 1 + at;
    const reason = revision === 1 ? null : figuresChanged;
    return { ...given, submittedAt: given.submittedAt ?? now, source: 'import', revision, reason };
  });
  const id = history[0]!.milestone;
  return revisionChanges('milestone-update', id, current, revisions.at(-1)!, revisions.slice(0, -1));
}

const compared = ['state', 'percentComplete', 'forecast', 'completed', 'commentary'] as const;

const says = (update: MilestoneUpdate, given: GivenMilestoneUpdate): boolean =>
  compared.every((field) => update[field] === given[field]) &&
  isDeepStrictEqual(update.decision, given.decision) &&
  isGivenAlike(update, given);
