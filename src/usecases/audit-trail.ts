import { createHash } from 'node:crypto';
import type { Actor } from '../domain/access.ts';
import { type Act, type AuditEntry, canonicalJson } from '../domain/audit.ts';
import { Refused } from '../domain/errors.ts';
import type { Change, Partition, Stored, WriteResult } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** Something done that the trail keeps. Ids and codes alone: nothing that anyone typed. */
export type Acted = { act: Act; about: Record<string, string>; outcome?: string };

/** Who does it and when: a session, or a year that the command line or the worker opened. */
export type AtWork = { now: string; correlationId: string; actor?: Actor };

/** Changes of a batch that the trail needs for itself. */
export const auditRoom = 2;

/** What commands give as their correlation id. */
export const commandLine = 'command-line';

/** Others that come between are other officers' acts, of which there are few. */
const attempts = 100;

/** Which trail an entry is of: `council`, or the financial year. Each partition has its own. */
export const trailOf = ({ year }: Partition): string => year ?? 'council';

/** What an entry's hash must be. */
export function hashOfEntry(partition: Partition, { hash: _, ...entry }: AuditEntry): string {
  const said = { ...entry, tenant: partition.tenant, trail: trailOf(partition) };
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}

export const entryId = (number: number): string => String(number).padStart(8, '0');

/**
 * Writes changes together with the trail's next entry, all or nothing. When another act took that place, it takes the
 * next one. A conflict of the changes themselves is given back as `store.write` does, and leaves no entry.
 * Throws `Refused` `busy` when others keep taking its place.
 */
export async function writeAct(
  { store }: Pick<Deps, 'store'>,
  partition: Partition,
  who: AtWork,
  acted: Acted,
  changes: Change[] = [],
): Promise<WriteResult> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const head = await store.read(partition, 'audit-head', 'head');
    const written = await store.write(partition, [...changes, ...nextEntry(partition, who, acted, head)]);
    if (written.ok) return { ok: true, versions: written.versions.slice(0, changes.length) };
    if (written.at < changes.length) return written;
  }
  throw new Refused('busy', 'Others are doing a great deal right now. Nothing was changed; try again.');
}

function nextEntry(
  partition: Partition,
  { now, correlationId, actor }: AtWork,
  { act, about, outcome = 'done' }: Acted,
  head: Stored<'audit-head'> | null,
): Change[] {
  const number = (head?.data.number ?? 0) + 1;
  const unsealed: AuditEntry = {
    number,
    at: now,
    by: actor?.person.id ?? null,
    via: actor ? 'teams' : correlationId === commandLine ? 'command-line' : 'planwatch',
    act,
    about,
    outcome,
    cause: correlationId,
    previous: head?.data.hash ?? null,
    hash: '',
  };
  const entry = { ...unsealed, hash: hashOfEntry(partition, unsealed) };
  const end = { kind: 'audit-head', id: 'head', data: { number, hash: entry.hash } } as const;
  return [
    { change: 'create', kind: 'audit-entry', id: entryId(number), data: entry },
    head ? { change: 'replace', version: head.version, ...end } : { change: 'create', ...end },
  ];
}
