import type { Change } from '../../store/store.ts';
import { BATCH_LIMITS } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { deliver } from '../outbox.ts';
import { openYear } from '../session.ts';

/** Has the worker bring every digest of the year up to date; one that says the same as before stays as it is. */
export async function refreshes(deps: Deps, tenant: string, yearName: string): Promise<void> {
  const year = await openYear(deps, tenant, deps.newId(), yearName);
  const changes: Change[] = [];
  for (const { id, data } of await deps.store.list(year.year, 'digest')) {
    const channel = await deps.store.read(year.council, 'channel', data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel.data;
    changes.push(deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id }));
  }
  for (let at = 0; at < changes.length; at += BATCH_LIMITS.changes) {
    await deps.store.write(year.year, changes.slice(at, at + BATCH_LIMITS.changes));
  }
}
