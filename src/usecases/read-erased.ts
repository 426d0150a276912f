import { assertAllowed } from '../domain/access.ts';
import type { TextLeft } from '../domain/erasure.ts';
import type { Deps } from './deps.ts';
import type { Session } from './session.ts';

/** An erasure that was done or begun, as it was kept with the pseudonym. */
export type Erased = {
  id: string;
  pseudonym: string;
  at: string;
  reason: string;
  /** Whether it stopped before it was done: erasing them again goes on. */
  cutOff: boolean;
  /** What came of it; null where that can't be told, because it was taken up again. */
  counts: { removed: number; renamed: number } | null;
  /** Texts that still named them when it was done, and how many more there were. */
  left: TextLeft[];
  more: number;
};

/** What erasing a person did; null for someone who was not erased. Throws `Refused` `not-allowed`. */
export async function readErased(
  { store }: Deps,
  { actor, council }: Session,
  id: string,
): Promise<Erased | null> {
  assertAllowed(actor, 'erase-person');
  const person = (await store.read(council, 'person', id))?.data;
  if (!person?.erased) return null;
  const { at, reason } = person.erased;
  const done = (await store.read(council, 'erasure', id))?.data;
  return {
    id,
    pseudonym: person.name,
    at,
    reason,
    cutOff: person.erasing !== undefined,
    counts: done?.counts ?? null,
    left: done?.left ?? [],
    more: done?.more ?? 0,
  };
}
