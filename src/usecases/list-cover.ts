import { assertAllowed, isAllowed, mayEver } from '../domain/access.ts';
import { type Cover, coverOf, isRunning } from '../domain/cover.ts';
import { isReachable } from '../domain/cycle.ts';
import type { Person } from '../domain/people.ts';
import type { Plan } from '../domain/plan.ts';
import type { Deps } from './deps.ts';
import { lateIn } from './list-late.ts';
import type { OpenYear, Session } from './session.ts';

/** Someone’s cover that is running or to come. */
export type CoverLine = {
  person: Person;
  /** Null when they are on the council's list no more. */
  deputy: Person | null;
  cover: Cover;
  when: 'now' | 'later';
  /** Of the person's own updates, as `late` counts them. */
  awaited: number;
  overdue: number;
  /** Why the cover may not work: the deputy is away in these days, or can't be reached. */
  doubt: 'deputy-away' | 'deputy-not-reachable' | 'deputy-gone' | null;
};

/**
 * Who stands in for whom, the running covers first, then by their first day: for everyone, or for a head of service
 * those who give updates in their plans, and the head. Throws `Refused` `not-allowed`.
 */
export async function listCover(deps: Deps, session: Session): Promise<CoverLine[]> {
  const { actor } = session;
  if (!mayEver(actor, 'see-cover')) assertAllowed(actor, 'see-cover');
  const seesAll = isAllowed(actor, 'see-cover');
  const own = seesAll
    ? null
    : await managersIn(deps, session, (plan) => isAllowed(actor, 'see-cover', { plan }));
  const lines = await coverIn(deps, session, (plan) => isAllowed(actor, 'see-cover', { plan }));
  return lines.filter(({ person }) => own === null || own.has(person.id) || person.id === actor.person.id);
}

/** The same for any choice of plans, with no one at work: for the command line. */
export async function coverIn(
  deps: Deps,
  year: OpenYear,
  wanted: (plan: Plan) => boolean = () => true,
): Promise<CoverLine[]> {
  const [people, late] = await Promise.all([
    deps.store.list(year.council, 'person'),
    lateIn(deps, year, wanted),
  ]);
  const byId = new Map(people.map(({ data }) => [data.id, data]));
  const lines = people.flatMap(({ data: person }): CoverLine[] => {
    const cover = coverOf(person, year.today);
    if (!cover) return [];
    const theirs = late.filter(({ item }) => item.accountableManager === person.id);
    const overdue = theirs.filter(({ item }) => item.state === 'overdue').length;
    const deputy = byId.get(cover.person) ?? null;
    const when = isRunning(cover, year.today) ? 'now' : 'later';
    return [
      {
        person,
        deputy,
        cover,
        when,
        awaited: theirs.length - overdue,
        overdue,
        doubt: doubtOf(deputy, cover),
      },
    ];
  });
  return lines.sort(
    (one, other) =>
      one.when.localeCompare(other.when) * -1 ||
      (one.when === 'now'
        ? one.cover.to.localeCompare(other.cover.to)
        : one.cover.from.localeCompare(other.cover.from)) ||
      one.person.name.localeCompare(other.person.name, 'en-GB'),
  );
}

function doubtOf(deputy: Person | null, cover: Cover): CoverLine['doubt'] {
  if (!deputy) return 'deputy-gone';
  const away = deputy.deputy;
  if (away && away.from <= cover.to && cover.from <= away.to) return 'deputy-away';
  return isReachable(deputy) ? null : 'deputy-not-reachable';
}

/** The accountable managers of everything in a choice of plans. */
async function managersIn(
  { store }: Deps,
  { year }: OpenYear,
  wanted: (plan: Plan) => boolean,
): Promise<Set<string>> {
  const plans = new Set(
    (await store.list(year, 'plan')).flatMap(({ data }) => (wanted(data) ? [data.ref] : [])),
  );
  const items = [...(await store.list(year, 'kpi')), ...(await store.list(year, 'milestone'))];
  return new Set(
    items.flatMap(({ data: { plan, accountableManager } }) =>
      plans.has(plan) && accountableManager ? [accountableManager] : [],
    ),
  );
}
