import { createHash } from 'node:crypto';

/**
 * The opaque id of a person who is first named by this e-mail address in this council. The same address gives
 * the same id, so that importing again finds the same person; the address can't be read back from it.
 */
export const personIdOf = (tenant: string, email: string): string =>
  createHash('sha256').update(`${tenant}\n${email.toLowerCase()}`).digest('hex').slice(0, 24);
