import { actorOn, mayEver } from '../domain/access.ts';
import { type IsoDate, longDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import type { Person } from '../domain/people.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';
import { amendMyself, assertIsAsked } from './set-reminders.ts';

/**
 * Names who gives a person's updates, and gets their messages, from one date to another, both included.
 * Throws `Refused` `not-allowed`, `bad-input` for the dates or a deputy who can't stand in, and `not-found`.
 */
export async function nameDeputy(
  deps: Deps,
  session: Session,
  name: string,
  from: IsoDate,
  to: IsoDate,
): Promise<Person> {
  assertIsAsked(session);
  if (to < from) throw new Refused('bad-input', 'The last day is before the first. Write the days again.');
  if (to < session.today) throw new Refused('bad-input', 'Those days are over. Write days that are to come.');
  const people = await deps.store.list(session.council, 'person');
  const found = findPeople(
    people.map(({ data }) => data),
    name,
  );
  const [deputy] = found;
  if (!deputy) throw new Refused('not-found', `Nobody here is called “${name}”. Write their whole name.`);
  if (found.length > 1) {
    const names = found.map((each) => each.name).join(', ');
    throw new Refused('not-found', `“${name}” could be ${names}. Write more of the name.`);
  }
  assertCanStandIn(session, deputy, from, to);
  await amendMyself(deps, session, (person) => ({ ...person, deputy: { person: deputy.id, from, to } }));
  return deputy;
}

function assertCanStandIn({ actor, today }: Session, deputy: Person, from: IsoDate, to: IsoDate): void {
  const { name, id, deputy: their } = deputy;
  if (id === actor.person.id) throw new Refused('bad-input', 'Write someone else’s name.');
  if (!mayEver(actorOn(deputy, [], today), 'give-update')) {
    throw new Refused('bad-input', `${name} can’t give updates. Name a manager or a head of service.`);
  }
  if (their && their.from <= to && from <= their.to) {
    const days = `${longDate(their.from)} to ${longDate(their.to)}`;
    throw new Refused('bad-input', `${name} is away too, from ${days}. Name someone else.`);
  }
}

/** Ends a person's cover. Throws `Refused` `not-allowed`. */
export async function endDeputy(deps: Deps, session: Session): Promise<void> {
  assertIsAsked(session);
  await amendMyself(deps, session, (person) => ({ ...person, deputy: null }));
}
