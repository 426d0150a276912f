import type { IsoDate } from './days.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A time zone's clock, which costs a hundred times more to make than to read. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const parts = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    } as const;
    clock = new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone });
    clocks.set(timeZone, clock);
  }
  return clock;
}

const readMinutes = new Map<string, string>();

/**
 * `2009-10-14 09:12`: date and time of day at an ISO instant in a time zone, summer time included. A few are kept,
 * since one answer reads the same minutes several times.
 */
function localTime(instant: string, timeZone: string): string {
  const minute = `${instant.endsWith('Z') ? instant.slice(0, 16) : instant} ${timeZone}`;
  let local = readMinutes.get(minute);
  if (local === undefined) {
    local = clockOf(timeZone).format(Date.parse(instant));
    if (readMinutes.size > 100) readMinutes.clear();
    readMinutes.set(minute, local);
  }
  return local;
}

/** The calendar date at an instant in a council's time zone. */
export const dateAt = (instant: string, timeZone: string): IsoDate =>
  localTime(instant, timeZone).slice(0, 10);

/** The hour of the day at an instant in a council's time zone, 0 to 23. */
export const hourAt = (instant: string, timeZone: string): number =>
  Number(localTime(instant, timeZone).slice(11, 13));

/** The time of day at an instant in a council's time zone: `9.12am`. */
export function clockTime(instant: string, timeZone: string): string {
  const [hour = '', minute = ''] = localTime(instant, timeZone).slice(11).split(':');
  const twelve = Number(hour) % 12 || 12;
  return `${twelve}.${minute}${Number(hour) < 12 ? 'am' : 'pm'}`;
}
