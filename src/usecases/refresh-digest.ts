import { placeOfChannel } from '../domain/access.ts';
import { digestContentSchema } from '../domain/compose-digest.ts';
import { periodOf } from '../domain/periods.ts';
import { withholdPlans } from '../domain/withhold-plans.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Stored } from '../store/store.ts';
import { composeSaid, hashOf } from './compose-said.ts';
import type { Deps } from './deps.ts';
import { hiddenPlans } from './hidden-plans.ts';
import { type OpenYear, openYear } from './session.ts';
import { keepPages, nextRevision, pageId } from './write-digest.ts';

export type RefreshedDigest = { digest: Stored<'digest'>; channel: DataOf<'channel'> };

/** More than are ever needed for the figures to come to rest. */
const attempts = 10;

/**
 * Writes what a digest says now, when that differs from what it said, and gives it back with its channel; null
 * when the digest or its channel is gone. One that a newer has followed keeps its figures; only plans that its
 * channel may not see any more are taken out of it.
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
    const { changes, pages } = await revisionOf(deps, year, digest, channel.data);
    if (changes.length === 0) return { digest, channel: channel.data };
    await keepPages(deps, year, pages);
    await deps.store.write(year.year, changes);
  }
  throw new Error('a digest said something else each time it was composed');
}

/**
 * Whether a digest's post shows something else than it should. One that a newer has followed keeps its figures, so it
 * is behind only when it shows a plan that may not be told there any more.
 */
export function isBehind({
  activityId,
  sentRevision,
  revision,
  supersededBy,
  shown,
  said,
}: DataOf<'digest'>) {
  if (activityId === null || sentRevision === revision) return false;
  const toldBefore = Object.keys(shown?.lines ?? {});
  return supersededBy === null || toldBefore.some((plan) => !Object.hasOwn(said.lines, plan));
}

async function revisionOf(
  deps: Deps,
  year: OpenYear,
  digest: Stored<'digest'>,
  channel: DataOf<'channel'>,
): Promise<{ changes: Change[]; pages: Change[] }> {
  if (digest.data.supersededBy !== null) return withoutHidden(deps, digest, channel);
  const period = periodOf(digest.data.period);
  const said = await composeSaid(deps, year, channel, period);
  return nextRevision(deps, year, channel, period, said, digest, { now: year.now, by: null });
}

/** A followed digest's pages as they were, without what its channel may not see any more. */
async function withoutHidden(
  deps: Deps,
  { id, version, data, partition }: Stored<'digest'>,
  channel: DataOf<'channel'>,
): Promise<{ changes: Change[]; pages: Change[] }> {
  const hidden = await hiddenPlans(deps, partition, Object.keys(data.said.lines), placeOfChannel(channel));
  if (hidden.size === 0) return { changes: [], pages: [] };
  const revision = data.revision + 1;
  const fingerprint = hashOf([data.fingerprint, [...hidden].sort()]);
  const pages: Change[] = [];
  for (let page = 1; page <= data.pages; page++) {
    const said = await deps.store.read(partition, 'digest-page', pageId(id, data.fingerprint, page));
    if (!said) continue;
    const content = withholdPlans(digestContentSchema.parse(said.data.content), hidden);
    const own = { digest: id, revision, page, content };
    pages.push({ change: 'create', kind: 'digest-page', id: pageId(id, fingerprint, page), data: own });
  }
  const lines = Object.fromEntries(Object.entries(data.said.lines).filter(([ref]) => !hidden.has(ref)));
  const said = { lines, changes: [], earlierChanges: 0 };
  const head = { ...data, revision, fingerprint, said };
  return { changes: [{ change: 'replace', kind: 'digest', id, version, data: head }], pages };
}
