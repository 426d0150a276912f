import { assertAllowed } from '../domain/access.ts';
import { Refused } from '../domain/errors.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { digestsToRefresh } from './digests-to-refresh.ts';
import { writeDeliveries } from './outbox.ts';
import { inYear, type OpenYear, type Session } from './session.ts';

/** Since when the pre-election period is on; null when it is off. */
export type PreElection = { since: string } | null;

/** Throws `Refused` `not-allowed`. */
export async function readPreElection(deps: Deps, session: Session): Promise<PreElection> {
  assertAllowed(session.actor, 'set-pre-election');
  return preElectionIn(deps, session);
}

/** The same with no one at work: for the command line. */
export async function preElectionIn({ store }: Deps, { council }: OpenYear): Promise<PreElection> {
  return (await store.read(council, 'council', 'council'))?.data.preElection ?? null;
}

/** Throws `Refused` `not-allowed`. */
export async function setPreElection(deps: Deps, session: Session, on: boolean): Promise<PreElection> {
  assertAllowed(session.actor, 'set-pre-election');
  return setPreElectionIn(deps, session, on);
}

/**
 * Switches the pre-election period on or off: while it is on, nothing that a named person wrote is shown in channels and
 * papers, and scheduled posts wait. What is in the channels is brought in line. Setting it as it is changes nothing, and brings in line what was cut off.
 */
export async function setPreElectionIn(deps: Deps, year: OpenYear, on: boolean): Promise<PreElection> {
  const preElection = await keep(deps, year, on);
  for (const name of year.years) {
    const each = await inYear(deps, year, name);
    await writeDeliveries(deps, each, await digestsToRefresh(deps, each));
  }
  return preElection;
}

async function keep(deps: Deps, year: OpenYear, on: boolean): Promise<PreElection> {
  for (;;) {
    const stored = await deps.store.read(year.council, 'council', 'council');
    if (!stored) throw new Refused('no-council', 'No plans have been loaded yet.');
    const before = stored.data.preElection ?? null;
    if ((before !== null) === on) return before;
    const preElection = on ? { since: year.now } : null;
    const { id, version } = stored;
    const act = on ? 'pre-election-on' : 'pre-election-off';
    const written = await writeAct(deps, year.council, year, { act, about: {} }, [
      { change: 'replace', kind: 'council', id, version, data: { ...stored.data, preElection } },
    ]);
    if (written.ok) return preElection;
  }
}
