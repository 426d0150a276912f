import { Refused } from '../domain/errors.ts';
import type { Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

/** How often something is tried again when something else was written at the same moment. */
const attempts = 5;

/**
 * Runs `prepare` and writes what it asks for in one batch; when another write came between, prepares anew from
 * what is there now. `prepare` returns the changes and what to answer; without changes nothing is written.
 * Throws `Refused` `busy` when others keep coming between.
 */
export async function writeAfresh<Answer>(
  { store }: Deps,
  prepare: () => Promise<{ answer: Answer; session: OpenYear; changes: Change[] }>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { answer, session, changes } = await prepare();
    if (changes.length === 0) return answer;
    const written = await store.write(session.year, changes);
    if (written.ok) return answer;
  }
  throw new Refused('busy', 'Several people are changing this right now. Nothing was changed; press again.');
}
