import { type Actor, actorOn, isAllowed } from './access.ts';
import { type Asked, type Entry, isNewsTo } from './asked.ts';
import type { CalendarSettings } from './council.ts';
import { addDays, type IsoDate } from './days.ts';
import { workingDayFrom } from './days-off.ts';
import type { DueItem } from './due-items.ts';
import type { Person } from './people.ts';
import type { MovedPeriod } from './period-moves.ts';
import type { Plan } from './plan.ts';

export {
  type Asked,
  afterAsking,
  askedSchema,
  type Entry,
  entrySchema,
  nothingAsked,
  reasons,
  withoutAsking,
} from './asked.ts';

/** One message that is wanted today. */
export type Wanted = { to: Person; entries: Entry[] };

/** An item of any year of the council, with its plan and its year's calendar. */
export type CycleItem = { item: DueItem; plan: Plan; calendar: CalendarSettings };

export type CycleInput = {
  today: IsoDate;
  items: readonly CycleItem[];
  /** Periods that were moved and aren't over. */
  moves: readonly MovedPeriod[];
  people: readonly { data: Person }[];
  /** By person. */
  asked: ReadonlyMap<string, Asked>;
};

/**
 * The messages of the cycle that are wanted on a working day, at most one for each person: what has opened, is
 * soon due or is overdue, and for heads of service what is late in their plans. People whom nobody can reach are
 * in it too; it is for the caller to count them.
 */
export function messagesWanted(input: CycleInput): Wanted[] {
  const recipientOf = recipients(input);
  const wanted = new Map<string, Wanted>();
  const add = (to: Person, entry: Entry) => {
    const message = wanted.get(to.id) ?? { to, entries: [] };
    message.entries.push(entry);
    wanted.set(to.id, message);
  };
  for (const each of input.items) {
    const { item, plan } = each;
    if (item.state === 'given') continue;
    const own = { item: item.id, end: item.dates.end };
    const manager = item.accountableManager;
    const to = item.locked
      ? null
      : recipientOf(manager, (actor) => isAllowed(actor, 'give-update', { plan, managers: [manager] }));
    if (to) add(to, { why: whyAsked(each, to, input) ?? 'beside', of: manager!, ...own });
    const head = isTold(each, input)
      ? recipientOf(plan.headOfService, (actor) => isAllowed(actor, 'see-late', { plan }))
      : null;
    if (head) add(head, { why: 'tell', of: plan.headOfService!, ...own, due: item.dates.due });
  }
  for (const moved of input.moves) {
    for (const to of whoIsAffected(moved, input)) {
      const { period, move, dates } = moved;
      if (!isNewsTo(move, dates, input.asked.get(to.id)?.moved[period.key] ?? [])) continue;
      const told = { number: move.number, opens: dates.opens, due: dates.due, locks: dates.locks };
      add(to, { why: 'moved', of: to.id, item: period.key, end: period.end, move: told });
    }
  }
  return [...wanted.values()].filter(({ entries }) => entries.some(({ why }) => why !== 'beside'));
}

/** Why a missing item is asked for today, or null when it isn't. */
function whyAsked(
  { item, calendar }: CycleItem,
  { reminders, snoozedUntil }: Person,
  { today, asked }: CycleInput,
): Entry['why'] | null {
  const known = asked.get(item.accountableManager!)?.items[item.id];
  if (!known) return 'opens';
  if (reminders === 'off') return null;
  const { due } = item.dates;
  if (today > due) return isChased(known.last, due, today, calendar) ? 'chase' : null;
  // A snooze ends before the due date; one that doesn't was made for a due date that has moved.
  const snoozed = snoozedUntil && snoozedUntil < due ? snoozedUntil : null;
  if (snoozed && today < snoozed) return null;
  const days = calendar.remindBeforeDays.map((before) => addDays(due, -before));
  if (snoozed) days.push(snoozed);
  const passed = days.map((day) => workingDayFrom(day, calendar)).filter((day) => day <= today);
  return passed.some((day) => known.last < day) ? 'remind' : null;
}

/**
 * Whether an overdue item is asked for again: on the working day after its due date, and then so many days after it
 * was last shown, in whatever message, so that several items are chased together and not each on days of its own.
 */
function isChased(last: IsoDate, due: IsoDate, today: IsoDate, calendar: CalendarSettings): boolean {
  const next = last <= due ? addDays(due, 1) : addDays(last, calendar.chaseEveryDays);
  return workingDayFrom(next, calendar) <= today;
}

/** How long after its day a summary is still worth sending, where none could be sent on the day. */
const daysForSummary = 7;

/** Whether a head of service is told today that an item is late: once for each due date. */
function isTold({ item, plan, calendar }: CycleItem, { today, asked }: CycleInput): boolean {
  const { due, locks } = item.dates;
  const head = plan.headOfService;
  if (head === null || today <= due || asked.get(head)?.told[due]) return false;
  const from = workingDayFrom(addDays(due, calendar.tellHeadAfterDays), calendar);
  return from <= today && (today <= locks || today <= addDays(from, daysForSummary));
}

/** Everyone who has something in a moved period: managers, heads of service and those who stand in for them today. */
function whoIsAffected({ affected }: MovedPeriod, input: CycleInput): Set<Person> {
  const ableFor = ableActors(input);
  const all = new Set<Person>();
  for (const { manager, plan } of affected) {
    const giving = (actor: Actor) => isAllowed(actor, 'give-update', { plan, managers: [manager] });
    for (const person of ableFor(manager, giving)) all.add(person);
    const overseeing = (actor: Actor) => isAllowed(actor, 'see-late', { plan });
    for (const person of ableFor(plan.headOfService, overseeing)) all.add(person);
  }
  return all;
}

/** Whether a message to someone can arrive: the bot is installed and nothing stopped it. */
export const isReachable = ({ conversation }: Person): boolean =>
  conversation !== null && conversation.stopped === undefined;

type May = (actor: Actor) => boolean;

/** Finds today's deputy and the person themselves, where they may act for them. */
function ableActors({ people, today }: CycleInput): (id: string | null, may: May) => Person[] {
  const byId = new Map(people.map(({ data }) => [data.id, data]));
  const actors = new Map<string, Actor>();
  const actorOf = (person: Person): Actor => {
    const actor = actors.get(person.id) ?? actorOn(person, people, today);
    actors.set(person.id, actor);
    return actor;
  };
  return (id, may) => {
    const person = byId.get(id ?? '');
    const cover = person?.deputy;
    const deputy = cover && cover.from <= today && today <= cover.to ? byId.get(cover.person) : undefined;
    return [deputy, person].filter((each): each is Person => each !== undefined && may(actorOf(each)));
  };
}

/** Finds who gets what is for a person: today's deputy where they may act for them, else the person. */
function recipients(input: CycleInput): (id: string | null, may: May) => Person | null {
  const ableFor = ableActors(input);
  const isAway = ({ deputy }: Person) =>
    deputy !== null && deputy.from <= input.today && input.today <= deputy.to;
  return (id, may) => {
    // A deputy who is away too reads no more than the person whom they stand in for.
    const able = ableFor(id, may).filter((person) => person.id === id || !isAway(person));
    // A deputy whom nobody can reach must not keep the message from the one who can be.
    return able.find(isReachable) ?? able[0] ?? null;
  };
}
