import { assertAllowed, isAllowed, mayEver } from '../domain/access.ts';
import { type DueItem, inOrderOfUrgency, itemsAskedFor } from '../domain/due-items.ts';
import type { Plan } from '../domain/plan.ts';
import type { Deps } from './deps.ts';
import { loadParts } from './plan-reports.ts';
import type { Session } from './session.ts';

/** An update that is awaited or overdue, whose it is and who covers for them. */
export type LateItem = { item: DueItem; plan: Plan; manager: string; deputy: string | null };

/**
 * Updates that are overdue, then those still awaited, in the plans that this person oversees.
 * Throws `Refused` `not-allowed` for those who oversee none.
 */
export async function listLate(deps: Deps, session: Session): Promise<LateItem[]> {
  if (!mayEver(session.actor, 'see-late')) assertAllowed(session.actor, 'see-late');
  const { store } = deps;
  const { settings, today } = session;
  const [plans, people, parts] = await Promise.all([
    store.list(session.year, 'plan'),
    store.list(session.council, 'person'),
    loadParts(deps, session),
  ]);
  const overseen = new Map(
    plans
      .map(({ data }) => [data.ref, data] as const)
      .filter(([, plan]) => isAllowed(session.actor, 'see-late', { plan })),
  );
  const deputies = new Map(people.map(({ data }) => [data.id, data.deputy]));
  const missing = itemsAskedFor(parts, settings.year, settings.calendar, today).filter(
    ({ state, plan }) => state !== 'given' && overseen.has(plan),
  );
  return inOrderOfUrgency(missing).map((item) => {
    const deputy = item.accountableManager ? deputies.get(item.accountableManager) : null;
    const covered = deputy && deputy.from <= today && today <= deputy.to;
    return {
      item,
      plan: overseen.get(item.plan)!,
      manager: session.nameOf(item.accountableManager),
      deputy: covered ? session.nameOf(deputy.person) : null,
    };
  });
}
