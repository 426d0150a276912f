import { z } from 'zod';
import type { MovedDates } from './check-move.ts';
import type { Moved } from './council.ts';
import type { IsoDate } from './days.ts';

/** What someone is told of a move: which it was, and the dates that the period has by it. */
const toldMoveSchema = z.object({
  number: z.number().int(),
  opens: z.string(),
  due: z.string(),
  locks: z.string(),
});
const tellingSchema = toldMoveSchema.extend({ date: z.string() });
export type Telling = z.infer<typeof tellingSchema>;

/**
 * What a person was asked for: the first and last day of each item, the due dates after which a head was told what is
 * late, and for each moved period the dates that they were told.
 */
export const askedSchema = z.object({
  items: z.record(z.string(), z.object({ first: z.string(), last: z.string() })),
  told: z.record(z.string(), z.string()),
  moved: z.record(z.string(), z.array(tellingSchema)).default({}),
});
export type Asked = z.infer<typeof askedSchema>;

/**
 * Why an item is in a message: its period opened, it is soon due, it is overdue, its head of service is told, its
 * period was moved; or `beside` another reason, because a message shows everything that is missing.
 */
export const reasons = ['opens', 'remind', 'chase', 'tell', 'moved', 'beside'] as const;

/**
 * `of` is the person whom it is asked of, or whose plans they are; a deputy gets theirs. `end` is the period's.
 * For `moved`, `item` is the period's key, `of` whoever is told, and `move` what they are told.
 */
export const entrySchema = z.object({
  why: z.enum(reasons),
  of: z.string(),
  item: z.string(),
  end: z.string(),
  /** What is told as late was due then. */
  due: z.string().optional(),
  move: toldMoveSchema.optional(),
});
export type Entry = z.infer<typeof entrySchema>;

export const nothingAsked: Asked = { items: {}, told: {}, moved: {} };

/** What each person was asked for once a message is written; what is asked for no more is forgotten. */
export function afterAsking(
  before: ReadonlyMap<string, Asked>,
  entries: readonly Entry[],
  date: IsoDate,
  current: ReadonlySet<string>,
): Map<string, Asked> {
  const after = new Map<string, Asked>();
  for (const { why, of, item, end, due, move } of entries) {
    const known = after.get(of) ?? kept(before.get(of) ?? nothingAsked, current);
    if (why === 'tell') known.told[due ?? end] = date;
    else if (why === 'moved') known.moved[item] = [...(known.moved[item] ?? []), { ...move!, date }];
    else known.items[item] = { first: known.items[item]?.first ?? date, last: date };
    after.set(of, known);
  }
  return after;
}

const kept = ({ items, told, moved }: Asked, current: ReadonlySet<string>): Asked => ({
  items: Object.fromEntries(Object.entries(items).filter(([item]) => current.has(item))),
  told: { ...told },
  moved: { ...moved },
});

/** What each person was asked for without a message that was never sent, so that it is wanted again. */
export function withoutAsking(asked: Asked, of: string, entries: readonly Entry[], date: IsoDate): Asked {
  const items = { ...asked.items };
  const told = { ...asked.told };
  const moved = { ...asked.moved };
  for (const entry of entries) {
    if (entry.of !== of) continue;
    if (entry.why === 'tell') delete told[entry.due ?? entry.end];
    if (entry.why === 'moved') moved[entry.item] = toldBefore(asked, entry.item, date);
    const known = items[entry.item];
    if (entry.why === 'tell' || known?.last !== date) continue;
    if (known.first === date) delete items[entry.item];
    else items[entry.item] = { ...known, last: known.first };
  }
  return { items, told, moved };
}

/** What a person was told of a period's moves on earlier days than `date`. */
export const toldBefore = (asked: Asked, period: string, date: IsoDate): Telling[] =>
  (asked.moved[period] ?? []).filter((told) => told.date !== date);

/** The dates that someone has in mind: those they were told last, or else those before any move. */
export const datesInMind = ({ was }: Moved, tellings: readonly Telling[]): MovedDates =>
  tellings.at(-1) ?? was;

/**
 * Whether a period's newest move is news to someone: a later one than they were told of last, and to other dates than
 * they have in mind. Moved to and fro before they heard, it is none.
 */
export function isNewsTo(move: Moved, dates: MovedDates, tellings: readonly Telling[]): boolean {
  const known = datesInMind(move, tellings);
  const differs = dates.opens !== known.opens || dates.due !== known.due || dates.locks !== known.locks;
  return differs && move.number > (tellings.at(-1)?.number ?? 0);
}
