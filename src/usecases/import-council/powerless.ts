import { type Action, accessTable } from '../../domain/access.ts';
import type { CouncilData, GivenPerson } from './council-data.ts';

/** Someone who is named for a task that none of their roles lets them do. */
export type Powerless = { email: string; namedAs: 'accountable manager' | 'head of service' };

const may = (person: GivenPerson, action: Action) =>
  person.roles.some((role) => accessTable[action][role] !== undefined);

/** The people whom the folder expects something of and gives no role for it: nobody would be told otherwise. */
export function powerless({ people, plans, kpis, milestones }: CouncilData): Powerless[] {
  const managers = new Set([...kpis, ...milestones].map(({ accountableManager }) => accountableManager));
  const heads = new Set(plans.map(({ headOfService }) => headOfService));
  return people.flatMap((person): Powerless[] => [
    ...(managers.has(person.id) && !may(person, 'give-update')
      ? [{ email: person.email, namedAs: 'accountable manager' as const }]
      : []),
    ...(heads.has(person.id) && !person.roles.includes('head-of-service')
      ? [{ email: person.email, namedAs: 'head of service' as const }]
      : []),
  ]);
}
