import { datesOf, moveOf, type PeriodDates } from './calendar.ts';
import type { CalendarSettings } from './council.ts';
import { addDays, daysBetween, type IsoDate, isIsoDate, longDate } from './days.ts';
import { isDayOff, workingDayFrom } from './days-off.ts';
import { type Period, periodName } from './periods.ts';

export const moveFields = ['opens', 'due', 'locks', 'reason'] as const;
type Field = (typeof moveFields)[number];

/** What was typed for a move, as it was typed. `opens` may be missing: once a period has opened, that stays. */
export type MoveTyped = Partial<Record<Field, string>>;

export type MovedDates = Pick<PeriodDates, 'opens' | 'due' | 'locks'>;

export type MoveChecked =
  | { ok: true; dates: MovedDates; reason: string }
  | { ok: false; faults: Partial<Record<Field, string>> };

/** The longest that a council's settings can let a period stay open. */
const longestDays = 400;
const longestReason = 1000;

/** Why none of a period's dates can be moved any more; null when they can. */
export function whyFixed(period: Period, calendar: CalendarSettings, today: IsoDate): string | null {
  const { locks } = datesOf(period, calendar);
  if (today <= locks) return null;
  return `${periodName(period)} was locked after ${longDate(locks)}, so its dates stay. You can still correct a figure in it with a reason.`;
}

export const hasOpened = (period: Period, calendar: CalendarSettings, today: IsoDate): boolean =>
  datesOf(period, calendar).opens <= today;

/**
 * Checks the dates that an officer wants for a period that isn't over: each a real date, in order, none changed to a
 * day that is past, opening and due date on a working day. What has opened stays open, because people have been asked.
 */
export function checkMove(
  period: Period,
  typed: MoveTyped,
  calendar: CalendarSettings,
  today: IsoDate,
): MoveChecked {
  const now = datesOf(period, calendar);
  const faults: Partial<Record<Field, string>> = {};
  const opened = now.opens <= today;
  const dates = { opens: now.opens, due: now.due, locks: now.locks };
  for (const field of ['opens', 'due', 'locks'] as const) {
    const text = typed[field]?.trim() ?? '';
    if (text === '') continue;
    if (!isIsoDate(text)) faults[field] = 'Choose a date, or write one such as 2009-10-28.';
    else dates[field] = text;
  }
  const say = (field: Field, sentence: string) => {
    faults[field] ??= sentence;
  };
  const isNew = (field: 'opens' | 'due' | 'locks') => dates[field] !== now[field];
  if (opened && isNew('opens'))
    say('opens', `It opened on ${longDate(now.opens)} and people were asked, so that stays.`);
  for (const field of ['opens', 'due', 'locks'] as const) {
    if (isNew(field) && dates[field] < today) say(field, 'That day is over. Choose today or a later day.');
  }
  if (dates.opens < period.end)
    say('opens', `It ends on ${longDate(period.end)} and can’t open before that.`);
  for (const field of ['opens', 'due'] as const) {
    if (isNew(field) && isDayOff(dates[field], calendar)) {
      const next = longDate(workingDayFrom(dates[field], calendar));
      say(field, `The council is closed on ${longDate(dates[field])}. The next working day is ${next}.`);
    }
  }
  if (dates.due < dates.opens)
    say(
      'due',
      `It would be due before it opens on ${longDate(dates.opens)}. Choose that day or a later one.`,
    );
  if (dates.locks < dates.due)
    say('locks', `It would lock before it is due on ${longDate(dates.due)}. Choose that day or a later one.`);
  if (daysBetween(period.end, dates.locks) > longestDays)
    say('locks', `Choose a day up to ${longDate(addDays(period.end, longestDays))}.`);
  const reason = typed.reason?.trim() ?? '';
  if (reason === '') faults.reason = 'Say why. Everyone who is affected reads it.';
  else if (reason.length > longestReason) faults.reason = `Write at most ${longestReason} letters.`;
  if (Object.keys(faults).length === 0 && !isNew('opens') && !isNew('due') && !isNew('locks'))
    faults.due = 'These are its dates already. Change at least one.';
  return Object.keys(faults).length === 0 ? { ok: true, dates, reason } : { ok: false, faults };
}

/** Whether a period has these dates by a move with this very reason, so that moving it again is the same move. */
export function isMovedSo(period: Period, typed: MoveTyped, calendar: CalendarSettings): boolean {
  const moved = moveOf(period, calendar);
  if (!moved || moved.reason !== (typed.reason?.trim() ?? '')) return false;
  return (['opens', 'due', 'locks'] as const).every(
    (field) => (typed[field]?.trim() || moved[field]) === moved[field],
  );
}
