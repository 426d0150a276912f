import { z } from 'zod';
import { stoppedSchema } from './destination.ts';
import { audienceSchema } from './digest.ts';
import { scheduleSchema } from './schedule.ts';

/** A Teams conversation bound to an audience. Kept in the council's partition under its conversation id. */
export const channelSchema = z.object({
  conversationId: z.string(),
  serviceUrl: z.string(),
  name: z.string(),
  audience: audienceSchema,
  /** Whether exempt and confidential plans may be shown here. */
  cleared: z.boolean(),
  boundBy: z.string(),
  boundAt: z.string(),
  /** Left out while it can be reached. */
  stopped: stoppedSchema.optional(),
  /** When its digests are posted unasked; left out where nobody has set it. */
  schedule: scheduleSchema.optional(),
  /** The Teams team that it is in; left out where Teams didn't say. */
  team: z.string().optional(),
});
export type Channel = z.infer<typeof channelSchema>;
