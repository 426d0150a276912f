import { askPeople, type Round } from './ask-people.ts';
import type { Deps } from './deps.ts';

export type CycleRound = {
  asked: Round;
  /** When the next round is wanted at the latest, by the machine's clock. */
  nextAt: string;
};

/** Milliseconds between two rounds. Hours begin on such a mark in every time zone, so nobody waits at nine. */
const betweenRounds = 300_000;

/** The next mark of the machine's clock. */
const nextMark = (now: string): string =>
  new Date((Math.floor(Date.parse(now) / betweenRounds) + 1) * betweenRounds).toISOString();

/**
 * One round of a council's reporting cycle: whoever is to be written to now. The same for the worker, the simulation
 * and the playground's `clock`; doing it again changes nothing. Throws `Refused` `no-council` when nothing has been
 * loaded.
 */
export async function runCycle(
  deps: Deps,
  tenant: string,
  correlationId: string,
  options: { anyHour?: boolean } = {},
): Promise<CycleRound> {
  const asked = await askPeople(deps, tenant, correlationId, options);
  return { asked, nextAt: nextMark(deps.wallNow()) };
}
