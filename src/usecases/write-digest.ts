import { createHash } from 'node:crypto';
import type { Channel } from '../domain/channel.ts';
import { composeDigest, type DigestContent, paginate, visibleIn } from '../domain/compose-digest.ts';
import { isAbout } from '../domain/digest.ts';
import { type Period, previousPeriod } from '../domain/periods.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { loadPlans, reportsIn } from './plan-reports.ts';
import type { OpenYear } from './session.ts';

/** A page of a digest keeps clear of what Teams takes for a whole activity (PLATFORM "Cards"). */
const pageBytes = 30_000;

export const digestId = (period: Period, channelId: string): string => `${period.key}~${channelId}`;

/** What a channel is told of a period, as things stand now. */
export async function composeFor(
  deps: Deps,
  year: OpenYear,
  { audience, cleared }: Pick<Channel, 'audience' | 'cleared'>,
  period: Period,
): Promise<DigestContent> {
  const before = previousPeriod(period);
  const about = { audience, settings: year.settings, people: year.nameOf, now: year.now };
  const plans = (await deps.store.list(year.year, 'plan')).filter(({ data }) => isAbout(audience, data));
  const shown = plans.filter(({ data }) => visibleIn(data, audience, cleared));
  const wanted = new Set(shown.map(({ data }) => data.ref));
  // Read once for both periods: in a large council reading costs more than everything that is made of it.
  const loaded = await loadPlans(deps, year, ({ ref }) => wanted.has(ref));
  const previous =
    before.year === year.settings.year
      ? composeDigest({ ...about, period: before, reports: reportsIn(before, loaded, year), previous: null })
      : null;
  const leftOut = plans.length - shown.length;
  return composeDigest({ ...about, period, reports: reportsIn(period, loaded, year), previous, leftOut });
}

/**
 * The changes that keep a digest's next revision, with every page as it is said; none when it would say the
 * same as now.
 */
export function digestChanges(
  channel: Channel,
  period: Period,
  content: DigestContent,
  before: Stored<'digest'> | null,
  { now, by }: { now: string; by: string | null },
): { digest: DataOf<'digest'>; changes: Change[]; pages: Change[] } {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify({ ...content, asAt: null }))
    .digest('base64url');
  if (before?.data.fingerprint === fingerprint) return { digest: before.data, changes: [], pages: [] };
  const id = digestId(period, channel.conversationId);
  const pages = paginate(content, (page) => Buffer.byteLength(JSON.stringify(page), 'utf16le'), pageBytes);
  const digest: DataOf<'digest'> = {
    channel: channel.conversationId,
    audience: channel.audience,
    period: period.key,
    revision: (before?.data.revision ?? 0) + 1,
    pages: pages.length,
    fingerprint,
    activityId: before?.data.activityId ?? null,
    sentRevision: before?.data.sentRevision ?? 0,
    postedBy: before?.data.postedBy ?? null,
    composedAt: now,
    composedBy: by,
  };
  const head: Change = before
    ? { change: 'replace', kind: 'digest', id, version: before.version, data: digest }
    : { change: 'create', kind: 'digest', id, data: digest };
  const said = pages.map(
    (page, index): Change => ({
      change: 'create',
      kind: 'digest-page',
      id: pageId(id, fingerprint, index + 1),
      data: { digest: id, revision: digest.revision, page: index + 1, content: page },
    }),
  );
  return { digest, changes: [head], pages: said };
}

/** Pages that one batch takes with room to spare: each is at most `pageBytes`. */
const pagesAtOnce = 20;

/**
 * Keeps a digest's pages before the digest that shows them, however many they are. A page's id says what it holds,
 * so one that is there already is the same, and one that no digest comes to show harms nobody.
 */
export async function keepPages(
  { store }: Deps,
  { year }: OpenYear,
  pages: readonly Change[],
): Promise<void> {
  for (let at = 0; at < pages.length; at += pagesAtOnce) {
    const some = pages.slice(at, at + pagesAtOnce);
    const written = await store.write(year, some);
    if (!written.ok) for (const page of some) await store.write(year, [page]);
  }
}

export const pageId = (digest: string, fingerprint: string, page: number): string =>
  `${digest}#${fingerprint}/${page}`;
