/**
 * How much of each value a form shows again: all that can be of use, and less only where a client sent so much
 * that Teams would refuse the card.
 */
export const keptLengths = [5000, 1500, 300] as const;

/** What was typed, with every field there so that the template finds them all. */
export const everyField = (
  fields: readonly string[],
  typed: Readonly<Record<string, string>>,
  length: number,
): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, (typed[field] ?? '').slice(0, length)]));

/** Faults as they stand by their field: the symbol says that something is wrong where colour can't. */
export const faultLines = (
  fields: readonly string[],
  faults: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, faults[field] ? `⚠ ${faults[field]}` : '']));

/** Whether a folded part must be open: something was typed in it, or something in it is wrong. */
export const isTouched = (
  fields: readonly string[],
  typed: Readonly<Record<string, string>>,
  faults: Readonly<Record<string, string>>,
): boolean =>
  fields.some((field) => Boolean(faults[field]) || (Boolean(typed[field]) && typed[field] !== 'false'));

/** The line at the top of a form that came back. */
export function faultCount(faults: Readonly<Record<string, string>>): string {
  const count = Object.values(faults).filter(Boolean).length;
  if (count === 0) return '';
  return count === 1 ? '⚠ One answer needs another look' : `⚠ ${count} answers need another look`;
}
