import { z } from 'zod';

/** What a hold is on. */
export const holdSubjects = ['person', 'plan', 'year', 'everything'] as const;
export type HoldSubject = (typeof holdSubjects)[number];

/** While a hold is on, nothing that it covers is erased or removed: a request for information is open, for example. */
export const holdSchema = z.object({
  on: z.enum(holdSubjects),
  /** The person's id, the plan's ref, the year; empty for everything. */
  of: z.string(),
  reason: z.string(),
  addedAt: z.string(),
  addedBy: z.string().nullable(),
  /** Once it has ended. */
  endedAt: z.string().nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

/** What is to be erased or removed, as far as holds ask about it. */
export type Removable = { person?: string | null; plan?: string | null; year?: string | null };

/**
 * Whether a hold is on what is to go. What can't be told to be outside a hold on a plan is taken to be in it when it
 * belongs to a year, because what a year keeps tells of its plans.
 */
export function isHeld(hold: Hold, { person, plan, year }: Removable): boolean {
  if (hold.endedAt !== null) return false;
  if (hold.on === 'everything') return true;
  if (hold.on === 'person') return person === undefined || person === hold.of;
  if (hold.on === 'year') return year === hold.of;
  return plan === undefined ? year != null : plan === hold.of;
}
