import type { Card } from '../../src/teams/cards/render.ts';

export type Part = Record<string, unknown>;

/** Every element, input and action of a card, in the order in which they are read. */
export function everythingOn(value: unknown, found: Part[] = []): Part[] {
  if (Array.isArray(value)) for (const item of value) everythingOn(item, found);
  else if (typeof value === 'object' && value !== null) {
    found.push(value as Part);
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'data' && key !== 'fallback') everythingOn(inner, found);
    }
  }
  return found;
}

/** The texts of a card as they are read, facts as their title and value. */
export const textsOf = (card: Card): string[] =>
  everythingOn(card.body).flatMap(({ type, text, title, value }) => {
    if (type === 'TextBlock') return [String(text)];
    return type === undefined && typeof value === 'string' ? [String(title), value] : [];
  });

export const inputOf = (card: Card, id: string): Part | undefined =>
  everythingOn(card).find((part) => part.id === id && String(part.type).startsWith('Input.'));

export const pressesOf = (card: Card, verb: string): Part[] =>
  everythingOn(card).filter((part) => part.type === 'Action.Execute' && part.verb === verb);
