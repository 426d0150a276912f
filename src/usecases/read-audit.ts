import { assertAllowed } from '../domain/access.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { type Partition, type Stored, UnreadableDocument } from '../store/store.ts';
import { entryId, hashOfEntry, trailOf } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import type { OpenYear, Session } from './session.ts';

export type AuditLine = AuditEntry & { trail: string };

/** The first place at which a trail isn't as it was written. */
export type Break = { trail: string; number: number; why: string };

export type Verified = {
  /** For each trail how many entries it has and the hash that it ends with: worth noting somewhere else. */
  trails: { trail: string; entries: number; hash: string }[];
  breaks: Break[];
};

/** What clerks and officers did, of all the council's trails, the newest first. Throws `Refused` `not-allowed`. */
export async function readAudit(deps: Deps, session: Session): Promise<AuditLine[]> {
  assertAllowed(session.actor, 'see-audit');
  return auditIn(deps, session);
}

/** The same with no one at work: for the command line. */
export async function auditIn(deps: Deps, year: OpenYear): Promise<AuditLine[]> {
  const { store } = deps;
  const trails = await Promise.all(
    (await partitionsOf(deps, year)).map(async (partition) =>
      (await store.list(partition, 'audit-entry')).map(({ data }) => ({
        ...data,
        trail: trailOf(partition),
      })),
    ),
  );
  return trails
    .flat()
    .sort((one, other) => (one.at === other.at ? other.number - one.number : one.at < other.at ? 1 : -1));
}

/** A year that was removed keeps its trail. */
async function partitionsOf({ store }: Deps, { tenant, council, years }: OpenYear): Promise<Partition[]> {
  const past = (await store.read(council, 'council', 'council'))?.data.past ?? [];
  const all = new Set([...past.map(({ year }) => year), ...years]);
  return [council, ...[...all].map((year) => ({ tenant, year }))];
}

/** Holds every trail of the council to its hashes. Whoever may write in the database itself could forge them all. */
export async function verifyAudit(deps: Deps, year: OpenYear): Promise<Verified> {
  const result: Verified = { trails: [], breaks: [] };
  const loaded = new Set<string>();
  // The council's comes first, and has an entry of every year that was loaded.
  for (const partition of await partitionsOf(deps, year)) {
    const { entries, hash, broken } = await verifyTrail(deps, partition);
    const trail = trailOf(partition);
    for (const { act, about } of entries) if (act === 'import-begun' && about.year) loaded.add(about.year);
    if (broken) result.breaks.push({ trail, ...broken });
    else if (entries.length === 0 && (partition.year === null || loaded.has(trail))) {
      result.breaks.push({ trail, number: 1, why: 'the whole trail is missing, although plans were loaded' });
    }
    if (entries.length > 0) result.trails.push({ trail, entries: entries.length, hash: hash ?? '' });
  }
  return result;
}

type Trail = { entries: AuditEntry[]; hash: string | null; broken: Omit<Break, 'trail'> | null };

async function verifyTrail({ store }: Deps, partition: Partition): Promise<Trail> {
  const head = await readable(() => store.read(partition, 'audit-head', 'head'));
  const stored = await readable(() => store.list(partition, 'audit-entry'));
  const entries = (stored.value ?? (await oneByOne({ store }, partition, head.value))).map(
    ({ data }) => data,
  );
  const broken = breakIn(partition, entries, head.value?.data ?? null);
  return { entries, hash: head.value?.data.hash ?? null, broken };
}

async function readable<T>(read: () => Promise<T>): Promise<{ value: T | null }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    return { value: null };
  }
}

/** What can be read up to the first entry that can't. */
async function oneByOne(
  { store }: Pick<Deps, 'store'>,
  partition: Partition,
  head: Stored<'audit-head'> | null,
): Promise<Stored<'audit-entry'>[]> {
  const found: Stored<'audit-entry'>[] = [];
  for (let number = 1; number <= (head?.data.number ?? number); number++) {
    const { value } = await readable(() => store.read(partition, 'audit-entry', entryId(number)));
    if (!value) break;
    found.push(value);
  }
  return found;
}

function breakIn(
  partition: Partition,
  entries: readonly AuditEntry[],
  head: { number: number; hash: string } | null,
): Omit<Break, 'trail'> | null {
  let previous: string | null = null;
  for (const [at, entry] of entries.entries()) {
    const number = at + 1;
    if (entry.number !== number) return { number, why: 'an entry is missing or can’t be read' };
    if (entry.previous !== previous) return { number, why: 'it does not follow from the entry before it' };
    if (entry.hash !== hashOfEntry(partition, entry))
      return { number, why: 'it was changed after it was written' };
    previous = entry.hash;
  }
  const number = entries.length + 1;
  if (head === null) return entries.length === 0 ? null : { number, why: 'the end of the trail is missing' };
  if (head.number >= number) return { number, why: 'an entry is missing or can’t be read' };
  if (head.number < entries.length || head.hash !== previous) {
    return { number: head.number, why: 'the trail does not end where its end says' };
  }
  return null;
}
