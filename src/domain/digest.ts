import { z } from 'zod';
import type { Plan } from './plan.ts';

/** Whom a channel's digest is for. */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('portfolio'), portfolio: z.string() }),
  z.object({ kind: z.literal('scrutiny') }),
  z.object({ kind: z.literal('council') }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** Whether a plan belongs to what an audience is told, before its classification is asked about. */
export const isAbout = (audience: Audience, { portfolio }: Pick<Plan, 'portfolio'>): boolean =>
  audience.kind !== 'portfolio' || audience.portfolio === portfolio;
