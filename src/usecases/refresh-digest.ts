import { periodOf } from '../domain/periods.ts';
import type { DataOf } from '../store/documents.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { openYear } from './session.ts';
import { composeFor, digestChanges, keepPages } from './write-digest.ts';

export type RefreshedDigest = { digest: Stored<'digest'>; channel: DataOf<'channel'> };

/** More than are ever needed for the figures to come to rest. */
const attempts = 10;

/**
 * Writes what a digest says now, when that differs from what it said, and gives it back with its channel; null
 * when the digest or its channel is gone.
 */
export async function refreshDigest(
  deps: Deps,
  tenant: string,
  yearName: string,
  id: string,
  correlationId: string,
): Promise<RefreshedDigest | null> {
  const year = await openYear(deps, tenant, correlationId, yearName);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const digest = await deps.store.read(year.year, 'digest', id);
    const channel = digest && (await deps.store.read(year.council, 'channel', digest.data.channel));
    if (!channel) return null;
    const period = periodOf(digest.data.period);
    const content = await composeFor(deps, year, channel.data, period);
    const now = { now: year.now, by: null };
    const { changes, pages } = digestChanges(channel.data, period, content, digest, now);
    if (changes.length === 0) return { digest, channel: channel.data };
    await keepPages(deps, year, pages);
    await deps.store.write(year.year, changes);
  }
  throw new Error('a digest said something else each time it was composed');
}
