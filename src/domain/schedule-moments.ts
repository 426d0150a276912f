import { Temporal } from 'temporal-polyfill';
import { datesOf, type PeriodDates } from './calendar.ts';
import type { YearSettings } from './council.ts';
import { addDays, type IsoDate } from './days.ts';
import { type DaysOff, workingDayFrom } from './days-off.ts';
import { dateAt } from './local-time.ts';
import { type Period, periodsOf } from './periods.ts';
import { byWeight, type Schedule, type ScheduleRule } from './schedule.ts';
import type { TimeOfDay } from './time-of-day.ts';

/** One time at which a digest is to be posted. */
export type Moment = {
  on: ScheduleRule['on'];
  /** ISO instant. */
  at: string;
  date: IsoDate;
  time: TimeOfDay;
  /** The day off that it would have been on, or null. */
  movedFrom: IsoDate | null;
  /** The quarter that is posted. */
  period: Period;
};

/** A quarter with its dates and its year's days off. */
export type Quarter = { period: Period; dates: PeriodDates; calendar: DaysOff };

/** All quarters of the years that a council has loaded, oldest first. */
export const quartersOf = (years: readonly YearSettings[]): Quarter[] =>
  years.flatMap(({ year, calendar }) =>
    periodsOf(year, 'quarterly').map((period) => ({ period, dates: datesOf(period, calendar), calendar })),
  );

/**
 * The instant of a time of day in a time zone. A time that summer time skips is as long after the last that there
 * was; one that comes twice is the first.
 */
export const instantAt = (date: IsoDate, time: TimeOfDay, timeZone: string): string =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });

/** The newest quarter that has opened by a day, or null before the first. */
const quarterOn = (quarters: readonly Quarter[], date: IsoDate): Quarter | null =>
  quarters.findLast(({ dates }) => dates.opens <= date) ?? null;

type Day = { date: IsoDate; movedFrom: IsoDate | null; quarter: Quarter };

/** The longest that days off are expected to move anything. */
const longestMove = 21;

function daysOf(rule: ScheduleRule, quarters: readonly Quarter[], from: IsoDate, to: IsoDate): Day[] {
  if (rule.on === 'due' || rule.on === 'lock') {
    const dayOf = ({ due, locks }: PeriodDates) => addDays(rule.on === 'due' ? due : locks, 1);
    return quarters.map((quarter) => ({
      date: workingDayFrom(dayOf(quarter.dates), quarter.calendar),
      movedFrom: null,
      quarter,
    }));
  }
  return nominalDays(rule, addDays(from, -longestMove), to).flatMap((day): Day[] => {
    const date = workingDayFrom(day, (quarterOn(quarters, day) ?? quarters[0]!).calendar);
    const quarter = quarterOn(quarters, date);
    if (!quarter || (rule.on === 'weekday' && date > quarter.dates.locks)) return [];
    return [{ date, movedFrom: date === day || rule.on === 'month' ? null : day, quarter }];
  });
}

/** The days that a rule names, before days off are asked about. */
function nominalDays(rule: ScheduleRule, from: IsoDate, to: IsoDate): IsoDate[] {
  if (rule.on === 'date') return [rule.date];
  const start = Temporal.PlainDate.from(from);
  const days: IsoDate[] = [];
  let day =
    rule.on === 'weekday'
      ? start.add({ days: (rule.weekday - start.dayOfWeek + 7) % 7 })
      : start.with({ day: 1 });
  for (; day.toString() <= to; day = rule.on === 'weekday' ? day.add({ days: 7 }) : day.add({ months: 1 })) {
    days.push(day.toString());
  }
  return days;
}

/**
 * Every moment of some rules after one instant and up to another, the earliest first. What falls on a day off is on
 * the next working day; two rules for the same moment and quarter make one.
 */
export function momentsBetween(
  rules: readonly ScheduleRule[],
  quarters: readonly Quarter[],
  timeZone: string,
  after: string,
  until: string,
): Moment[] {
  if (quarters.length === 0 || after >= until) return [];
  const [from, to] = [dateAt(after, timeZone), dateAt(until, timeZone)];
  const moments = rules.flatMap((rule) =>
    daysOf(rule, quarters, from, to)
      .filter(({ date }) => date >= addDays(from, -1) && date <= to)
      .map(({ date, movedFrom, quarter }): Moment => {
        const { on, time } = rule;
        return { on, at: instantAt(date, time, timeZone), date, time, movedFrom, period: quarter.period };
      }),
  );
  const inOrder = moments
    .filter(({ at }) => after < at && at <= until)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : byWeight(a.on, b.on)));
  return inOrder.filter(
    ({ at, period }, index) =>
      !inOrder.slice(0, index).some((each) => each.at === at && each.period === period),
  );
}

const horizonDays = 400;

/** The next moments of a schedule after an instant, at most `most`. */
export function nextMoments(
  rules: readonly ScheduleRule[],
  quarters: readonly Quarter[],
  timeZone: string,
  after: string,
  most: number,
): Moment[] {
  const ahead = (days: number) => new Date(Date.parse(after) + days * 86_400_000).toISOString();
  return momentsBetween(rules, quarters, timeZone, after, ahead(horizonDays)).slice(0, most);
}

/**
 * The moments of a schedule that have passed and were not seen to: after it was set, or was last seen to, each rule
 * from when it was set itself.
 */
export function momentsPassed(
  { rules, handledUntil }: Schedule,
  quarters: readonly Quarter[],
  timeZone: string,
  now: string,
): Moment[] {
  const passed = rules.flatMap(({ rule, from }) =>
    momentsBetween([rule], quarters, timeZone, from > handledUntil ? from : handledUntil, now),
  );
  return passed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : byWeight(a.on, b.on)));
}

/** What is posted for moments that have passed: once for each quarter, however many were missed. The newest counts. */
export function postsFor(passed: readonly Moment[]): Moment[] {
  const byPeriod = Map.groupBy(passed, ({ period }) => period.key);
  return [...byPeriod.values()].map((moments) => {
    const last = moments.at(-1)!;
    return moments.find(({ at }) => at === last.at)!;
  });
}
