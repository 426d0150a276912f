type Json = Readonly<Record<string, unknown>>;

/** By element: the comma before it and its JSON. */
const kept = new WeakMap<object, Buffer>();

/**
 * Keeps the JSON of a card's elements for as long as they are in use: for what is shown again and again between a
 * head and a foot that change. Nothing of the card may be changed afterwards.
 */
export function keepBytes({ body }: { body: readonly object[] }): void {
  for (const element of body) kept.set(element, Buffer.from(`,${JSON.stringify(element)}`));
}

/** A card's JSON with something before and after it, as it goes over the wire. */
export function cardBytes(card: Json, before = '', after = ''): Buffer {
  const { body, ...rest } = card;
  if (!Array.isArray(body)) return Buffer.from(`${before}${JSON.stringify(card)}${after}`);
  const around = Object.keys(rest).length > 0 ? `,${JSON.stringify(rest).slice(1)}` : '}';
  const parts: Buffer[] = [];
  let text = `${before}{"body":[`;
  for (const [at, element] of body.entries()) {
    const bytes = kept.get(element);
    if (bytes) {
      parts.push(Buffer.from(text), at === 0 ? bytes.subarray(1) : bytes);
      text = '';
    } else {
      text += `${at === 0 ? '' : ','}${JSON.stringify(element)}`;
    }
  }
  const end = Buffer.from(`${text}]${around}${after}`);
  return parts.length === 0 ? end : Buffer.concat([...parts, end]);
}
