import type { Audience } from '../domain/digest.ts';
import type { Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import type { OpenYear } from './session.ts';

/**
 * The deliveries that bring the year's digests up to date, for the audiences that a change is about: the worker
 * composes each anew, and sends nothing when it says the same as before.
 */
export async function digestsToRefresh(
  deps: Deps,
  year: OpenYear,
  isAbout: (audience: Audience) => boolean = () => true,
): Promise<Change[]> {
  const digests = await deps.store.list(year.year, 'digest');
  const changes: Change[] = [];
  for (const { id, data } of digests) {
    if (!isAbout(data.audience)) continue;
    const channel = await deps.store.read(year.council, 'channel', data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel.data;
    changes.push(deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id }));
  }
  return changes;
}
