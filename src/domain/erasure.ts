import { z } from 'zod';

/** A text that still names someone who was erased: for somebody to decide on. */
const textLeftSchema = z.object({
  year: z.string().nullable(),
  kind: z.string(),
  id: z.string(),
  field: z.string(),
});
export type TextLeft = z.infer<typeof textLeftSchema>;

/** What came of erasing a person, kept apart from them: it may be long, and their document is read at every turn. */
export const erasureSchema = z.object({
  /** Documents that were removed, and in which the pseudonym took the name's place; null once it was begun anew. */
  counts: z.object({ removed: z.number().int(), renamed: z.number().int() }).nullable(),
  left: z.array(textLeftSchema),
  /** How many more texts there were than are kept here. */
  more: z.number().int(),
});
