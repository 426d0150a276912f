import { assertAllowed } from '../domain/access.ts';
import type { TextLeft } from '../domain/erasure.ts';
import { Refused } from '../domain/errors.ts';
import type { Hold } from '../domain/hold.ts';
import type { Person } from '../domain/people.ts';
import { writeAct } from './audit-trail.ts';
import {
  type Accountable,
  accountableFor,
  holdsAgainst,
  partitionsOf,
  pseudonymOf,
  tracesOf,
} from './before-erasure.ts';
import type { Deps } from './deps.ts';
import type { Traces } from './find-mentions.ts';
import { personIdOf } from './import-council/person-id.ts';
import { personMeant } from './person-meant.ts';
import type { MaybeAtWork, OpenYear } from './session.ts';
import { sweepMentions } from './sweep-mentions.ts';

export { pseudonymOf } from './before-erasure.ts';

export type Erasure = {
  person: string;
  /** What they are called from now on. */
  pseudonym: string;
  /** Documents that were removed now, and those in which their name gave way to the pseudonym. */
  removed: number;
  renamed: number;
  /** Refs of what they are still accountable for. */
  accountable: string[];
  /** Texts that still name them: for someone to decide. */
  left: TextLeft[];
};

/**
 * Erases a person: from then on they are a pseudonym that can't be written to, and every figure, rating and count
 * stays. What was sent to them and what they had typed is removed; their name gives way in kept digests.
 *
 * The person's own document comes first, with the entry in the audit trail, and keeps what the rest is found by
 * until it is done: so an erasure that was cut off goes on where it stood when it is asked for again.
 *
 * Throws `Refused` `not-found`, `not-allowed` for an officer themselves, or `bad-input` without a reason, for someone who
 * is held, and, without `force`, for someone who is accountable for something that is still asked for.
 */
export async function erasePerson(
  deps: Deps,
  year: MaybeAtWork,
  words: string,
  { reason, force = false }: { reason: string; force?: boolean },
): Promise<Erasure> {
  if (year.actor) assertAllowed(year.actor, 'erase-person');
  if (reason.trim() === '')
    throw new Refused('bad-input', 'Give a reason, such as the number of the request.');
  const person = await personMeant(deps, year, words);
  if (year.actor?.person.id === person.id)
    throw new Refused('not-allowed', 'You can’t erase yourself. Ask another performance officer to do it.');
  const answersFor = await accountableFor(deps, year, person.id);
  const accountable = answersFor.map(refOf);
  if (!person.data.erased) {
    const [hold] = await holdsAgainst(deps, year, person);
    if (hold) throw held(hold);
    if (accountable.length > 0 && !force) throw stillAccountable(person.data, accountable);
  }
  const traces = await pseudonymise(deps, year, person.id, reason.trim());
  const pseudonym = pseudonymOf(person.id);
  const done: Erasure = { person: person.id, pseudonym, removed: 0, renamed: 0, accountable, left: [] };
  if (!traces) {
    const kept = await deps.store.read(year.council, 'erasure', person.id);
    return { ...done, left: kept?.data.left ?? [] };
  }
  for (const partition of await partitionsOf(deps, year)) {
    const { removed, renamed, left } = await sweepMentions(deps, year, partition, traces, pseudonym);
    done.removed += removed;
    done.renamed += renamed;
    done.left.push(...left);
  }
  await forgetTraces(deps, year, person.id, done);
  await deps.store.expunge();
  return done;
}

const refOf = ({ year, kind, ref }: Accountable): string => `${year} ${kind} ${ref}`;

function held(hold: Hold): Refused {
  const on =
    hold.on === 'person' ? 'them' : hold.on === 'everything' ? 'everything' : `${hold.on} ${hold.of}`;
  return new Refused(
    'bad-input',
    `There is a hold on ${on}, so nothing was erased: ${hold.reason} Send “holds” to see and end it, or run “hold list”.`,
  );
}

function stillAccountable({ name }: Person, refs: readonly string[]): Refused {
  const shown = refs.slice(0, 5).join(', ');
  const more = refs.length > 5 ? ` and ${refs.length - 5} more` : '';
  return new Refused(
    'bad-input',
    `${name} is accountable for ${shown}${more}. Name someone else in the council folder and load it, then erase. ` +
      'With --force they are erased all the same, and nobody is asked for these until someone else is named.',
  );
}

/** Gives the person the pseudonym, or keeps that it goes on anew; null when all was done before. */
async function pseudonymise(
  deps: Deps,
  year: MaybeAtWork,
  id: string,
  reason: string,
): Promise<Traces | null> {
  for (;;) {
    const person = await deps.store.read(year.council, 'person', id);
    if (!person) throw new Refused('not-found', 'They are not on the council’s list any more.');
    const { version, data: before } = person;
    const traces = tracesOf(before);
    if (before.erased) {
      if (!before.erasing) return null;
      if (before.erasing.again) return traces;
      const data = { ...before, erasing: { ...before.erasing, again: true } };
      const kept = { change: 'replace', kind: 'person', id, version, data } as const;
      if ((await deps.store.write(year.council, [kept])).ok) return traces;
      continue;
    }
    const { id: _, ...erasing } = traces;
    const data: Person = {
      id,
      name: pseudonymOf(id),
      email: '',
      roles: [],
      portfolios: [],
      entraObjectId: null,
      deputy: null,
      conversation: null,
      // A later folder that names this address again must not bring them back.
      erased: { at: year.now, reason, address: personIdOf(year.tenant, erasing.email) },
      erasing,
    };
    const written = await writeAct(
      deps,
      year.council,
      year,
      { act: 'person-erased', about: { person: id } },
      [{ change: 'replace', kind: 'person', id, version, data }],
    );
    if (written.ok) return traces;
  }
}

/** Texts that are kept, so that they can be looked through: refs, a hundred letters each. */
const mostKept = 500;

/** Digests tell again what figures tell: they come last. */
const editableFirst = (one: TextLeft, other: TextLeft): number =>
  Number(one.kind.startsWith('digest')) - Number(other.kind.startsWith('digest'));

/** The last step: what came of it takes the place of what the rest was found by. */
async function forgetTraces(
  { store }: Deps,
  { council }: OpenYear,
  id: string,
  { removed, renamed, left }: Erasure,
): Promise<void> {
  for (;;) {
    const person = await store.read(council, 'person', id);
    if (!person?.data.erasing) return;
    const { erasing, ...data } = person.data;
    const erasure = {
      counts: erasing.again ? null : { removed, renamed },
      left: left.toSorted(editableFirst).slice(0, mostKept),
      more: Math.max(0, left.length - mostKept),
    };
    const earlier = await store.read(council, 'erasure', id);
    const own = { kind: 'erasure', id, data: erasure } as const;
    const written = await store.write(council, [
      { change: 'replace', kind: 'person', id, version: person.version, data },
      earlier ? { change: 'replace', version: earlier.version, ...own } : { change: 'create', ...own },
    ]);
    if (written.ok) return;
  }
}
