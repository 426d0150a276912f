import { createHash } from 'node:crypto';
import { assertAllowed } from '../domain/access.ts';
import { type Cover, coveredBy, coverFaults, coverOf, givesUpdates } from '../domain/cover.ts';
import { isReachable } from '../domain/cycle.ts';
import type { IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { type FieldFaults, fieldDate, fieldText, type Typed } from '../domain/form-fields.ts';
import type { Notice } from '../domain/notice.ts';
import type { Person } from '../domain/people.ts';
import type { Change, Stored } from '../store/store.ts';
import { type Acted, writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import type { Session } from './session.ts';
import { assertIsAsked } from './set-reminders.ts';

/** How often documents are read and written again when others write them at the same moment. */
const attempts = 5;

/** Whose cover it is: one's own, or as an officer somebody else's, by id. */
export type Whose = { of?: unknown };

/** Someone who was told of a change by a message, or could not be. */
export type Told = { person: Person; reached: boolean };

export type CoverSet =
  | {
      outcome: 'kept';
      person: Person;
      deputy: Person;
      cover: Cover;
      told: Told[];
      /** Those whom the person stands in for in these days themselves; each is told. */
      leftAlone: Told[];
    }
  | { outcome: 'ended'; person: Person; told: Told[] }
  /** By field: `person`, `deputy`, `from`, `to`. */
  | { outcome: 'faulty'; faults: FieldFaults }
  /** Someone changed it after the card was shown: nothing was done. */
  | { outcome: 'changed'; person: Person };

/** Short words for a cover as it was shown, so that a card that is out of date is known by them. */
export function stampOf({ id, deputy }: Person): string {
  const said = deputy ? [id, deputy.person, deputy.from, deputy.to].join(' ') : id;
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}

/**
 * Has `typed.deputy` give someone's updates, and get their messages, from `typed.from` to `typed.to`. The deputy is
 * told by the same write. The same again changes nothing and tells nobody.
 *
 * @param seen the stamp of the cover that was shown with the form; without it whatever there is gives way
 * Throws `Refused` `not-allowed`, and `busy` when others keep coming between.
 */
export async function setCover(
  deps: Deps,
  session: Session,
  whose: Whose,
  typed: Typed,
  seen?: unknown,
): Promise<CoverSet> {
  assertMayCover(session, whose);
  const faults: FieldFaults = {};
  const from = fieldDate(typed, 'from', faults);
  const to = fieldDate(typed, 'to', faults);
  return retried(async () => {
    const person = await personOf(deps, session, whose);
    if (!person) return { outcome: 'faulty', faults: { ...faults, person: 'Choose who is away.' } };
    const deputy = await deps.store.read(session.council, 'person', fieldText(typed, 'deputy'));
    const wrong = coverFaults(person.data, deputy?.data ?? null, from, to, session.today);
    const all = { ...wrong, ...faults };
    if (!givesUpdates(person.data))
      all.person = `${person.data.name} gives no updates. Choose someone who does.`;
    if (Object.keys(all).length > 0) return { outcome: 'faulty', faults: all };
    const cover: Cover = { person: deputy!.id, from: from!, to: to! };
    const before = coverOf(person.data, session.today);
    const notices = await noticesOf(deps, session, person.data, before, { deputy: deputy!.data, cover });
    const result = kept(person.data, deputy!.data, cover, notices);
    if (isSame(before, cover)) return result;
    if (seen !== undefined && before && seen !== stampOf(person.data)) {
      return { outcome: 'changed', person: person.data };
    }
    // The deputy is written too, as they are: if they name a deputy of their own at the same moment, one of the
    // two writes comes second and sees the other.
    const { person: deputyId, ...days } = cover;
    const about = { person: person.id, deputy: deputyId, ...days };
    const written = await writeCover(deps, session, whose, { act: 'cover-set', about }, [
      replaced(person, { ...person.data, deputy: cover }),
      replaced(deputy!, deputy!.data),
      ...messages(deps, session, notices),
    ]);
    return written.ok ? result : null;
  });
}

/** Ends someone's cover, now or before it begins; the deputy is told. Throws `Refused` `not-allowed`, `busy`. */
export async function endCover(
  deps: Deps,
  session: Session,
  whose: Whose,
  seen?: unknown,
): Promise<CoverSet> {
  assertMayCover(session, whose);
  return retried(async () => {
    const person = await personOf(deps, session, whose);
    if (!person) return { outcome: 'faulty', faults: { person: 'Choose whose cover it is.' } };
    const cover = coverOf(person.data, session.today);
    if (!cover) return { outcome: 'ended', person: person.data, told: [] };
    if (seen !== undefined && seen !== stampOf(person.data)) {
      return { outcome: 'changed', person: person.data };
    }
    const notices = await noticesOf(deps, session, person.data, cover, null);
    const about = { person: person.id, deputy: cover.person };
    const written = await writeCover(deps, session, whose, { act: 'cover-ended', about }, [
      replaced(person, { ...person.data, deputy: null }),
      ...messages(deps, session, notices),
    ]);
    return written.ok ? { outcome: 'ended', person: person.data, told: toldOf(notices) } : null;
  });
}

/** What people set for themselves is their own; what an officer sets for them is in the audit trail. */
const writeCover = (deps: Deps, session: Session, { of }: Whose, acted: Acted, changes: Change[]) =>
  of === undefined
    ? deps.store.write(session.council, changes)
    : writeAct(deps, session.council, session, acted, changes);

async function retried(once: () => Promise<CoverSet | null>): Promise<CoverSet> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const result = await once();
    if (result) return result;
  }
  throw new Refused('busy', 'Someone is changing this right now. Nothing was changed; press again.');
}

