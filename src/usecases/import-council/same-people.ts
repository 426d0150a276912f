import type { Person } from '../../domain/people.ts';
import type { CouncilData } from './council-data.ts';

/**
 * Names people by the ids they have here already: someone keeps their id, their history and what the bot knows
 * of them when their e-mail address changes and their Entra object id doesn't.
 */
export function withKnownPeople(data: CouncilData, known: readonly Person[]): CouncilData {
  const byEmail = new Map(known.map((person) => [person.email.toLowerCase(), person.id]));
  const byEntraId = new Map(known.map((person) => [person.entraObjectId?.toLowerCase(), person.id]));
  byEntraId.delete(undefined);
  const erased = new Map(known.flatMap(({ id, erased }) => (erased ? [[erased.address, id]] : [])));
  const taken = new Set(data.people.map(({ email }) => byEmail.get(email)));
  const ids = new Map(
    data.people.map(({ id, email, entraObjectId }) => {
      const moved = entraObjectId ? byEntraId.get(entraObjectId) : undefined;
      return [id, byEmail.get(email) ?? erased.get(id) ?? (moved && !taken.has(moved) ? moved : id)];
    }),
  );
  const idOf = (given: string | null) => (given === null ? null : (ids.get(given) ?? given));
  const managed = <T extends { accountableManager: string | null }>(item: T): T => ({
    ...item,
    accountableManager: idOf(item.accountableManager),
  });
  const submitted = <T extends { submittedBy: string | null }>(update: T): T => ({
    ...update,
    submittedBy: idOf(update.submittedBy),
  });
  return {
    ...data,
    people: data.people.map((person) => ({ ...person, id: idOf(person.id)! })),
    plans: data.plans.map((plan) => ({ ...plan, headOfService: idOf(plan.headOfService) })),
    kpis: data.kpis.map(managed),
    projects: data.projects.map(managed),
    milestones: data.milestones.map(managed),
    kpiUpdates: data.kpiUpdates.map(submitted),
    milestoneUpdates: data.milestoneUpdates.map(submitted),
  };
}
