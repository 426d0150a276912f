import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

/** How far back a folder may bring figures that this year's are compared with. */
const yearsBefore = 10;

const named = (start: number): string => `${start}/${String((start + 1) % 100).padStart(2, '0')}`;

/**
 * Every financial year that the council may have documents of, oldest first: those loaded, those removed, and earlier
 * ones of which a folder brought figures to compare with.
 */
export async function everyYear(
  { store }: Pick<Deps, 'store'>,
  { council, years }: Pick<OpenYear, 'council' | 'years'>,
): Promise<string[]> {
  const past = (await store.read(council, 'council', 'council'))?.data.past ?? [];
  const starts = [...years, ...past.map(({ year }) => year)].map((year) => Number(year.slice(0, 4)));
  const first = Math.min(...starts) - yearsBefore;
  return Array.from({ length: Math.max(...starts) - first + 1 }, (_, at) => named(first + at));
}
