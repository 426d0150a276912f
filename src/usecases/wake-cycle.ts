import type { Deps } from './deps.ts';
import { dueAtOnce } from './outbox.ts';
import type { OpenYear } from './session.ts';

/** Has a council's next round of the cycle begin at once, after a change that may have brought something nearer. */
export async function wakeCycle(deps: Deps, { council }: Pick<OpenYear, 'council'>): Promise<void> {
  for (;;) {
    const cycle = await deps.store.read(council, 'cycle', 'cycle');
    if (!cycle) return;
    const { version, data } = cycle;
    const written = await deps.store.write(council, [
      { change: 'replace', kind: 'cycle', id: 'cycle', version, data, dueAt: dueAtOnce(deps) },
    ]);
    // A round that ended meanwhile may have begun before the change.
    if (written.ok) return;
  }
}
