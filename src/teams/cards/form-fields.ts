/** Values and faults of a form with every field there, so that its template finds them all. */
export const everyField = (
  fields: readonly string[],
  given: Readonly<Record<string, string>>,
): Record<string, string> => Object.fromEntries(fields.map((field) => [field, given[field] ?? '']));

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
