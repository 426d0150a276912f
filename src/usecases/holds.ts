import { assertAllowed } from '../domain/access.ts';
import { Refused } from '../domain/errors.ts';
import { type Hold, type HoldSubject, isHeld, type Removable } from '../domain/hold.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { personMeant } from './person-meant.ts';
import type { MaybeAtWork, OpenYear, Session } from './session.ts';

/** All holds there ever were, those that are on first. */
export async function listHolds({ store }: Deps, { council }: OpenYear): Promise<readonly Stored<'hold'>[]> {
  const holds = [...(await store.list(council, 'hold'))];
  return holds.sort((one, other) => Number(one.data.endedAt !== null) - Number(other.data.endedAt !== null));
}

/** The same for an officer. Throws `Refused` `not-allowed`. */
export async function readHolds(deps: Deps, session: Session): Promise<readonly Stored<'hold'>[]> {
  assertAllowed(session.actor, 'set-hold');
  return listHolds(deps, session);
}

/**
 * Puts a hold on a person, a plan, a year or everything; with an `id` that is there already it is that hold. Throws
 * `Refused` `not-allowed`, `bad-input` without a reason, and `not-found` for what isn't there.
 */
export async function addHold(
  deps: Deps,
  year: MaybeAtWork,
  on: HoldSubject,
  named: string,
  reason: string,
  id = deps.newId(),
): Promise<{ id: string; hold: Hold }> {
  if (year.actor) assertAllowed(year.actor, 'set-hold');
  if (reason.trim() === '')
    throw new Refused('bad-input', 'Give a reason, so that others know what it is for.');
  const of = await subjectNamed(deps, year, on, named);
  const addedBy = year.actor?.person.id ?? null;
  const hold: Hold = { on, of, reason: reason.trim(), addedAt: year.now, addedBy, endedAt: null };
  const written = await writeAct(
    deps,
    year.council,
    year,
    { act: 'hold-added', about: { hold: id, on, of } },
    [{ change: 'create', kind: 'hold', id, data: hold }],
  );
  if (written.ok) return { id, hold };
  const there = await deps.store.read(year.council, 'hold', id);
  if (!there) throw new Refused('busy', 'Nothing was changed. Try again.');
  return { id, hold: there.data };
}

/** The years that a hold can be on, and those of which retention has removed a part. */
async function yearsThere({ store }: Deps, { council, years }: OpenYear): Promise<string[]> {
  const past = (await store.read(council, 'council', 'council'))?.data.past ?? [];
  return [...past.filter(({ removed }) => !removed).map(({ year }) => year), ...years];
}

async function subjectNamed(deps: Deps, year: OpenYear, on: HoldSubject, named: string): Promise<string> {
  if (on === 'everything') return '';
  if (on === 'person') return (await personMeant(deps, year, named)).id;
  const years = await yearsThere(deps, year);
  if (on === 'year') {
    if (years.includes(named)) return named;
    throw new Refused('not-found', `There is no year ${quoted(named)} here. There are ${years.join(', ')}.`);
  }
  for (const each of years) {
    if (await deps.store.read({ tenant: year.tenant, year: each }, 'plan', named)) return named;
  }
  throw new Refused('not-found', `No plan has the ref ${quoted(named)}. Write it as in plans.csv.`);
}

/** Ends a hold; doing it twice does it once. Throws `Refused` `not-allowed` and `not-found`. */
export async function endHold(deps: Deps, year: MaybeAtWork, id: string): Promise<Hold> {
  if (year.actor) assertAllowed(year.actor, 'set-hold');
  for (;;) {
    const stored = await deps.store.read(year.council, 'hold', id);
    if (!stored)
      throw new Refused('not-found', 'There is no such hold. Send “holds” to see them, or run “hold list”.');
    if (stored.data.endedAt !== null) return stored.data;
    const data = { ...stored.data, endedAt: year.now };
    const written = await writeAct(deps, year.council, year, { act: 'hold-ended', about: { hold: id } }, [
      { change: 'replace', kind: 'hold', id, version: stored.version, data },
    ]);
    if (written.ok) return data;
  }
}

/** The holds that are on what is to go. */
export async function holdsOn(deps: Deps, year: OpenYear, what: Removable): Promise<Stored<'hold'>[]> {
  return (await listHolds(deps, year)).filter(({ data }) => isHeld(data, what));
}
