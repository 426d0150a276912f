import { Refused } from '../domain/errors.ts';
import { BATCH_LIMITS, type Change } from '../store/store.ts';
import { type Acted, auditRoom, writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { writeDeliveries } from './outbox.ts';
import type { OpenYear } from './session.ts';

/** How often something is tried again when something else was written at the same moment. */
const attempts = 5;

/** What to answer, the changes that make it so, and the deliveries that they cause. */
export type Prepared<Answer> = {
  answer: Answer;
  session: OpenYear;
  changes: Change[];
  deliveries?: Change[];
  /** What the audit trail keeps of it, by the same write. */
  acted?: Acted | null;
};

/**
 * Runs `prepare` and writes what it asks for in one batch; when another write came between, prepares anew from
 * what is there now. Without changes nothing is written. Deliveries that a batch has no room for follow it.
 * Throws `Refused` `busy` when others keep coming between.
 */
export async function writeAfresh<Answer>(
  deps: Deps,
  prepare: () => Promise<Prepared<Answer>>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { answer, session, changes, deliveries = [], acted } = await prepare();
    if (changes.length === 0) return answer;
    const room = Math.max(0, BATCH_LIMITS.changes - changes.length - (acted ? auditRoom : 0));
    const batch = [...changes, ...deliveries.slice(0, room)];
    const written = acted
      ? await writeAct(deps, session.year, session, acted, batch)
      : await deps.store.write(session.year, batch);
    if (!written.ok) continue;
    await writeDeliveries(deps, session, deliveries.slice(room));
    return answer;
  }
  throw new Refused('busy', 'Several people are changing this right now. Nothing was changed; press again.');
}
