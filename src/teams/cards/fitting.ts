import type { Card } from './render.ts';

/** Teams takes an activity of at most 100 KB as UTF-16; the card may have 80 of them (PLATFORM "Cards"). */
export const CARD_LIMIT = 80_000;

/** How large a card is as Teams counts it: two bytes for each UTF-16 unit. */
export const sizeOf = (card: unknown): number => JSON.stringify(card).length * 2;

/**
 * The first card that is small enough, from the fullest amount to the least; the least when none is.
 *
 * @param room what else there is to be on the card, as `sizeOf` counts it
 */
export function fitting<Amount>(amounts: readonly Amount[], build: (amount: Amount) => Card, room = 0): Card {
  for (const amount of amounts.slice(0, -1)) {
    const card = build(amount);
    if (sizeOf(card) + room < CARD_LIMIT) return card;
  }
  return build(amounts.at(-1)!);
}
