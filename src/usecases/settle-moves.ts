import { type Asked, datesInMind, type Entry, isNewsTo, nothingAsked, toldBefore } from '../domain/asked.ts';
import { datesOf, moveOf } from '../domain/calendar.ts';
import type { MovedDates } from '../domain/check-move.ts';
import type { Moved } from '../domain/council.ts';
import type { IsoDate } from '../domain/days.ts';
import { type Period, periodOf } from '../domain/periods.ts';
import type { Deps } from './deps.ts';
import { inYear, type Session } from './session.ts';
import { askedChange } from './write-messages.ts';

/** A moved period as it stands at this moment, and the dates that someone has in mind. */
export type MoveNow = { period: Period; was: MovedDates; now: MovedDates; move: Moved };

/** How often it is written again when the person's record was written at the same moment. */
const attempts = 5;

/**
 * What a message has to say of moves at the moment when it is sent: the newest dates of each period, and nothing of
 * one that was moved back meanwhile. Keeps what is said then as what the person was told, so that the newest move is
 * told once and no other. Saying it twice writes nothing the second time.
 */
export async function settleMoves(
  deps: Deps,
  session: Session,
  { entries, date }: { entries: readonly Entry[]; date: IsoDate },
): Promise<MoveNow[]> {
  const keys = entries.filter(({ why }) => why === 'moved').map(({ item }) => item);
  if (keys.length === 0) return [];
  const { id } = session.actor.person;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const stored = await deps.store.read(session.council, 'asked', id);
    const asked = stored?.data ?? nothingAsked;
    const moves: MoveNow[] = [];
    const moved = { ...asked.moved };
    for (const key of keys) {
      const before = toldBefore(asked, key, date);
      const news = await moveNow(deps, session, key, before);
      if (news) moves.push(news);
      moved[key] = news ? [...before, { number: news.move.number, ...news.now, date }] : before;
    }
    if (JSON.stringify(moved) === JSON.stringify(asked.moved)) return moves;
    const written = await deps.store.write(session.council, [askedChange(id, { ...asked, moved }, stored)]);
    if (written.ok) return moves;
  }
  throw new Error('what a person was told was written by others each time');
}

async function moveNow(
  deps: Deps,
  session: Session,
  key: string,
  before: Asked['moved'][string],
): Promise<MoveNow | null> {
  const period = periodOf(key);
  const { calendar } = (await inYear(deps, session, period.year)).settings;
  const move = moveOf(period, calendar);
  if (!move) return null;
  const { opens, due, locks } = datesOf(period, calendar);
  const now = { opens, due, locks };
  return isNewsTo(move, now, before) ? { period, was: datesInMind(move, before), now, move } : null;
}
