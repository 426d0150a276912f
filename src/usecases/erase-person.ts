import { createHash } from 'node:crypto';
import { datesOf } from '../domain/calendar.ts';
import { Refused } from '../domain/errors.ts';
import type { Hold } from '../domain/hold.ts';
import type { Person } from '../domain/people.ts';
import { periodsOf } from '../domain/periods.ts';
import type { Partition, Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { everyYear } from './every-year.ts';
import { mentionsIn, type Traces } from './find-mentions.ts';
import { holdsOn } from './holds.ts';
import { personIdOf } from './import-council/person-id.ts';
import { personMeant } from './person-meant.ts';
import { inYear, type OpenYear } from './session.ts';
import { type Left, sweepMentions } from './sweep-mentions.ts';

export type Erasure = {
  person: string;
  /** What they are called from now on. */
  pseudonym: string;
  /** Documents that were removed, and those in which their name gave way to the pseudonym. */
  removed: number;
  renamed: number;
  /** Refs of what they are still accountable for. */
  accountable: string[];
  /** Texts that still name them: for someone to decide. */
  left: Left[];
};

/** What someone is called once they are erased: the same each time. */
export const pseudonymOf = (id: string): string =>
  `Former officer ${createHash('sha256').update(id).digest('hex').slice(0, 4)}`;

/**
 * Erases a person: from then on they are a pseudonym that can't be written to, and every figure, rating and count
 * stays. What was sent to them and what they had typed is removed; their name gives way in kept digests.
 *
 * The person's own document comes first, with the entry in the audit trail, and keeps what the rest is found by
 * until it is done: so an erasure that was cut off goes on where it stood when it is asked for again.
 *
 * Throws `Refused` `not-found`, or `bad-input` without a reason, for someone who is held, and, without `force`, for
 * someone who is accountable for something that is still asked for.
 */
export async function erasePerson(
  deps: Deps,
  year: OpenYear,
  words: string,
  { reason, force = false }: { reason: string; force?: boolean },
): Promise<Erasure> {
  if (reason.trim() === '')
    throw new Refused('bad-input', 'Give a reason, such as the number of the request.');
  const person = await personMeant(deps, year, words);
  const accountable = await accountableFor(deps, year, person.id);
  if (!person.data.erased) {
    await assertNotHeld(deps, year, person);
    if (accountable.length > 0 && !force) throw stillAccountable(person.data, accountable);
  }
  const traces = await pseudonymise(deps, year, person.id, reason.trim());
  const pseudonym = pseudonymOf(person.id);
  const done: Erasure = { person: person.id, pseudonym, removed: 0, renamed: 0, accountable, left: [] };
  if (!traces) return done;
  for (const partition of await partitionsOf(deps, year)) {
    const { removed, renamed, left } = await sweepMentions(deps, year, partition, traces, pseudonym);
    done.removed += removed;
    done.renamed += renamed;
    done.left.push(...left);
  }
  await forgetTraces(deps, year, person.id);
  return done;
}

/** The council's own documents last: those of a year are found by what is in them. */
const partitionsOf = async (deps: Deps, year: OpenYear): Promise<Partition[]> => [
  ...(await everyYear(deps, year)).map((name) => ({ tenant: year.tenant, year: name })),
  year.council,
];

async function assertNotHeld(deps: Deps, year: OpenYear, { id, data }: Stored<'person'>): Promise<void> {
  const holds: Hold[] = (await holdsOn(deps, year, { person: id, plan: null, year: null })).map(
    (each) => each.data,
  );
  const traces = tracesOf(data);
  for (const each of await everyYear(deps, year)) {
    const mentions = await mentionsIn(deps, { tenant: year.tenant, year: each }, traces);
    const plans = new Set(mentions.map(({ stored }) => planOf(stored)));
    for (const plan of plans) {
      holds.push(
        ...(await holdsOn(deps, year, { person: null, plan, year: each })).map(({ data: hold }) => hold),
      );
    }
  }
  const [hold] = holds;
  if (!hold) return;
  const on =
    hold.on === 'person' ? 'them' : hold.on === 'everything' ? 'everything' : `${hold.on} ${hold.of}`;
  throw new Refused(
    'bad-input',
    `There is a hold on ${on}, so nothing was erased: ${hold.reason} “hold list” shows it; “hold end” ends it.`,
  );
}

/** The plan that a document is about; undefined where it can't be told. */
function planOf({ kind, id, data }: Stored): string | undefined {
  if (kind === 'plan') return id;
  const { plan } = data as { plan?: unknown };
  return typeof plan === 'string' ? plan : undefined;
}

/** What they answer for in years that aren't over: something can still be asked of them. */
async function accountableFor(deps: Deps, open: OpenYear, id: string): Promise<string[]> {
  const refs: string[] = [];
  for (const name of open.years) {
    const { settings, year } = await inYear(deps, open, name);
    const last = periodsOf(name, 'quarterly').at(-1)!;
    if (open.today > datesOf(last, settings.calendar).locks) continue;
    const [plans, kpis, milestones] = await Promise.all([
      deps.store.list(year, 'plan', { headOfService: id }),
      deps.store.list(year, 'kpi', { accountableManager: id }),
      deps.store.list(year, 'milestone', { accountableManager: id }),
    ]);
    refs.push(...[...plans, ...kpis, ...milestones].map((each) => `${name} ${each.kind} ${each.id}`));
  }
  return refs;
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

const tracesOf = ({ id, name, email, conversation, erasing }: Person): Traces =>
  erasing ? { id, ...erasing } : { id, name, email, conversation: conversation?.id ?? null };

/** Gives the person the pseudonym; null when all was done before. */
async function pseudonymise(deps: Deps, year: OpenYear, id: string, reason: string): Promise<Traces | null> {
  for (;;) {
    const person = await deps.store.read(year.council, 'person', id);
    if (!person) throw new Refused('not-found', 'They are not on the council’s list any more.');
    if (person.data.erased) return person.data.erasing ? tracesOf(person.data) : null;
    const { id: _, ...erasing } = tracesOf(person.data);
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
      [{ change: 'replace', kind: 'person', id, version: person.version, data }],
    );
    if (written.ok) return { id, ...erasing };
  }
}

async function forgetTraces({ store }: Deps, { council }: OpenYear, id: string): Promise<void> {
  for (;;) {
    const person = await store.read(council, 'person', id);
    if (!person?.data.erasing) return;
    const { erasing: _, ...data } = person.data;
    const change = { change: 'replace', kind: 'person', id, version: person.version, data } as const;
    if ((await store.write(council, [change])).ok) return;
  }
}
