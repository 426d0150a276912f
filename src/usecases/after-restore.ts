import type { Acted } from './audit-trail.ts';
import { commandLine, writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';

/** Keeps in every council's audit trail what was done to the whole store. */
export async function recordForAll(deps: Deps, act: Acted['act']): Promise<void> {
  for (const tenant of await deps.store.tenants()) {
    const who = { now: deps.now(tenant), correlationId: commandLine };
    await writeAct(deps, { tenant, year: null }, who, { act, about: {} });
  }
}

/**
 * What was waiting to be sent when a backup was made may have been sent since. It is marked as not known, for a clerk
 * to look and to send again, and not sent twice by itself. Gives how many messages that are.
 */
export async function doubtWhatWaited(deps: Deps): Promise<number> {
  const { store, wallNow } = deps;
  let doubted = 0;
  for (const tenant of await store.tenants()) {
    const council = await store.read({ tenant, year: null }, 'council', 'council');
    for (const year of [null, ...(council?.data.years ?? [])]) {
      const partition = { tenant, year };
      for (const { id, version, data } of await store.list(partition, 'delivery')) {
        if (data.state !== 'waiting' && data.state !== 'sending') continue;
        const reason = 'the store was restored from a backup; it may have been sent since';
        const doubt = { ...data, state: 'unknown', reason, claimedBy: null, settledAt: wallNow() } as const;
        await store.write(partition, [{ change: 'replace', kind: 'delivery', id, version, data: doubt }]);
        doubted += 1;
      }
    }
  }
  return doubted;
}
