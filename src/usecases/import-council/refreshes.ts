import type { Deps } from '../deps.ts';
import { digestsToRefresh } from '../digests-to-refresh.ts';
import { writeDeliveries } from '../outbox.ts';
import { openYear } from '../session.ts';

/** Brings every digest of the year up to date; one that says the same as before stays as it is. */
export async function refreshes(deps: Deps, tenant: string, yearName: string): Promise<void> {
  const year = await openYear(deps, tenant, deps.newId(), yearName);
  await writeDeliveries(deps, year, await digestsToRefresh(deps, year, () => true, { withEarlier: true }));
}
