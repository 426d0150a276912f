import { assertAllowed, isAllowed, mayEver } from '../domain/access.ts';
import { type DueItem, inOrderOfUrgency, itemsAskedFor } from '../domain/due-items.ts';
import type { Plan } from '../domain/plan.ts';
import type { Deps } from './deps.ts';
import { loadParts } from './plan-reports.ts';
import { inYear, type OpenYear, type Session } from './session.ts';

/** An update that is awaited or overdue, whose it is and who covers for them. */
export type LateItem = { item: DueItem; plan: Plan; manager: string; deputy: string | null };

/**
 * Updates that are overdue, then those still awaited, in the plans that this person oversees.
 * Throws `Refused` `not-allowed` for those who oversee none.
 */
export function listLate(deps: Deps, session: Session): Promise<LateItem[]> {
  if (!mayEver(session.actor, 'see-late')) assertAllowed(session.actor, 'see-late');
  return lateIn(deps, session, (plan) => isAllowed(session.actor, 'see-late', { plan }));
}

/**
 * The same for any choice of plans, with no one at work: for the command line. Looks through the newest two years,
 * because in April the new one asks for its first month while the old one is being closed.
 */
export async function lateIn(
  deps: Deps,
  year: OpenYear,
  wanted: (plan: Plan) => boolean,
): Promise<LateItem[]> {
  const years = await Promise.all(year.years.slice(-2).map((name) => inYear(deps, year, name)));
  const items = (await Promise.all(years.map((each) => lateInYear(deps, each, wanted)))).flat();
  const byItem = new Map(items.map((late) => [late.item, late]));
  return inOrderOfUrgency([...byItem.keys()]).map((item) => byItem.get(item)!);
}

async function lateInYear(deps: Deps, year: OpenYear, wanted: (plan: Plan) => boolean): Promise<LateItem[]> {
  const { store } = deps;
  const { settings, today } = year;
  const [plans, people, parts] = await Promise.all([
    store.list(year.year, 'plan'),
    store.list(year.council, 'person'),
    loadParts(deps, year),
  ]);
  const chosen = new Map(plans.filter(({ data }) => wanted(data)).map(({ data }) => [data.ref, data]));
  const deputies = new Map(people.map(({ data }) => [data.id, data.deputy]));
  const missing = itemsAskedFor(parts, settings, today).filter(
    ({ state, plan }) => state !== 'given' && chosen.has(plan),
  );
  return missing.map((item) => {
    const deputy = item.accountableManager ? deputies.get(item.accountableManager) : null;
    const covered = deputy && deputy.from <= today && today <= deputy.to;
    return {
      item,
      plan: chosen.get(item.plan)!,
      manager: year.nameOf(item.accountableManager),
      deputy: covered ? year.nameOf(deputy.person) : null,
    };
  });
}
