type Json = Readonly<Record<string, unknown>>;

const texts = new WeakMap<object, string>();

/** JSON that says the same in ASCII alone, which is counted and sent several times faster than other text. */
const ascii = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const textOf = (part: unknown): string => texts.get(part as object) ?? ascii(JSON.stringify(part));

/**
 * Keeps the JSON of a card's elements for as long as they are in use: for what is shown again and again between a
 * head and a foot that change. Nothing of the card may be changed afterwards.
 */
export function keepText({ body }: { body: readonly object[] }): void {
  for (const element of body) texts.set(element, ascii(JSON.stringify(element)));
}

/** A card's JSON. */
export function cardText(card: Json): string {
  const { body, ...rest } = card;
  if (!Array.isArray(body)) return textOf(card);
  return `${textOf(rest).slice(0, -1)},"body":[${body.map(textOf).join()}]}`;
}
