import { assertAllowed } from '../domain/access.ts';
import type { Kind } from '../store/documents.ts';
import type { Deps } from './deps.ts';
import { findHeld } from './held-about.ts';
import type { Session } from './session.ts';

/** How many documents of one kind tell of a person, of which years, and why they are kept. */
export type HeldKind = { kind: Kind; documents: number; years: string[]; why: string };

export type HeldCount = { person: { id: string; name: string; email: string }; kinds: HeldKind[] };

/**
 * What is held about a person by kind, most first; none of it is shown, because others may be named in it.
 * Throws `Refused` `not-allowed` and `not-found`.
 */
export async function countHeld(deps: Deps, session: Session, words: string): Promise<HeldCount> {
  assertAllowed(session.actor, 'see-held');
  const { person, documents } = await findHeld(deps, session, words);
  const kinds = [...Map.groupBy(documents, ({ kind }) => kind)].map(([kind, all]) => ({
    kind,
    documents: all.length,
    years: [...new Set(all.flatMap(({ year }) => year ?? []))].sort(),
    why: all[0]!.why,
  }));
  return { person, kinds: kinds.sort((one, other) => other.documents - one.documents) };
}
