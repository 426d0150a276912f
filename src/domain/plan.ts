import { z } from 'zod';

export const tiers = ['directorate', 'division', 'service'] as const;
export const classifications = ['unrestricted', 'exempt', 'confidential'] as const;
export type Classification = (typeof classifications)[number];

/** A business plan of one financial year. `ref` is unique within the council and year. */
export const planSchema = z.object({
  ref: z.string(),
  title: z.string(),
  tier: z.enum(tiers),
  directorate: z.string(),
  /** The ref of the plan above, if any. */
  parent: z.string().nullable(),
  portfolio: z.string(),
  /** Person id. */
  headOfService: z.string().nullable(),
  classification: z.enum(classifications),
  units: z.array(z.string()),
});
export type Plan = z.infer<typeof planSchema>;

/** Resident involvement that a plan announces (template section "User/Resident Involvement Planned"). */
export const engagementSchema = z.object({
  plan: z.string(),
  name: z.string(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  feedback: z.string().nullable(),
  targetGroup: z.string(),
  targetArea: z.string(),
  summary: z.string(),
  purpose: z.string(),
  statutory: z.boolean().nullable(),
  type: z.string(),
  contactName: z.string(),
  contactEmail: z.string(),
  contactPhone: z.string(),
});
export type Engagement = z.infer<typeof engagementSchema>;
