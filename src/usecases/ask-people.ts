import {
  type Asked,
  afterAsking,
  type CycleItem,
  type Entry,
  isReachable,
  messagesWanted,
  type Wanted,
} from '../domain/cycle.ts';
import { isDayOff } from '../domain/days-off.ts';
import { itemsAskedFor } from '../domain/due-items.ts';
import { hourAt } from '../domain/local-time.ts';
import { type MovedPeriod, movedPeriods } from '../domain/period-moves.ts';
import type { Plan } from '../domain/plan.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import { loadParts } from './plan-reports.ts';
import { inYear, type OpenYear, openYear } from './session.ts';

export type Round = {
  outcome: 'asked' | 'day-off' | 'out-of-hours';
  /** The messages that this round wrote. */
  written: { person: string; entries: readonly Entry[] }[];
  /** People who should have been written to and have never installed the bot. */
  notReachable: string[];
};

/** The id of the one message of the cycle that a person gets on a day. */
const messageId = (person: string, date: string): string => `${person}~${date}`;

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
 * in the outbox. Each is written with its delivery and with what was asked in one batch, under an id of person and
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
  for (const wanted of messagesWanted({ today: year.today, items, moves, people, asked: known })) {
    const { to, entries } = wanted;
    if (!isReachable(to)) round.notReachable.push(to.id);
    else if (await writeMessage(deps, year, wanted, asked, current))
      round.written.push({ person: to.id, entries });
  }
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

/** Keeps one message; false when one of that person and day is there, or someone else is writing it. */
async function writeMessage(
  deps: Deps,
  year: OpenYear,
  { to, entries }: Wanted,
  asked: Map<string, Stored<'asked'>>,
  current: ReadonlySet<string>,
): Promise<boolean> {
  const id = messageId(to.id, year.today);
  const known = new Map([...asked].map(([person, { data }]) => [person, data]));
  const after = [...afterAsking(known, entries, year.today, current)];
  const message = { person: to.id, date: year.today, entries, writtenAt: year.now };
  const written = await deps.store.write(year.council, [
    { change: 'create', kind: 'cycle-message', id, data: message },
    deliver(deps, year, to.conversation!, { kind: 'cycle', message: id }),
    ...after.map(([person, data]) => askedChange(person, data, asked.get(person))),
  ]);
  if (!written.ok) return false;
  for (const [at, [person, data]] of after.entries()) {
    const version = written.versions[at + 2]!;
    asked.set(person, { partition: year.council, kind: 'asked', id: person, version, data });
  }
  return true;
}

export const askedChange = (id: string, data: Asked, before: Stored<'asked'> | undefined | null): Change =>
  before
    ? { change: 'replace', kind: 'asked', id, version: before.version, data }
    : { change: 'create', kind: 'asked', id, data };
