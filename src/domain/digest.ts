import { z } from 'zod';

/** Whom a channel's digest is for. */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('portfolio'), portfolio: z.string() }),
  z.object({ kind: z.literal('scrutiny') }),
  z.object({ kind: z.literal('council') }),
]);
export type Audience = z.infer<typeof audienceSchema>;
