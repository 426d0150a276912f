import { type CycleItem, type Entry, isReachable, messagesWanted } from '../domain/cycle.ts';
import { isDayOff } from '../domain/days-off.ts';
import { itemsAskedFor } from '../domain/due-items.ts';
import { hourAt } from '../domain/local-time.ts';
import { type MovedPeriod, movedPeriods } from '../domain/period-moves.ts';
import type { Plan } from '../domain/plan.ts';
import type { Deps } from './deps.ts';
import { loadParts } from './plan-reports.ts';
import { inYear, type OpenYear, openYear } from './session.ts';
import { writeMessages } from './write-messages.ts';

export type Round = {
  outcome: 'asked' | 'day-off' | 'out-of-hours';
  /** The messages that this round wrote. */
  written: { person: string; entries: readonly Entry[] }[];
  /** People who should have been written to and have never installed the bot. */
  notReachable: string[];
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
  const round: Round = { outcome: writingTime(year, anyHour), written: [], notReachable: [] };
  if (round.outcome !== 'asked') return round;
  const items = await cycleItems(deps, year);
  const moves = await cycleMoves(deps, year);
  const people = await deps.store.list(year.council, 'person');
  const asked = new Map((await deps.store.list(year.council, 'asked')).map((stored) => [stored.id, stored]));
  const known = new Map([...asked].map(([id, { data }]) => [id, data]));
  const current = new Set(items.map(({ item }) => item.id));
  const wanted = messagesWanted({ today: year.today, items, moves, people, asked: known });
  round.notReachable.push(...wanted.filter(({ to }) => !isReachable(to)).map(({ to }) => to.id));
  const reachable = wanted.filter(({ to }) => isReachable(to));
  const written = await writeMessages(deps, year, reachable, asked, current);
  round.written.push(...written.map(({ to, entries }) => ({ person: to.id, entries })));
  return round;
}

/** Every item that the council asks for now, in the two years that can have a period open. */
export async function cycleItems(deps: Deps, year: OpenYear): Promise<CycleItem[]> {
  const all: CycleItem[] = [];
  for (const each of year.years.slice(-2)) {
    const session = await inYear(deps, year, each);
    const { calendar } = session.settings;
    const plans = await plansByRef(deps, session);
    const parts = await loadParts(deps, session);
    for (const item of itemsAskedFor(parts, session.settings, year.today)) {
      const plan = plans.get(item.plan);
      if (plan) all.push({ item, plan, calendar });
    }
  }
  return all;
}

/** Every period that an officer moved and that isn't long over, in the same two years. */
async function cycleMoves(deps: Deps, year: OpenYear): Promise<MovedPeriod[]> {
  const all: MovedPeriod[] = [];
  for (const each of year.years.slice(-2)) {
    const session = await inYear(deps, year, each);
    if (!session.settings.calendar.moves) continue;
    const plans = await plansByRef(deps, session);
    all.push(...movedPeriods(await loadParts(deps, session), plans, session.settings, year.today));
  }
  return all;
}

export const plansByRef = async ({ store }: Deps, { year }: OpenYear): Promise<Map<string, Plan>> =>
  new Map((await store.list(year, 'plan')).map(({ data }) => [data.ref, data]));
