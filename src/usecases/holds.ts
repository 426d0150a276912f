import { Refused } from '../domain/errors.ts';
import { type Hold, type HoldSubject, isHeld, type Removable } from '../domain/hold.ts';
import type { Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { personMeant } from './person-meant.ts';
import type { OpenYear } from './session.ts';

/** All holds there ever were, those that are on first. */
export async function listHolds({ store }: Deps, { council }: OpenYear): Promise<readonly Stored<'hold'>[]> {
  const holds = [...(await store.list(council, 'hold'))];
  return holds.sort((one, other) => Number(one.data.endedAt !== null) - Number(other.data.endedAt !== null));
}

/**
 * Puts a hold on a person, a plan, a year or everything. Throws `Refused` `bad-input` without a reason, and
 * `not-found` for what isn't there.
 */
export async function addHold(
  deps: Deps,
  year: OpenYear,
  on: HoldSubject,
  named: string,
  reason: string,
): Promise<{ id: string; hold: Hold }> {
  if (reason.trim() === '')
    throw new Refused('bad-input', 'Give a reason, so that others know what it is for.');
  const of = await subjectNamed(deps, year, on, named);
  const id = deps.newId();
  const hold: Hold = { on, of, reason: reason.trim(), addedAt: year.now, addedBy: null, endedAt: null };
  await writeAct(deps, year.council, year, { act: 'hold-added', about: { hold: id, on, of } }, [
    { change: 'create', kind: 'hold', id, data: hold },
  ]);
  return { id, hold };
}

async function subjectNamed(deps: Deps, year: OpenYear, on: HoldSubject, named: string): Promise<string> {
  if (on === 'everything') return '';
  if (on === 'person') return (await personMeant(deps, year, named)).id;
  if (on === 'year') {
    if (year.years.includes(named)) return named;
    throw new Refused('not-found', `There is no year ${named} here. There are ${year.years.join(', ')}.`);
  }
  for (const each of year.years) {
    if (await deps.store.read({ tenant: year.tenant, year: each }, 'plan', named)) return named;
  }
  throw new Refused('not-found', `No plan has the ref “${named}”. Write it as in plans.csv.`);
}

/** Ends a hold; doing it twice does it once. Throws `Refused` `not-found`. */
export async function endHold(deps: Deps, year: OpenYear, id: string): Promise<Hold> {
  for (;;) {
    const stored = await deps.store.read(year.council, 'hold', id);
    if (!stored)
      throw new Refused('not-found', 'There is no such hold. “hold list” shows them with their ids.');
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
