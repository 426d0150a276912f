import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { CalendarSettings } from './council.ts';

/** Where each nation's bank holidays are in the dataset. */
const regions = { england: 'ENG', wales: 'WLS', scotland: 'SCT' } as const;

/**
 * What the dataset lacks: a royal wedding, spring bank holidays that moved to jubilees, and Scotland's day for the
 * World Cup (gov.uk/bank-holidays and the proclamations). From 2000 to 2035 there is nothing else.
 */
const added = ['2002-06-03', '2002-06-04', '2011-04-29', '2012-06-04'];
const taken = ['2002-05-27', '2012-05-28'];
const addedInScotland = ['2026-06-15'];

/** St Andrew's Day is a bank holiday by an Act of 2007; the dataset has it, or its substitute, before that too. */
const isBeforeItsAct = (date: string): boolean => date < '2007-11-30' && /-(11-30|12-0[12])$/.test(date);

const years = new Map<string, Set<string>>();

/** A nation's bank holidays in a calendar year, with their substitute days; worked out once. */
function bankHolidays(nation: keyof typeof regions, year: string): Set<string> {
  const key = `${nation} ${year}`;
  let days = years.get(key);
  if (!days) {
    const all = new Holidays('GB', regions[nation]).getHolidays(Number(year));
    const found = all.filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10));
    const kept = found.filter((date) => !taken.includes(date) && !isBeforeItsAct(date));
    days = new Set([...kept, ...added, ...(nation === 'scotland' ? addedInScotland : [])]);
    years.set(key, days);
  }
  return days;
}

export type DaysOff = Pick<CalendarSettings, 'bankHolidays' | 'daysOff'>;

// 1 January 1970 was a Thursday.
const isWeekend = (date: string): boolean => [2, 3].includes((Date.parse(date) / 86_400_000) % 7);

/** Whether the council is closed: at weekends, on its nation's bank holidays and on its own days off. */
export const isDayOff = (date: string, { bankHolidays: nation, daysOff }: DaysOff): boolean =>
  isWeekend(date) ||
  daysOff.includes(date) ||
  (nation !== 'none' && bankHolidays(nation, date.slice(0, 4)).has(date));

/** The date itself, or the first after it on which the council works. */
export function workingDayFrom(date: string, calendar: DaysOff): string {
  let day = date;
  while (isDayOff(day, calendar)) day = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  return day;
}
