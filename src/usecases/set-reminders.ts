import { mayEver } from '../domain/access.ts';
import type { IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import type { Person } from '../domain/people.ts';
import { snoozeFault } from '../domain/snooze.ts';
import type { Deps } from './deps.ts';
import { listMyUpdates } from './list-my-updates.ts';
import type { Session } from './session.ts';

/** How often a person's document is written again when the bot wrote it at the same moment. */
const attempts = 5;

/** Throws `Refused` `not-allowed` for those who are never asked for an update. */
export function assertIsAsked({ actor }: Session): void {
  if (mayEver(actor, 'give-update')) return;
  throw new Refused('not-allowed', 'Reminders and deputies are for people who give updates.');
}

/**
 * Changes what someone chose about themselves. Throws `Refused` `not-found` when they are on the list no more, and
 * `busy` when others keep coming between.
 */
async function amendMyself(
  { store }: Deps,
  { council, actor }: Session,
  edit: (person: Person) => Person,
): Promise<void> {
  const { id } = actor.person;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = await store.read(council, 'person', id);
    if (!before) throw new Refused('not-found', 'You are not on the council’s list any more.');
    const { version } = before;
    const written = await store.write(council, [
      { change: 'replace', kind: 'person', id, version, data: edit(before.data) },
    ]);
    if (written.ok) return;
  }
  throw new Refused('busy', 'Someone is changing this right now. Nothing was changed; send it again.');
}

/** Turns a person's reminders on or off; turning them on also ends a snooze. Throws `Refused` `not-allowed`. */
export async function turnReminders(deps: Deps, session: Session, reminders: 'on' | 'off'): Promise<void> {
  assertIsAsked(session);
  await amendMyself(deps, session, (person) => ({ ...person, reminders, snoozedUntil: null }));
}

/**
 * Puts off a person's reminders to a day before what is due next.
 * Throws `Refused` `not-allowed`, and `bad-input` when nothing is awaited or the day is too early or too late.
 */
export async function snoozeReminders(deps: Deps, session: Session, until: IsoDate): Promise<void> {
  assertIsAsked(session);
  const fault = snoozeFault(until, session.today, await nextDue(deps, session));
  if (fault) throw new Refused('bad-input', fault);
  await amendMyself(deps, session, (person) => ({ ...person, reminders: 'on', snoozedUntil: until }));
}

/** When the next update of someone is due that isn't given yet; null when nothing is due from today on. */
export async function nextDue(deps: Deps, session: Session): Promise<IsoDate | null> {
  const { items } = await listMyUpdates(deps, session);
  return items.find(({ state }) => state === 'due')?.dates.due ?? null;
}
