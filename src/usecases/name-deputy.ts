import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import type { Typed } from '../domain/form-fields.ts';
import type { Person } from '../domain/people.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';
import { type CoverSet, setCover } from './set-cover.ts';
import { assertIsAsked } from './set-reminders.ts';

/** The one person whom a typed name means. Throws `Refused` `not-found` when it is nobody or several. */
export async function personNamed({ store }: Deps, { council }: Session, name: string): Promise<Person> {
  const people = await store.list(council, 'person');
  const found = findPeople(
    people.map(({ data }) => data),
    name,
  );
  const [person] = found;
  if (!person)
    throw new Refused('not-found', `Nobody here is called ${quoted(name)}. Write their whole name.`);
  if (found.length > 1) {
    const names = found.map((each) => each.name).join(', ');
    throw new Refused('not-found', `${quoted(name)} could be ${names}. Write more of the name.`);
  }
  return person;
}

/**
 * Names one's deputy in words: whoever is meant by `name` gives one's updates in the days of `typed.from` and
 * `typed.to`. What there was gives way. Throws `Refused` `not-allowed`, `bad-input` and `not-found`.
 */
export async function nameDeputy(
  deps: Deps,
  session: Session,
  name: string,
  days: Typed,
): Promise<Extract<CoverSet, { outcome: 'kept' }>> {
  assertIsAsked(session);
  const deputy = await personNamed(deps, session, name);
  const result = await setCover(deps, session, {}, { ...days, deputy: deputy.id });
  if (result.outcome === 'kept') return result;
  const faults = result.outcome === 'faulty' ? Object.values(result.faults) : [];
  throw new Refused('bad-input', faults[0] ?? 'Nothing was changed. Send “reminders” to see what is set.');
}
