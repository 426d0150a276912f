import { type IsoDate, longDate } from './days.ts';
import type { ScheduleRule } from './schedule.ts';
import type { Moment } from './schedule-moments.ts';
import { sayTimeOfDay } from './time-of-day.ts';

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

// 1 January 1970 was a Thursday.
const dayName = (date: IsoDate): string => dayNames[(Date.parse(date) / 86_400_000 + 3) % 7]!;

/** `Wednesday 14 October 2009`. */
export const dayAndDate = (date: IsoDate): string => `${dayName(date)} ${longDate(date)}`;

/** One rule in plain English, as a line of its own. */
export function sayRule(rule: ScheduleRule): string {
  const at = sayTimeOfDay(rule.time);
  switch (rule.on) {
    case 'due':
      return `On the first working day after a quarter’s figures are due, at ${at}`;
    case 'lock':
      return `On the first working day after a quarter is locked, at ${at}: the final digest`;
    case 'weekday':
      return `Every ${dayNames[rule.weekday - 1]} at ${at}, while a quarter’s figures can be given`;
    case 'month':
      return `On the first working day of each month at ${at}`;
    case 'date':
      return `Once, on ${dayAndDate(rule.date)} at ${at}`;
  }
}

/** The rules as someone could have typed them, and as `readSchedule` reads them. */
export const rulesAsTyped = (rules: readonly ScheduleRule[]): string =>
  rules.map(ruleAsTyped).join(' and ') || 'off';

function ruleAsTyped(rule: ScheduleRule): string {
  const at = `at ${sayTimeOfDay(rule.time)}`;
  switch (rule.on) {
    case 'due':
    case 'lock':
      return `${rule.on === 'due' ? 'at due' : 'at lock'} ${at}`;
    case 'weekday':
      return `every ${dayNames[rule.weekday - 1]!.toLowerCase()} ${at}`;
    case 'month':
      return `first working day ${at}`;
    case 'date':
      return `on ${longDate(rule.date)} ${at}`;
  }
}

/** `Tuesday 14 April 2009 at 9am, because Friday 10 April 2009 is a day off`. */
export function sayMoment({ date, time, movedFrom }: Moment): string {
  const moved = movedFrom ? `, because ${dayAndDate(movedFrom)} is a day off` : '';
  return `${dayAndDate(date)} at ${sayTimeOfDay(time)}${moved}`;
}
