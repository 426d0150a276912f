import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * When a channel's digest is posted. `due` and `lock`: the first working day after a quarter's due or lock day, so
 * that the day itself counts in full. `weekday`: 1 is Monday, while a quarter's figures can be given. `month`: the
 * first working day of each. `date`: once.
 */
const ruleSchema = z.discriminatedUnion('on', [
  z.object({ on: z.literal('due'), time }),
  z.object({ on: z.literal('lock'), time }),
  z.object({ on: z.literal('weekday'), weekday: z.number().int().min(1).max(7), time }),
  z.object({ on: z.literal('month'), time }),
  z.object({ on: z.literal('date'), date: z.string(), time }),
]);
export type ScheduleRule = z.infer<typeof ruleSchema>;

/** Kept with the channel. A rule counts from when it was set; what was due `handledUntil` has been seen to. */
export const scheduleSchema = z.object({
  rules: z.array(z.object({ rule: ruleSchema, from: z.string() })),
  handledUntil: z.string(),
  setBy: z.string(),
  setAt: z.string(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** What one post was made for. `at` is the instant it was due, `null` for one that someone asked for. */
export const occasionSchema = z.object({
  on: z.enum(['due', 'lock', 'weekday', 'month', 'date', 'asked']),
  at: z.string().nullable(),
});
export type Occasion = z.infer<typeof occasionSchema>;

/** The order in which rules of the same moment give it its name. */
const weight: ScheduleRule['on'][] = ['lock', 'due', 'date', 'month', 'weekday'];
export const byWeight = (one: ScheduleRule['on'], other: ScheduleRule['on']): number =>
  weight.indexOf(one) - weight.indexOf(other);

export const sameRule = (one: ScheduleRule, other: ScheduleRule): boolean =>
  one.on === other.on &&
  one.time === other.time &&
  (one.on !== 'weekday' || other.on !== 'weekday' || one.weekday === other.weekday) &&
  (one.on !== 'date' || other.on !== 'date' || one.date === other.date);

/** A clock that was set back must not leave a schedule waiting for a time that it was in before. */
const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The rules in place of what was set before: one that was there already goes on as it was. */
export const rescheduled = (
  before: Schedule | undefined,
  rules: readonly ScheduleRule[],
  by: string,
  now: string,
): Schedule => ({
  rules: rules.map((rule) => ({
    rule,
    from: earlier(before?.rules.find((known) => sameRule(known.rule, rule))?.from ?? now, now),
  })),
  handledUntil: earlier(before?.handledUntil ?? now, now),
  setBy: by,
  setAt: now,
});
