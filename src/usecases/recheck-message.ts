import { type CycleItem, type Entry, isReachable, withoutAsking } from '../domain/cycle.ts';
import type { Person } from '../domain/people.ts';
import type { Change } from '../store/store.ts';
import { writingTime } from './ask-people.ts';
import { cycleItems } from './cycle-items.ts';
import type { Deps } from './deps.ts';
import { listMyUpdates, type MyUpdates } from './list-my-updates.ts';
import { openSession, type Session } from './session.ts';
import { type MoveNow, settleMoves } from './settle-moves.ts';
import { askedChange } from './write-messages.ts';

/** What a message of the cycle has to say at the moment when it is sent. */
export type MessageNow = {
  to: Person;
  session: Session;
  /** Why each item that is still missing was asked for. */
  entries: Entry[];
  /** Everything that is missing for this person, as forms can be opened for it. */
  mine: MyUpdates;
  /** Everything that is late in the plans of a head of service who is told; the entries say what is newly so. */
  late: CycleItem[];
  /** Periods that were moved since this person heard of their dates. */
  moves: MoveNow[];
};

export type Rechecked =
  | { outcome: 'wanted'; message: MessageNow }
  /** Everything was given meanwhile. */
  | { outcome: 'given' }
  /** What it would say isn't so any more: a period was moved, or reminders were turned off. */
  | { outcome: 'outdated' }
  /** Its day or its hours are over. */
  | { outcome: 'lapsed' }
  /** The bot was removed meanwhile, or the person is on the list no more. */
  | { outcome: 'not-reachable' };

/**
 * Looks at a message of the cycle again just before it is sent: what was given since it was written is left out,
 * and a message whose day or hours are over isn't sent.
 */
export async function recheckMessage(
  deps: Deps,
  tenant: string,
  id: string,
  correlationId: string,
  { anyHour = false }: { anyHour?: boolean } = {},
): Promise<Rechecked> {
  const council = { tenant, year: null };
  const stored = await deps.store.read(council, 'cycle-message', id);
  const person = stored && (await deps.store.read(council, 'person', stored.data.person));
  if (!stored || !person || !isReachable(person.data)) return { outcome: 'not-reachable' };
  const session = await openSession(deps, tenant, person.data, correlationId);
  if (session.today !== stored.data.date || writingTime(session, anyHour) !== 'asked') {
    return { outcome: 'lapsed' };
  }
  const all = await listMyUpdates(deps, session);
  const mine = { ...all, items: all.items.filter(({ state }) => state !== 'given') };
  const late = await stillLate(deps, session, stored.data.entries);
  const moves = await settleMoves(deps, session, stored.data);
  const muted = person.data.reminders === 'off';
  const now = { mine, late, moves, muted };
  const entries = stored.data.entries.flatMap((entry) => asItStands(entry, now) ?? []);
  if (entries.every(({ why }) => why === 'beside')) {
    const missing = new Set(mine.items.map((each) => each.id));
    const outdated = ({ why, item }: Entry) => why === 'moved' || (why !== 'beside' && missing.has(item));
    return { outcome: stored.data.entries.some(outdated) ? 'outdated' : 'given' };
  }
  return { outcome: 'wanted', message: { to: person.data, session, entries, mine, late, moves } };
}

type Standing = Pick<MessageNow, 'mine' | 'late' | 'moves'> & { muted: boolean };

/** An entry as it stands now; null when there is nothing to say of it any more. */
function asItStands(entry: Entry, { mine, late, moves, muted }: Standing): Entry | null {
  const { why, item } = entry;
  if (why === 'moved') return moves.some(({ period }) => period.key === item) ? entry : null;
  if (why === 'tell') return late.some((told) => told.item.id === item) ? entry : null;
  const missing = mine.items.find(({ id }) => id === item);
  if (!missing || (muted && (why === 'remind' || why === 'chase'))) return null;
  // Its due date was moved: it isn't late any more, and stands with the rest.
  return why === 'chase' && missing.state !== 'overdue' ? { ...entry, why: 'beside' } : entry;
}

/** What is late in the plans of those heads of service who are told: as much as “late” shows them. */
async function stillLate(deps: Deps, session: Session, entries: readonly Entry[]): Promise<CycleItem[]> {
  const heads = new Set(entries.filter(({ why }) => why === 'tell').map(({ of }) => of));
  // Most messages tell of nothing.
  if (heads.size === 0) return [];
  return (await cycleItems(deps, session)).filter(
    ({ item, plan }) => item.state === 'overdue' && heads.has(plan.headOfService ?? ''),
  );
}

/** What forgets that a message that is given up asked for anything, so that it is asked anew on the next day. */
export async function takenBack(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  id: string,
): Promise<Change[]> {
  const council = { tenant, year: null };
  const message = await store.read(council, 'cycle-message', id);
  if (!message) return [];
  const { entries, date } = message.data;
  const changes: Change[] = [];
  for (const of of new Set(entries.map((entry) => entry.of))) {
    const before = await store.read(council, 'asked', of);
    if (before) changes.push(askedChange(of, withoutAsking(before.data, of, entries, date), before));
  }
  return changes;
}
