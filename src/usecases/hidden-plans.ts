import { isShownIn, type Place } from '../domain/access.ts';
import type { Partition } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** Of the plans that a digest tells of, those that may not be seen in a place, as the year's register stands now. */
export async function hiddenPlans(
  { store }: Pick<Deps, 'store'>,
  year: Partition,
  told: readonly string[],
  where: Place,
): Promise<Set<string>> {
  const plans = new Map((await store.list(year, 'plan')).map(({ data }) => [data.ref, data]));
  return new Set(told.filter((ref) => !isShownIn(where, plans.get(ref))));
}
