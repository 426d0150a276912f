import { z } from 'zod';
import { decimalText } from './decimal.ts';
import { frequencies } from './frequency.ts';
import { retentionSchema } from './retention.ts';

export const methods = ['floor', 'relative', 'absolute', 'relative-or-improving'] as const;
export type Method = (typeof methods)[number];

export const trendComparisons = ['previous-period', 'same-period-last-year'] as const;
export type TrendComparison = (typeof trendComparisons)[number];

/** How the council rates where a KPI says nothing else (RULES "Settings, at council level"). */
export const ratingSettings = z.object({
  method: z.enum(methods),
  greenWithin: decimalText,
  amberWithin: decimalText,
});
export type RatingSettings = z.infer<typeof ratingSettings>;

/** Days after a period's end at which it opens, is due and locks. */
export const delays = z.object({
  opensAfterDays: z.number().int(),
  dueAfterDays: z.number().int(),
  lockAfterDays: z.number().int(),
});

const dates = { opens: z.string(), due: z.string(), locks: z.string() };

/** The dates that an officer gave one period: of several moves the newest. */
export const movedSchema = z.object({
  /** 1 for the first move of the period. Each is kept in the year's history as well. */
  number: z.number().int().positive(),
  ...dates,
  reason: z.string(),
  /** The person; null when it was done on the command line. */
  by: z.string().nullable(),
  at: z.string(),
  /** What the calendar had said before the first move. */
  was: z.object(dates),
});
export type Moved = z.infer<typeof movedSchema>;

/** One move, as it is kept for good. */
export const moveSchema = z.object({
  period: z.string(),
  number: z.number().int().positive(),
  from: z.object(dates),
  to: z.object(dates),
  reason: z.string(),
  by: z.string().nullable(),
  at: z.string(),
});

export const bankHolidayNations = ['england', 'wales', 'scotland', 'none'] as const;

/**
 * When periods open, are due and lock, when people are reminded, and when the council works. What came later has a
 * default or may be missing, so that settings that were stored before can be read.
 */
export const calendarSettings = z.object({
  ...delays.shape,
  /** Where a frequency's periods have delays of their own. */
  frequencies: z.partialRecord(z.enum(frequencies), delays.partial()).optional(),
  /** Periods that an officer moved, by key. An import leaves them. */
  moves: z.record(z.string(), movedSchema).optional(),
  remindBeforeDays: z.array(z.number().int()),
  chaseEveryDays: z.number().int(),
  /** Days after the due date at which heads of service are told what is late. */
  tellHeadAfterDays: z.number().int().default(7),
  bankHolidays: z.enum(bankHolidayNations).default('england'),
  /** Further ISO dates on which the council is closed. */
  daysOff: z.array(z.string()).default([]),
  /** The hours of the day between which people are written to: from the first until before the second. */
  writeFromHour: z.number().int().default(9),
  writeUntilHour: z.number().int().default(17),
});
export type CalendarSettings = z.infer<typeof calendarSettings>;

/** One financial year's settings, as `council.json` gives them. Kept in the year's partition. */
export const yearSettingsSchema = z.object({
  name: z.string(),
  tenantId: z.string(),
  timeZone: z.string(),
  year: z.string(),
  rating: ratingSettings,
  trend: z.enum(trendComparisons),
  calendar: calendarSettings,
  directorates: z.array(z.object({ ref: z.string(), name: z.string() })),
  portfolios: z.array(z.object({ ref: z.string(), name: z.string(), directorates: z.array(z.string()) })),
  statements: z.array(z.object({ section: z.string(), text: z.string() })),
  /** A sentence at the foot of every card, such as that a sample's figures are illustrative. */
  notice: z.string().nullable(),
  /** The ISO date at which the playground's clock starts for this council. */
  playgroundDate: z.string().nullable(),
  /** How long things are kept; what is left out has its default. */
  retention: retentionSchema.partial().optional(),
});
export type YearSettings = z.infer<typeof yearSettingsSchema>;

/** The council itself, in its own partition, with the financial years that were loaded, oldest first. */
export const councilSchema = z.object({
  tenantId: z.string(),
  name: z.string(),
  years: z.array(z.string()),
  /** Years that were kept for as long as they are to be; `removed` once nothing but their audit trail is left. */
  past: z.array(z.object({ year: z.string(), removed: z.boolean() })).optional(),
  /** While the pre-election period is on: since when. */
  preElection: z.object({ since: z.string() }).nullable().optional(),
});
export type Council = z.infer<typeof councilSchema>;
