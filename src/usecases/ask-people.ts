import { type CycleItem, type Entry, isReachable, messagesWanted, type Wanted } from '../domain/cycle.ts';
import type { IsoDate } from '../domain/days.ts';
import { isDayOff } from '../domain/days-off.ts';
import { hourAt } from '../domain/local-time.ts';
import type { MovedPeriod } from '../domain/period-moves.ts';
import { remember } from '../domain/remember.ts';
import type { Stored } from '../store/store.ts';
import { cycleItems, cycleMoves } from './cycle-items.ts';
import type { Deps } from './deps.ts';
import { type OpenYear, openYear } from './session.ts';
import { writeMessages } from './write-messages.ts';

export type Round = {
  outcome: 'asked' | 'day-off' | 'out-of-hours';
  /** The messages that this round wrote. */
  written: { person: string; entries: readonly Entry[] }[];
  /** People who should have been written to and have never installed the bot. */
  notReachable: string[];
  /** Updates that are overdue; null where nobody may be written to now, for then nothing is read to know it. */
  overdue: number | null;
};

/** Whether people of the council may be written to now. The playground is open at any hour. */
export function writingTime(year: OpenYear, anyHour = false): Round['outcome'] {
  const { calendar, timeZone } = year.settings;
  if (isDayOff(year.today, calendar)) return 'day-off';
  const hour = hourAt(year.now, timeZone);
  const open = anyHour || (calendar.writeFromHour <= hour && hour < calendar.writeUntilHour);
  return open ? 'asked' : 'out-of-hours';
}

/**
 * One round of the cycle for one council: whoever is to be asked, reminded, chased or told today gets one message
 * in the outbox. Each is written with its delivery and with what was asked, all or nothing, under an id of person and
 * day, so that a second round or another process writes nothing twice.
 * Throws `Refused` `no-council` when nothing has been loaded.
 */
export async function askPeople(
  deps: Deps,
  tenant: string,
  correlationId: string,
  { anyHour = false }: { anyHour?: boolean } = {},
): Promise<Round> {
  const year = await openYear(deps, tenant, correlationId);
  const outcome = writingTime(year, anyHour);
  const round: Round = { outcome, written: [], notReachable: [], overdue: null };
  if (outcome !== 'asked') return round;
  const items = await cycleItems(deps, year);
  round.overdue = items.filter(({ item }) => item.state === 'overdue').length;
  const moves = await cycleMoves(deps, year);
  const people = await deps.store.list(year.council, 'person');
  const stored = await deps.store.list(year.council, 'asked');
  const wanted = wantedToday(items, moves, people, stored, year.today);
  round.notReachable.push(...wanted.filter(({ to }) => !isReachable(to)).map(({ to }) => to.id));
  const reachable = wanted.filter(({ to }) => isReachable(to));
  const asked = new Map(stored.map((each) => [each.id, each]));
  const current = new Set(items.map(({ item }) => item.id));
  const written = await writeMessages(deps, year, reachable, asked, current);
  round.written.push(...written.map(({ to, entries }) => ({ person: to.id, entries })));
  return round;
}

/** The decision, made once for what is stored: most rounds of a day find everything as the one before left it. */
const wantedToday = remember(
  (
    items: readonly CycleItem[],
    moves: readonly MovedPeriod[],
    people: readonly Stored<'person'>[],
    asked: readonly Stored<'asked'>[],
    today: IsoDate,
  ): Wanted[] => {
    const known = new Map(asked.map(({ id, data }) => [id, data]));
    return messagesWanted({ today, items, moves, people, asked: known });
  },
);
