import { z } from 'zod';

/** A project, development or key action of a plan. */
export const projectSchema = z.object({
  ref: z.string(),
  plan: z.string(),
  title: z.string(),
  nature: z.enum(['new', 'core']).nullable(),
  accountableManager: z.string().nullable(),
  outcomes: z.string(),
  start: z.string().nullable(),
  due: z.string().nullable(),
  strategicPriority: z.string(),
  role: z.enum(['lead', 'support']).nullable(),
  capital: z.boolean().nullable(),
  gatewayReview: z.string(),
  riskRegister: z.string(),
});
export type Project = z.infer<typeof projectSchema>;

/** A step of a project. `due` is the baseline and never moves. Dates are ISO. */
export const milestoneSchema = z.object({
  ref: z.string(),
  project: z.string(),
  plan: z.string(),
  title: z.string(),
  accountableManager: z.string().nullable(),
  start: z.string().nullable(),
  due: z.string(),
});
export type Milestone = z.infer<typeof milestoneSchema>;

export const milestoneStates = [
  'not-started',
  'on-track',
  'at-risk',
  'off-track',
  'complete',
  'deferred',
  'cancelled',
] as const;
export type MilestoneState = (typeof milestoneStates)[number];

export const milestoneRatings = [
  'complete',
  'green',
  'amber',
  'red',
  'not-started',
  'deferred',
  'cancelled',
] as const;
export type MilestoneRating = (typeof milestoneRatings)[number];

/** What was said of a milestone. The newest revision is the value; every revision is kept. */
export const milestoneUpdateSchema = z.object({
  milestone: z.string(),
  plan: z.string(),
  revision: z.number().int().positive(),
  state: z.enum(milestoneStates),
  /** 0 to 100. */
  percentComplete: z.number().int().min(0).max(100).nullable(),
  forecast: z.string().nullable(),
  completed: z.string().nullable(),
  commentary: z.string(),
  /** Who decided, when (ISO date) and the minute reference; there for deferred and cancelled. */
  decision: z.object({ by: z.string(), on: z.string().nullable(), reference: z.string() }).nullable(),
  submittedBy: z.string().nullable(),
  submittedAt: z.string(),
  reason: z.string().nullable(),
  source: z.enum(['form', 'import']),
});
export type MilestoneUpdate = z.infer<typeof milestoneUpdateSchema>;
