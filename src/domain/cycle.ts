import { z } from 'zod';
import { type Actor, actorOn, isAllowed } from './access.ts';
import type { CalendarSettings } from './council.ts';
import { addDays, daysBetween, type IsoDate } from './days.ts';
import { workingDayFrom } from './days-off.ts';
import type { DueItem } from './due-items.ts';
import type { Person } from './people.ts';
import type { Plan } from './plan.ts';

/** What a person was asked for: the first and last day of each item, and the period ends a head was told of. */
export const askedSchema = z.object({
  items: z.record(z.string(), z.object({ first: z.string(), last: z.string() })),
  told: z.record(z.string(), z.string()),
});
export type Asked = z.infer<typeof askedSchema>;

/**
 * Why an item is in a message: its period opened, it is soon due, it is overdue, its head of service is told; or
 * `beside` another reason, because a message shows everything that is missing.
 */
export const reasons = ['opens', 'remind', 'chase', 'tell', 'beside'] as const;

/** `of` is the person whom it is asked of, or whose plans they are; a deputy gets theirs. `end` is the period's. */
export const entrySchema = z.object({
  why: z.enum(reasons),
  of: z.string(),
  item: z.string(),
  end: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

/** One message that is wanted today. */
export type Wanted = { to: Person; entries: Entry[] };

/** An item of any year of the council, with its plan and its year's calendar. */
export type CycleItem = { item: DueItem; plan: Plan; calendar: CalendarSettings };

export type CycleInput = {
  today: IsoDate;
  items: readonly CycleItem[];
  people: readonly { data: Person }[];
  /** By person. */
  asked: ReadonlyMap<string, Asked>;
};

export const nothingAsked: Asked = { items: {}, told: {} };

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
    if (head) add(head, { why: 'tell', of: plan.headOfService!, ...own });
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
  if (today > due) return known.last < lastChase(due, today, calendar) ? 'chase' : null;
  if (snoozedUntil && today < snoozedUntil) return null;
  const days = calendar.remindBeforeDays.map((before) => addDays(due, -before));
  if (snoozedUntil) days.push(snoozedUntil);
  const passed = days.map((day) => workingDayFrom(day, calendar)).filter((day) => day <= today);
  return passed.some((day) => known.last < day) ? 'remind' : null;
}

/** The newest day of a chase: the working day after the due date, and then every so many days. */
function lastChase(due: IsoDate, today: IsoDate, calendar: CalendarSettings): IsoDate {
  const first = addDays(due, 1);
  const { chaseEveryDays: every } = calendar;
  const chases = Math.floor(daysBetween(first, today) / every);
  return workingDayFrom(addDays(first, chases * every), calendar);
}

/** How long after its day a summary is still worth sending, where none could be sent on the day. */
const daysForSummary = 7;

/** Whether a head of service is told today that an item is late: once for each period's end. */
function isTold({ item, plan, calendar }: CycleItem, { today, asked }: CycleInput): boolean {
  const { due, locks, end } = item.dates;
  const head = plan.headOfService;
  if (head === null || today <= due || asked.get(head)?.told[end]) return false;
  const from = workingDayFrom(addDays(due, calendar.tellHeadAfterDays), calendar);
  return from <= today && (today <= locks || today <= addDays(from, daysForSummary));
}

/** Whether a message to someone can arrive: the bot is installed and nothing stopped it. */
export const isReachable = ({ conversation }: Person): boolean =>
  conversation !== null && conversation.stopped === undefined;

/** Finds who gets what is for a person: today's deputy where they may act for them, else the person. */
function recipients({ people, today }: CycleInput) {
  const byId = new Map(people.map(({ data }) => [data.id, data]));
  const actors = new Map<string, Actor>();
  const actorOf = (person: Person): Actor => {
    const actor = actors.get(person.id) ?? actorOn(person, people, today);
    actors.set(person.id, actor);
    return actor;
  };
  return (id: string | null, may: (actor: Actor) => boolean): Person | null => {
    const person = byId.get(id ?? '');
    const cover = person?.deputy;
    const deputy = cover && cover.from <= today && today <= cover.to ? byId.get(cover.person) : undefined;
    const able = [deputy, person].filter((each): each is Person => each !== undefined && may(actorOf(each)));
    // A deputy whom nobody can reach must not keep the message from the one who can be.
    return able.find(isReachable) ?? able[0] ?? null;
  };
}

/** What each person was asked for once a message is written; what is asked for no more is forgotten. */
export function afterAsking(
  before: ReadonlyMap<string, Asked>,
  entries: readonly Entry[],
  date: IsoDate,
  current: ReadonlySet<string>,
): Map<string, Asked> {
  const after = new Map<string, Asked>();
  for (const { why, of, item, end } of entries) {
    const known = after.get(of) ?? kept(before.get(of) ?? nothingAsked, current);
    if (why === 'tell') known.told[end] = date;
    else known.items[item] = { first: known.items[item]?.first ?? date, last: date };
    after.set(of, known);
  }
  return after;
}

const kept = ({ items, told }: Asked, current: ReadonlySet<string>): Asked => ({
  items: Object.fromEntries(Object.entries(items).filter(([item]) => current.has(item))),
  told: { ...told },
});

/** What each person was asked for without a message that was never sent, so that it is wanted again. */
export function withoutAsking(asked: Asked, of: string, entries: readonly Entry[], date: IsoDate): Asked {
  const items = { ...asked.items };
  const told = { ...asked.told };
  for (const entry of entries) {
    if (entry.of !== of) continue;
    if (entry.why === 'tell') delete told[entry.end];
    const known = items[entry.item];
    if (entry.why === 'tell' || known?.last !== date) continue;
    if (known.first === date) delete items[entry.item];
    else items[entry.item] = { ...known, last: known.first };
  }
  return { items, told };
}
