import { isAllowed } from '../domain/access.ts';
import type { Plan } from '../domain/plan.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';

type Remembered = { kpis: unknown; milestones: unknown; byPerson: Map<string, Plan[]> };
const remembered = new WeakMap<object, Remembered>();

/**
 * The plans that this person may see. The same array for the same rights as long as the store's lists are the
 * same, so that a search index can be kept with it.
 */
export async function visiblePlans({ store }: Deps, { year, actor }: Session): Promise<Plan[]> {
  const [plans, kpis, milestones] = await Promise.all([
    store.list(year, 'plan'),
    store.list(year, 'kpi'),
    store.list(year, 'milestone'),
  ]);
  let known = remembered.get(plans);
  if (known?.kpis !== kpis || known.milestones !== milestones) {
    known = { kpis, milestones, byPerson: new Map() };
    remembered.set(plans, known);
  }
  const { person, standsInFor, where } = actor;
  const rights = [where, person.id, person.roles, person.portfolios, ...standsInFor].join();
  let visible = known.byPerson.get(rights);
  if (!visible) {
    const items = Map.groupBy([...kpis, ...milestones], ({ data }) => data.plan);
    const managersOf = (ref: string) => (items.get(ref) ?? []).map(({ data }) => data.accountableManager);
    visible = plans
      .map(({ data }) => data)
      .filter((plan) => isAllowed(actor, 'see-plan', { plan, managers: managersOf(plan.ref) }));
    known.byPerson.set(rights, visible);
  }
  return visible;
}

/** Refs of the plans that this person heads or gives figures for, themselves or as a deputy. */
export async function ownPlans({ store }: Deps, { year, actor }: Session): Promise<Set<string>> {
  const own = await Promise.all(
    [...actor.standsInFor].map(async (id) => [
      ...(await store.list(year, 'plan', { headOfService: id })).map(({ data }) => data.ref),
      ...(await store.list(year, 'kpi', { accountableManager: id })).map(({ data }) => data.plan),
      ...(await store.list(year, 'milestone', { accountableManager: id })).map(({ data }) => data.plan),
    ]),
  );
  return new Set(own.flat());
}
