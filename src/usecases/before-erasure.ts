import { createHash } from 'node:crypto';
import { assertAllowed } from '../domain/access.ts';
import { datesOf } from '../domain/calendar.ts';
import { Refused } from '../domain/errors.ts';
import type { Hold } from '../domain/hold.ts';
import type { Person } from '../domain/people.ts';
import { periodsOf } from '../domain/periods.ts';
import type { Change, Partition, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { everyYear } from './every-year.ts';
import { fieldsNaming, type Mention, mentionsIn, type Traces } from './find-mentions.ts';
import { holdsOn } from './holds.ts';
import { inYear, type OpenYear, type Session } from './session.ts';
import { becomes, isSharedName } from './sweep-mentions.ts';

/** Something that a person answers for and that can still be asked of them. */
export type Accountable = { year: string; kind: 'plan' | 'kpi' | 'milestone'; ref: string; title: string };

/** What erasing a person would do, and what stands against it. */
export type BeforeErasure = {
  person: Person;
  pseudonym: string;
  /** Documents that would be removed, those in which the pseudonym would stand for the name, and texts that would stay. */
  removed: number;
  renamed: number;
  texts: number;
  accountable: Accountable[];
  holds: Hold[];
};

/** What someone is called once they are erased: the same each time. */
export const pseudonymOf = (id: string): string =>
  `Former officer ${createHash('sha256').update(id).digest('hex').slice(0, 4)}`;

/** What the documents that tell of a person are found by, also when their erasure was cut off. */
export function tracesOf({ id, erasing, ...own }: Person): Traces {
  const { name, email, conversation } = erasing ?? { ...own, conversation: own.conversation?.id ?? null };
  return { id, name, email, conversation };
}

/** The council's own documents last: those of a year are found by what is in them. */
export const partitionsOf = async (deps: Deps, year: OpenYear): Promise<Partition[]> => [
  ...(await everyYear(deps, year)).map((name) => ({ tenant: year.tenant, year: name })),
  year.council,
];

/**
 * What erasing a person would do, without doing it. Reads everything that is kept. Throws `Refused` `not-allowed` and
 * `not-found`.
 */
export async function beforeErasure(deps: Deps, session: Session, id: string): Promise<BeforeErasure> {
  assertAllowed(session.actor, 'erase-person');
  const stored = await deps.store.read(session.council, 'person', id);
  if (!stored) throw new Refused('not-found', 'They are not on the council’s list any more.');
  const { data: person } = stored;
  const traces = tracesOf(person);
  const pseudonym = (await isSharedName(deps, session, person)) ? null : pseudonymOf(id);
  const found = { removed: 0, renamed: 0, texts: 0 };
  for (const partition of await partitionsOf(deps, session)) {
    for (const mention of await mentionsIn(deps, partition, traces)) {
      // Their own document becomes the pseudonym, whatever else does.
      if (mention.stored.kind === 'person' && mention.stored.id === id) continue;
      const change = becomes(mention, traces, pseudonym);
      if (change?.change === 'remove') found.removed += 1;
      if (change?.change === 'replace' && change.kind === 'digest-page') found.renamed += 1;
      if (change?.change !== 'remove') found.texts += textsLeft(mention, change, traces);
    }
  }
  return {
    person,
    pseudonym: pseudonymOf(id),
    ...found,
    accountable: await accountableFor(deps, session, id),
    holds: await holdsAgainst(deps, session, stored),
  };
}

/** How many texts of a document still name the person once it is as it would be. */
const textsLeft = ({ fields }: Mention, change: Change | null, traces: Traces): number =>
  (change && 'data' in change ? fieldsNaming(change.data, traces) : fields).filter(
    ({ by }) => by === 'name' || by === 'email',
  ).length;

/** What they answer for in years that aren't over. */
export async function accountableFor(deps: Deps, open: OpenYear, id: string): Promise<Accountable[]> {
  const all: Accountable[] = [];
  for (const name of open.years) {
    const { settings, year } = await inYear(deps, open, name);
    const last = periodsOf(name, 'quarterly').at(-1)!;
    if (open.today > datesOf(last, settings.calendar).locks) continue;
    const [plans, kpis, milestones] = await Promise.all([
      deps.store.list(year, 'plan', { headOfService: id }),
      deps.store.list(year, 'kpi', { accountableManager: id }),
      deps.store.list(year, 'milestone', { accountableManager: id }),
    ]);
    const refs = [...plans, ...kpis, ...milestones] as Stored<'plan' | 'kpi' | 'milestone'>[];
    all.push(...refs.map(({ kind, id: ref, data: { title } }) => ({ year: name, kind, ref, title })));
  }
  return all;
}

/** The holds that keep a person from being erased: on them, and on any plan or year in which they are named. */
export async function holdsAgainst(
  deps: Deps,
  year: OpenYear,
  { id, data }: Stored<'person'>,
): Promise<Hold[]> {
  const found = new Map((await holdsOn(deps, year, { person: id, plan: null, year: null })).map(byId));
  const traces = tracesOf(data);
  for (const each of await everyYear(deps, year)) {
    const mentions = await mentionsIn(deps, { tenant: year.tenant, year: each }, traces);
    for (const plan of new Set(mentions.map(({ stored }) => planOf(stored)))) {
      for (const hold of await holdsOn(deps, year, { person: null, plan, year: each }))
        found.set(...byId(hold));
    }
  }
  return [...found.values()];
}

const byId = ({ id, data }: Stored<'hold'>): [string, Hold] => [id, data];

/** The plan that a document is about; undefined where it can't be told. */
function planOf({ kind, id, data }: Stored): string | undefined {
  if (kind === 'plan') return id;
  const { plan } = data as { plan?: unknown };
  return typeof plan === 'string' ? plan : undefined;
}
