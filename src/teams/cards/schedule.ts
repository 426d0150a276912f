import type { ScheduleRule } from '../../domain/schedule.ts';
import type { Moment } from '../../domain/schedule-moments.ts';
import { dayNames, sayMoment, sayRule } from '../../domain/schedule-words.ts';
import { everyField } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type ScheduleView = Foot & {
  /** The channel's opaque id, and its name. */
  channel: string;
  channelName: string;
  rules: readonly ScheduleRule[];
  next: readonly Moment[];
  /** Exactly as typed; where nothing was, what is set now. */
  typed: Readonly<Record<string, string>>;
  fault?: string | null;
  /** Whether it was set just now. */
  done?: boolean;
};

/** The choices of the form, which may be taken together. */
const choices: readonly { title: string; value: ScheduleRule['on'] }[] = [
  { title: 'When a quarter’s figures were due: the working day after', value: 'due' },
  { title: 'When a quarter is locked: the working day after, as the final digest', value: 'lock' },
  { title: 'Each week while a quarter’s figures can be given', value: 'weekday' },
  { title: 'The first working day of each month', value: 'month' },
  { title: 'Once, on one day', value: 'date' },
];
const fields = ['when', 'weekday', 'date', 'time', 'words'];
const longestShown = 300;

/** When a channel's digest is posted: in plain English, the next times, and the form that changes it. */
export function scheduleCard(view: ScheduleView): Card {
  const { channel, channelName, rules, next, typed, fault, done = false } = view;
  const isSet = rules.length > 0;
  return renderCard('schedule', { title: 'When the digest is posted', subtitle: channelName }, view, {
    channel,
    done: done ? (isSet ? '✔ The schedule is set.' : '✔ Nothing is posted by itself any more.') : '',
    heading: isSet
      ? 'A new post is made:'
      : 'No time is set. The digest is posted when someone sends “digest”.',
    rules: rules.map((rule) => ({ rule: `• ${sayRule(rule)}` })),
    nextHeading: isSet ? (next.length > 0 ? 'Next:' : 'No time of it lies ahead.') : '',
    next: next.map((moment) => ({ moment: sayMoment(moment) })),
    note: isSet
      ? 'Nothing is posted on weekends, bank holidays and the council’s own days off. In between, the newest post is kept up to date.'
      : '',
    fault: fault ? `⚠ ${fault}` : '',
    choices,
    // A weekend's digest would be on Monday anyway.
    weekdays: dayNames.slice(0, 5).map((title, at) => ({ title, value: String(at + 1) })),
    typed: everyField(fields, typed, longestShown),
  });
}
