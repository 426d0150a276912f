import { z } from 'zod';

const daysKept = z.number().int().min(31);

/** How long things are kept, as `council.json` of the newest year says. What it leaves out has the defaults below. */
export const retentionSchema = z.object({
  /** Whole financial years to keep after a year has ended; null keeps every year. */
  years: z.number().int().min(1).nullable(),
  /** Days to keep a message after it was settled. */
  deliveriesDays: daysKept,
  /** Days to keep what someone was written by the cycle. */
  cycleMessagesDays: daysKept,
});
export type Retention = z.infer<typeof retentionSchema>;

/** No year goes unless the council says so: published figures are its record. */
export const retentionDefaults: Retention = { years: null, deliveriesDays: 730, cycleMessagesDays: 730 };

/** Whether a year that ended so many years ago goes: `2009/10` with 6 years kept goes on 1 April 2016. */
export const isPast = (year: string, { years }: Retention, today: string): boolean =>
  years !== null && today >= `${Number(year.slice(0, 4)) + 1 + years}-04-01`;
