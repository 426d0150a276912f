import { z } from 'zod';

const days = { from: z.string(), to: z.string() };

/**
 * What someone is told because of what another person did; unlike a message of the cycle it comes at once. People
 * are named by id, days are ISO dates and both included.
 *
 * - `stands-in`: you give `of`’s updates in these days; `by` named you.
 * - `stands-in-no-more`: you don’t any more.
 * - `covered`: the officer `by` had `deputy` give your updates in these days.
 * - `covered-no-more`: the officer `by` ended that.
 * - `deputy-away`: `of`, who stands in for you, is away in these days.
 */
export const noticeSchema = z.discriminatedUnion('about', [
  z.object({ about: z.literal('stands-in'), of: z.string(), by: z.string(), ...days }),
  z.object({ about: z.literal('stands-in-no-more'), of: z.string(), by: z.string(), ...days }),
  z.object({ about: z.literal('covered'), deputy: z.string(), by: z.string(), ...days }),
  z.object({ about: z.literal('covered-no-more'), deputy: z.string(), by: z.string(), ...days }),
  z.object({ about: z.literal('deputy-away'), of: z.string(), ...days }),
]);
export type Notice = z.infer<typeof noticeSchema>;
