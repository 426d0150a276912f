/** What XML can't carry, what nobody sees, and the marks that turn the direction of the text around them. */
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** Kept whole words only, so that a text without an address is read once. */
const address = /(?<![^\s<>()[\]"“”',;:])[^\s<>()[\]"“”',;:@]+@[^\s<>()[\]"“”',;:@]+\.[\p{L}\p{N}-]{2,}/gu;

function publishableText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\t/g, ' ').replace(unprintable, '').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(address, '[e-mail address removed]')
    .trim();
}

/**
 * The same with every text in it fit to print: no control characters, no marks that turn the reading direction,
 * and no e-mail addresses, which people write into their commentary and a published paper must not carry.
 */
export function publishable<T>(value: T): T {
  if (typeof value === 'string') return publishableText(value) as T;
  if (Array.isArray(value)) return value.map(publishable) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, publishable(each)])) as T;
}
