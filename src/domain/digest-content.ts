import { z } from 'zod';
import { audienceSchema } from './digest.ts';
import { planStatuses } from './report.ts';

const count = z.number().int().min(0);
const colour = z.enum(['good', 'warning', 'attention', 'default']);
const planName = z.object({ ref: z.string(), title: z.string() });

/** One KPI or milestone that members must see, in the words that were said of it. */
const exceptionSchema = z.object({
  kind: z.enum(['kpi', 'milestone']),
  plan: planName,
  ref: z.string(),
  title: z.string(),
  /** `✖ Red – below floor`. */
  ratingText: z.string(),
  colour,
  /** The result with its target, or the milestone with its dates: `80% against a target of 95%; floor 90%`. */
  because: z.string(),
  /** `↘ worsening – since the previous period`; null for a milestone and where there is nothing to compare. */
  trendText: z.string().nullable(),
  /** `Year-end forecast 92%: ✖ Red – below floor`. */
  forecastText: z.string().nullable(),
  persistent: z.boolean(),
  provisional: z.boolean(),
  /** The period the figure is about, when that is another. */
  dataAge: z.string().nullable(),
  /** The manager's own words, cut where they are long. */
  commentary: z.string().nullable(),
  /** What is being done and by when. */
  action: z.string().nullable(),
  saidBy: z.string().nullable(),
});
export type DigestException = z.infer<typeof exceptionSchema>;

/** A heading with its exceptions: a plan that is off target or, for scrutiny, a directorate. */
const groupSchema = z.object({
  heading: z.string(),
  /** Null for a directorate, whose exceptions name their own plans. */
  plan: planName
    .extend({ directorate: z.string(), statusText: z.string(), countsText: z.string() })
    .nullable(),
  exceptions: z.array(exceptionSchema),
  /** Exceptions of the plan that are not listed here. */
  more: count,
  /** Whether the group began on an earlier page. */
  continued: z.boolean(),
});
export type DigestGroup = z.infer<typeof groupSchema>;

/** A plan at risk, briefly. */
const briefSchema = planName.extend({
  statusText: z.string(),
  /** One line for each of its worst exceptions. */
  lines: z.array(z.string()),
  more: count,
});
export type DigestBrief = z.infer<typeof briefSchema>;

/** The figures of one plan that have not been given. */
const missingSchema = planName.extend({
  overdue: count,
  awaited: count,
  items: z.array(
    z.object({ title: z.string(), manager: z.string(), overdue: z.boolean(), dueText: z.string() }),
  ),
  more: count,
});
export type DigestMissing = z.infer<typeof missingSchema>;

const countsSchema = z.object({
  green: count,
  amber: count,
  red: count,
  awaited: count,
  overdue: count,
  noData: count,
  notRated: count,
  notDue: count,
  withinRange: count,
  outOfRange: count,
});

/** What a channel is told of a period, as it is kept: figures as they were, in words. */
export const digestContentSchema = z.object({
  council: z.string(),
  audience: audienceSchema,
  /** `Highways and Waste`, `Scrutiny committee: all plans`, the council's name. */
  audienceName: z.string(),
  /** The period's key, and its name with its months. */
  period: z.string(),
  periodName: z.string(),
  /** `14 October 2009 at 10:32`, in the council's time. */
  asAt: z.string(),
  /** What changed since the digest before, in one sentence. */
  headline: z.string(),
  plans: count,
  statuses: z.record(z.enum(planStatuses), count),
  kpis: count,
  /** Together they are `kpis`. */
  counts: countsSchema,
  /** Figures among them that are provisional. */
  provisional: count,
  /** Plans that are exempt or confidential and not shown here; never named. */
  leftOut: count,
  groups: z.array(groupSchema),
  atRisk: z.array(briefSchema),
  missing: z.array(missingSchema),
  notice: z.string().nullable(),
  page: count,
  pages: count,
  /** Whether the period is locked, the last day on which its figures could be given, and that in a sentence. */
  finality: z.object({ final: z.boolean(), locks: z.string(), text: z.string() }).optional(),
  /** What changed since the post, newest first, each with when: `14 October, 9.12am`. */
  changes: z.array(z.object({ text: z.string(), when: z.string() })).optional(),
  /** How many changes before those are not listed. */
  earlierChanges: count.optional(),
  /** Whether it was composed in the pre-election period, and so without quotes. */
  preElection: z.boolean().optional(),
  /** Every plan's status, for the next digest's headline. A page carries none. */
  standing: z.record(z.string(), z.enum(planStatuses)),
});
export type DigestContent = z.infer<typeof digestContentSchema>;
