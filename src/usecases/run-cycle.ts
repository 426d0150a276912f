import { hourAt } from '../domain/local-time.ts';
import { instantAt } from '../domain/schedule-moments.ts';
import { applyRetention } from './apply-retention.ts';
import { askPeople, type Round } from './ask-people.ts';
import type { Deps } from './deps.ts';
import { postScheduled, type Scheduled } from './post-scheduled.ts';
import { type OpenYear, openYear } from './session.ts';

export type CycleRound = {
  asked: Round;
  posted: Scheduled['posted'];
  /** When the next round is wanted at the latest, by the council's clock. */
  nextAt: string;
};

/** Milliseconds between two rounds. Hours begin on such a mark in every time zone, so nobody waits at nine. */
const betweenRounds = 300_000;

/** The hour of the council's day in which what was kept long enough goes. */
const nightHour = 3;
/** Documents that one round removes at most. */
const removedAtOnce = 500;

const nextMark = (now: string): string =>
  new Date((Math.floor(Date.parse(now) / betweenRounds) + 1) * betweenRounds).toISOString();

/**
 * One round of a council's reporting cycle: whoever is to be written to now, and every digest whose moment has
 * passed. The same for the worker, the simulation and the playground's `clock`; doing it again changes nothing.
 * Throws `Refused` `no-council` when nothing has been loaded.
 *
 * @param options.anyHour the whole day at once, whatever the hour: in the playground, where the date stands still
 */
export async function runCycle(
  deps: Deps,
  tenant: string,
  correlationId: string,
  options: { anyHour?: boolean } = {},
): Promise<CycleRound> {
  const year = await openYear(deps, tenant, correlationId);
  const asked = await askPeople(deps, tenant, correlationId, options);
  // Every night, when nobody is at work; each of the hour's rounds takes a step.
  if (options.anyHour || hourAt(year.now, year.settings.timeZone) === nightHour) {
    await applyRetention(deps, year, { most: removedAtOnce });
  }
  const { posted, nextAt } = await postScheduled(deps, year, options.anyHour ? endOfDay(year) : year.now);
  const mark = nextMark(year.now);
  return { asked, posted, nextAt: nextAt !== null && nextAt < mark ? nextAt : mark };
}

const endOfDay = ({ today, settings }: OpenYear): string => instantAt(today, '23:59', settings.timeZone);
