import { placeOfChannel } from '../domain/access.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { hiddenPlans } from './hidden-plans.ts';
import { deliver, writeDeliveries } from './outbox.ts';
import { isBehind } from './refresh-digest.ts';
import { inYear, type OpenYear } from './session.ts';

/**
 * The deliveries that bring the year's digests up to date, those that a change concerns: the worker composes each
 * anew, and sends nothing when it says the same as before. Of a channel's digests of a period it is the newest.
 *
 * @param withEarlier also those that a newer has followed, where they or their posts tell of a plan that their
 * channel may not see any more: for a change of what may be seen
 */
export async function digestsToRefresh(
  deps: Deps,
  year: OpenYear,
  isConcerned: (digest: DataOf<'digest'>) => boolean = () => true,
  { withEarlier = false } = {},
): Promise<Change[]> {
  const digests = await deps.store.list(year.year, 'digest', withEarlier ? {} : { supersededBy: null });
  const changes: Change[] = [];
  for (const { id, data } of digests) {
    if (!isConcerned(data)) continue;
    const channel = await deps.store.read(year.council, 'channel', data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel.data;
    if (data.supersededBy !== null && !isBehind(data)) {
      const told = Object.keys(data.said.lines);
      const hidden = await hiddenPlans(deps, year.year, told, placeOfChannel(channel.data));
      if (hidden.size === 0) continue;
    }
    changes.push(deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id }));
  }
  return changes;
}

/** Puts in the outbox a refresh of the digests of every year that are concerned, earlier ones too. */
export async function refreshDigests(
  deps: Deps,
  anyYear: OpenYear,
  isConcerned: (digest: DataOf<'digest'>) => boolean,
): Promise<void> {
  for (const name of anyYear.years) {
    const year = await inYear(deps, anyYear, name);
    const concerned = await digestsToRefresh(deps, year, isConcerned, { withEarlier: true });
    await writeDeliveries(deps, year, concerned);
  }
}
