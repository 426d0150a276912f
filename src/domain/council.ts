import { z } from 'zod';
import { decimalText } from './decimal.ts';

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

/** Days after a period's end at which it opens, is due and locks, and when people are reminded. */
export const calendarSettings = z.object({
  opensAfterDays: z.number().int(),
  dueAfterDays: z.number().int(),
  lockAfterDays: z.number().int(),
  remindBeforeDays: z.array(z.number().int()),
  chaseEveryDays: z.number().int(),
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
});
export type YearSettings = z.infer<typeof yearSettingsSchema>;

/** The council itself, in its own partition, with the financial years that were loaded, oldest first. */
export const councilSchema = z.object({
  tenantId: z.string(),
  name: z.string(),
  years: z.array(z.string()),
});
export type Council = z.infer<typeof councilSchema>;
