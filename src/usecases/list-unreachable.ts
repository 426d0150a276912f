import { assertAllowed } from '../domain/access.ts';
import { coversFor } from '../domain/cover.ts';
import { isReachable } from '../domain/cycle.ts';
import type { Person } from '../domain/people.ts';
import type { Deps } from './deps.ts';
import { lateIn } from './list-late.ts';
import type { OpenYear, Session } from './session.ts';

/** Why nothing can be sent to someone. */
export type WhyUnreachable =
  /** They have never written to the bot, and it was never installed for them. */
  | 'never-installed'
  /** It was taken out of their chat, or Teams says that it isn't installed there. */
  | 'removed'
  /** They blocked it, or an administrator switched it off for them. */
  | 'blocked'
  /** Teams knows their chat no more. */
  | 'gone';

/** Someone whom the bot would have to write to and can't. */
export type Unreachable = {
  person: Person;
  why: WhyUnreachable;
  /** Teams' own code of the refusal, where there was one. */
  code: string | null;
  /** An ISO instant; null when it isn't known, or it was never otherwise. */
  since: string | null;
  /** Of their own updates, as `late` counts them. */
  awaited: number;
  overdue: number;
  /** Whether they head a plan, and so are told what is late in it. */
  headsPlans: boolean;
  /** For whom they stand in, now or later. */
  standsInFor: Person[];
};

/**
 * The people who can't be reached although they give updates, stand in for someone who does, or head a plan: those
 * with the most overdue first. Throws `Refused` `not-allowed`.
 */
export async function listUnreachable(deps: Deps, session: Session): Promise<Unreachable[]> {
  assertAllowed(session.actor, 'see-unreachable');
  return unreachableIn(deps, session);
}

/** The same with no one at work: for the command line. */
export async function unreachableIn(deps: Deps, year: OpenYear): Promise<Unreachable[]> {
  const { store } = deps;
  const [people, plans, kpis, milestones, late] = await Promise.all([
    store.list(year.council, 'person'),
    store.list(year.year, 'plan'),
    store.list(year.year, 'kpi'),
    store.list(year.year, 'milestone'),
    lateIn(deps, year, () => true),
  ]);
  const gives = new Set([...kpis, ...milestones].map(({ data }) => data.accountableManager));
  const heads = new Set(plans.map(({ data }) => data.headOfService));
  const byManager = Map.groupBy(late, ({ item }) => item.accountableManager);
  const all = people.flatMap(({ data: person }): Unreachable[] => {
    const standsInFor = coversFor(people, person, year.today);
    const headsPlans = heads.has(person.id);
    if (isReachable(person) || !(gives.has(person.id) || headsPlans || standsInFor.length > 0)) return [];
    const theirs = byManager.get(person.id) ?? [];
    const overdue = theirs.filter(({ item }) => item.state === 'overdue').length;
    const awaited = theirs.length - overdue;
    return [{ person, ...reasonOf(person), awaited, overdue, headsPlans, standsInFor }];
  });
  return all.sort(
    (one, other) =>
      other.overdue - one.overdue ||
      other.awaited - one.awaited ||
      one.person.name.localeCompare(other.person.name, 'en-GB'),
  );
}

function reasonOf({ conversation, lost }: Person): Pick<Unreachable, 'why' | 'code' | 'since'> {
  const stopped = conversation?.stopped;
  if (stopped) return { why: stopped.why, code: stopped.code, since: stopped.at };
  if (lost) return { why: lost.why === 'gone' ? 'gone' : 'removed', code: null, since: lost.at };
  return { why: 'never-installed', code: null, since: null };
}
