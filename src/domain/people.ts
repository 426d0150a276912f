import { z } from 'zod';
import { stoppedSchema } from './destination.ts';

export const roles = [
  'manager',
  'head-of-service',
  'cabinet-member',
  'scrutiny-member',
  'clerk',
  'performance-officer',
] as const;
export type Role = (typeof roles)[number];

/** Someone of the council. `id` is opaque; other documents name people by it and never by name or e-mail. */
export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  portfolios: z.array(z.string()),
  /** Microsoft Entra object id, bound on first contact when the import did not carry it. */
  entraObjectId: z.string().nullable(),
  /** Who gives this person's updates from one ISO date to another, both included. */
  deputy: z.object({ person: z.string(), from: z.string(), to: z.string() }).nullable(),
  /** Where the bot can reach them, once they have installed it. */
  conversation: z
    .object({ id: z.string(), serviceUrl: z.string(), stopped: stoppedSchema.optional() })
    .nullable(),
  /** Why there is no conversation any more: the bot was taken out of it, or Teams knows it no more. */
  lost: z.object({ why: z.enum(['uninstalled', 'gone']), at: z.string() }).optional(),
  /** `off`: no reminders and chases, only what has opened. */
  reminders: z.enum(['on', 'off']).optional(),
  /** An ISO date before which no reminder is wanted. */
  snoozedUntil: z.string().nullable().optional(),
  /** Once they were erased, for good: when, why, and a hash of the address that a later folder may name. */
  erased: z.object({ at: z.string(), reason: z.string(), address: z.string() }).optional(),
  /** While an erasure is under way: what the rest of it is found by, and whether it was begun more than once. */
  erasing: z
    .object({
      name: z.string(),
      email: z.string(),
      conversation: z.string().nullable(),
      again: z.boolean().optional(),
    })
    .optional(),
});
export type Person = z.infer<typeof personSchema>;
