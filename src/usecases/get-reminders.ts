import { type Cover, coverOf, coversFor, givesUpdates } from '../domain/cover.ts';
import type { IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import type { Person } from '../domain/people.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';
import { stampOf } from './set-cover.ts';
import { assertIsAsked, nextDue } from './set-reminders.ts';

/** What someone has chosen about being asked, as it is stored now, and what they may choose. */
export type Reminders = {
  reminders: 'on' | 'off';
  /** A day to come; null when nothing is put off. */
  snoozedUntil: IsoDate | null;
  /** When the next of their updates is due that isn't given; null when nothing is due from today on. */
  nextDue: IsoDate | null;
  cover: Cover | null;
  /** The cover as it is now, for a form to carry. */
  stamp: string;
  /** For whom they stand in, now or later. */
  standsInFor: { person: Person; cover: Cover }[];
  /** Who may stand in for them, by name. */
  deputies: Person[];
};

/** Throws `Refused` `not-allowed` for those who are never asked. */
export async function getReminders(deps: Deps, session: Session): Promise<Reminders> {
  assertIsAsked(session);
  const { actor, today, council } = session;
  const [own, people] = await Promise.all([
    deps.store.read(council, 'person', actor.person.id),
    deps.store.list(council, 'person'),
  ]);
  if (!own) throw new Refused('not-found', 'You are not on the council’s list any more.');
  const { reminders = 'on', snoozedUntil = null } = own.data;
  return {
    reminders,
    snoozedUntil: reminders === 'on' && snoozedUntil && snoozedUntil > today ? snoozedUntil : null,
    nextDue: await nextDue(deps, session),
    cover: coverOf(own.data, today),
    stamp: stampOf(own.data),
    standsInFor: coversFor(people, own.data, today).map((person) => ({ person, cover: person.deputy! })),
    deputies: byName(people.map(({ data }) => data)).filter(
      (person) => person.id !== own.id && givesUpdates(person),
    ),
  };
}

export const byName = (people: readonly Person[]): Person[] =>
  people.toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB'));
