import type { DataOf } from '../store/documents.ts';
import type { Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import type { OpenYear } from './session.ts';

/**
 * The deliveries that bring the year's digests up to date, those that a change concerns: the worker composes each
 * anew, and sends nothing when it says the same as before.
 */
export async function digestsToRefresh(
  deps: Deps,
  year: OpenYear,
  isConcerned: (digest: DataOf<'digest'>) => boolean = () => true,
): Promise<Change[]> {
  const digests = await deps.store.list(year.year, 'digest');
  const changes: Change[] = [];
  for (const { id, data } of digests) {
    if (!isConcerned(data)) continue;
    const channel = await deps.store.read(year.council, 'channel', data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel.data;
    changes.push(deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id }));
  }
  return changes;
}
