import { z } from 'zod';
import { kpiRatings } from '../domain/kpi.ts';
import { milestoneRatings, milestoneStates } from '../domain/project.ts';
import { planStatuses } from '../domain/report.ts';

/** What is common to the receipts of a KPI and of a milestone. */
const common = {
  item: z.string(),
  plan: z.object({ ref: z.string(), title: z.string() }),
  title: z.string(),
  /** Period key. */
  period: z.string(),
  revision: z.number().int(),
  because: z.string(),
  planStatus: z.enum(planStatuses),
  given: z.number().int(),
  total: z.number().int(),
  next: z.object({ item: z.string(), title: z.string() }).nullable(),
  givenAt: z.string(),
};

/** What a KPI update is answered with. Figures are already in words, as the person will read them. */
export const kpiReceiptSchema = z.object({
  kind: z.literal('kpi'),
  ...common,
  figure: z.string().nullable(),
  provisional: z.boolean(),
  unavailable: z.object({ reason: z.string(), expected: z.string().nullable() }).nullable(),
  rating: z.enum(kpiRatings),
  ratingText: z.string(),
  trendText: z.string().nullable(),
  yearToDate: z.string().nullable(),
  forecastText: z.string().nullable(),
  /** The figure before this one, when this corrects it. */
  earlier: z.object({ figure: z.string(), ratingText: z.string(), reason: z.string() }).nullable(),
});
export type KpiReceipt = z.infer<typeof kpiReceiptSchema>;

export const milestoneReceiptSchema = z.object({
  kind: z.literal('milestone'),
  ...common,
  state: z.enum(milestoneStates),
  rating: z.enum(milestoneRatings),
  ratingText: z.string(),
  due: z.string(),
  forecast: z.string().nullable(),
  completed: z.string().nullable(),
  percentComplete: z.number().nullable(),
});
export type MilestoneReceipt = z.infer<typeof milestoneReceiptSchema>;

export const receiptSchema = z.discriminatedUnion('kind', [kpiReceiptSchema, milestoneReceiptSchema]);
export type Receipt = z.infer<typeof receiptSchema>;
