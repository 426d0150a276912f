import { remember } from './remember.ts';

// Made once: comparing with a collator is many times faster than `localeCompare` with options.
const collator = new Intl.Collator('en-GB', { numeric: true });

/** Orders refs as people count: K1, K2, K10, and not K1, K10, K2. */
export const compareRefs = (one: string, other: string): number => collator.compare(one, other);

/** A list in the order of its refs; the same array for as long as the list is the same. */
export const inRefOrder: <T extends { ref: string }>(items: readonly T[]) => readonly T[] = remember(
  (items: readonly { ref: string }[]) => items.toSorted((a, b) => compareRefs(a.ref, b.ref)),
) as never;
