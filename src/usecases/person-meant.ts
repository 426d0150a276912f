import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

/**
 * The one person whom an id, an e-mail address or a name means; someone whose erasure was cut off is still found by
 * what they were called. Throws `Refused` `not-found` when it is nobody or several.
 */
export async function personMeant(
  { store }: Pick<Deps, 'store'>,
  { council }: Pick<OpenYear, 'council'>,
  words: string,
): Promise<Stored<'person'>> {
  const people = await store.list(council, 'person');
  const said = words.trim().toLowerCase();
  const exact = people.filter(({ data }) =>
    [data.id, data.email, data.erasing?.name, data.erasing?.email].some(
      (each) => each && each.toLowerCase() === said,
    ),
  );
  if (exact.length === 1) return exact[0]!;
  const found = findPeople(
    people.map(({ data }) => data),
    words,
  );
  if (found.length === 1) return people.find(({ id }) => id === found[0]!.id)!;
  if (found.length === 0)
    throw new Refused('not-found', `Nobody here is called “${words}”. Give their e-mail address.`);
  const names = found.map(({ name, email }) => `${name} (${email})`).join(', ');
  throw new Refused('not-found', `“${words}” could be ${names}. Give their e-mail address.`);
}
