import { isAbout } from '../domain/digest.ts';
import type { Plan } from '../domain/plan.ts';
import type { Change } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import type { OpenYear } from './session.ts';

/**
 * The deliveries that a change to this plan causes: each digest of the year that is about it is brought up to
 * date by the worker, which sends nothing when the digest says the same as before.
 */
export async function digestsToRefresh(deps: Deps, year: OpenYear, plan: Plan): Promise<Change[]> {
  const digests = await deps.store.list(year.year, 'digest');
  const changes: Change[] = [];
  for (const { id, data } of digests) {
    if (!isAbout(data.audience, plan)) continue;
    const channel = await deps.store.read(year.council, 'channel', data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel.data;
    changes.push(deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id }));
  }
  return changes;
}
