import { addDays, daysBetween, type IsoDate, longDate } from './days.ts';

/** The days that are offered for a snooze, each before `due`; empty when there is none. */
export function snoozeDays(today: IsoDate, due: IsoDate | null): { until: IsoDate; title: string }[] {
  if (due === null || daysBetween(today, due) < 2) return [];
  const last = addDays(due, -1);
  const offered = [
    { until: addDays(today, 3), title: 'In 3 days' },
    { until: addDays(today, 7), title: 'In a week' },
  ].filter(({ until }) => until < last);
  return [...offered, { until: last, title: 'The day before it is due' }].map(({ until, title }) => ({
    until,
    title: `${title}, ${longDate(until)}`,
  }));
}

/** Why reminders can't be put off to a day, with what to do; null when they can. `due`: the next that is not given. */
export function snoozeFault(until: IsoDate, today: IsoDate, due: IsoDate | null): string | null {
  if (due === null || due <= today) {
    return 'There is no reminder to put off: nothing of yours is due on a later day.';
  }
  if (until <= today) return 'That day is not to come. Write a day after today.';
  if (until < due) return null;
  const last = longDate(addDays(due, -1));
  return `Your next update is due ${longDate(due)}. Write a day up to ${last}.`;
}