function assertMayCover(session: Session, { of }: Whose): void {
  if (of === undefined) assertIsAsked(session);
  else assertAllowed(session.actor, 'set-cover');
}

/** The person whose cover it is, as they are now; null when an officer named nobody who gives updates. */
async function personOf(
  { store }: Deps,
  { council, actor }: Session,
  { of }: Whose,
): Promise<Stored<'person'> | null> {
  const person = await store.read(council, 'person', of === undefined ? actor.person.id : String(of));
  if (!person && of === undefined)
    throw new Refused('not-found', 'You are not on the council’s list any more.');
  return person;
}

const isSame = (one: Cover | null, other: Cover): boolean =>
  one !== null && one.person === other.person && one.from === other.from && one.to === other.to;

type Wanted = { person: Person; notice: Notice };

const toldOf = (notices: readonly Wanted[]): Told[] =>
  notices.map(({ person }) => ({ person, reached: isReachable(person) }));

function kept(person: Person, deputy: Person, cover: Cover, notices: readonly Wanted[]): CoverSet {
  const isAlone = ({ notice }: Wanted) => notice.about === 'deputy-away';
  const told = toldOf(notices.filter((each) => !isAlone(each)));
  return { outcome: 'kept', person, deputy, cover, told, leftAlone: toldOf(notices.filter(isAlone)) };
}

const replaced = ({ id, version }: Stored<'person'>, data: Person): Change => ({
  change: 'replace',
  kind: 'person',
  id,
  version,
  data,
});

const messages = (deps: Deps, session: Session, notices: readonly Wanted[]): Change[] =>
  notices
    .filter(({ person }) => isReachable(person))
    .map(({ person, notice }) =>
      deliver(deps, session, person.conversation!, { kind: 'notice', notice, to: person.id }),
    );

/** Whom a change of cover concerns, and what each is told. */
async function noticesOf(
  { store }: Deps,
  { council, actor }: Session,
  person: Person,
  before: Cover | null,
  after: { deputy: Person; cover: Cover } | null,
): Promise<Wanted[]> {
  const people = await store.list(council, 'person');
  const by = actor.person.id;
  const wanted: Wanted[] = [];
  const days = ({ from, to }: { from: IsoDate; to: IsoDate }) => ({ from, to });
  const earlier = before && people.find(({ id }) => id === before.person)?.data;
  if (earlier && earlier.id !== after?.deputy.id) {
    const notice: Notice = { about: 'stands-in-no-more', of: person.id, by, ...days(before) };
    wanted.push({ person: earlier, notice });
  }
  if (after) {
    const { deputy, cover } = after;
    wanted.push({ person: deputy, notice: { about: 'stands-in', of: person.id, by, ...days(cover) } });
    for (const alone of coveredBy(people, person, cover)) {
      wanted.push({ person: alone, notice: { about: 'deputy-away', of: person.id, ...days(cover) } });
    }
  }
  if (by !== person.id) {
    const [about, { person: deputy, ...when }] = after
      ? (['covered', after.cover] as const)
      : (['covered-no-more', before!] as const);
    wanted.push({ person, notice: { about, deputy, by, from: when.from, to: when.to } });
  }
  return wanted;
}
