import { isDeepStrictEqual } from 'node:util';
import type { Milestone, MilestoneUpdate } from '../../domain/project.ts';
import type { Partition, Store, Stored } from '../../store/store.ts';
import type { GivenMilestoneUpdate } from './council-data.ts';
import { figuresChanged, isGivenAlike, isNews, moveTo, revisionChanges } from './revise.ts';
import { type Decision, unchanged, type Write } from './write.ts';

/** A year's milestones and what is said of them, as they are loaded and as they are there. */
export type YearOfMilestones = {
  partition: Partition;
  milestones: readonly Milestone[];
  given: readonly GivenMilestoneUpdate[];
  present: readonly Stored<'milestone-update'>[];
  now: string;
};

/** What to do with what is said of each milestone, in the folder or before. */
export function milestoneUpdateWrites(store: Store, year: YearOfMilestones): Write[] {
  const plans = new Map(year.milestones.map(({ ref, plan }) => [ref, plan]));
  const given = new Map(year.given.map((update) => [update.milestone, update]));
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
  given: GivenMilestoneUpdate,
  current: Stored<'milestone-update'> | null,
): Promise<Decision | null> {
  const id = given.milestone;
  const update = { ...given, submittedAt: given.submittedAt ?? now, source: 'import' as const };
  if (!current) {
    const first = { ...update, revision: 1, reason: null };
    return { outcome: 'created', changes: revisionChanges('milestone-update', id, null, first) };
  }
  const said = { submittedAt: given.submittedAt, isSaidBy: (before: MilestoneUpdate) => says(before, given) };
  const news = await isNews(store, partition, 'milestone-update', current, said);
  if (news === 'unchanged') return null;
  if (news !== 'news') return { outcome: news, changes: [] };
  const next = { ...update, revision: current.data.revision + 1, reason: figuresChanged };
  return { outcome: 'changed', changes: revisionChanges('milestone-update', id, current, next) };
}

const compared = ['state', 'percentComplete', 'forecast', 'completed', 'commentary'] as const;

const says = (update: MilestoneUpdate, given: GivenMilestoneUpdate): boolean =>
  compared.every((field) => update[field] === given[field]) &&
  isDeepStrictEqual(update.decision, given.decision) &&
  isGivenAlike(update, given);
