import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

/**
 * Whom an id, an e-mail address or a name could mean: one, several or nobody. Someone whose erasure was cut off is still
 * found by what they were called.
 */
export async function peopleMeant(
  { store }: Pick<Deps, 'store'>,
  { council }: Pick<OpenYear, 'council'>,
  words: string,
): Promise<Stored<'person'>[]> {
  const people = await store.list(council, 'person');
  const said = words.trim().toLowerCase();
  const exact = people.filter(({ data }) =>
    [data.id, data.email, data.erasing?.name, data.erasing?.email].some(
      (each) => each && each.toLowerCase() === said,
    ),
  );
  if (exact.length === 1) return exact;
  const found = findPeople(
    people.map(({ data }) => data),
    words,
  );
  return found.map((person) => people.find(({ id }) => id === person.id)!);
}

/** The one person who is meant. Throws `Refused` `not-found` when it is nobody or several. */
export async function personMeant(
  deps: Pick<Deps, 'store'>,
  year: Pick<OpenYear, 'council'>,
  words: string,
): Promise<Stored<'person'>> {
  const found = await peopleMeant(deps, year, words);
  const [only] = found;
  if (!only)
    throw new Refused('not-found', `Nobody here is called ${quoted(words)}. Give their e-mail address.`);
  if (found.length === 1) return only;
  const names = found.map(({ data: { name, email } }) => `${name} (${email})`).join(', ');
  throw new Refused('not-found', `${quoted(words)} could be ${names}. Give their e-mail address.`);
}
