import { isDeepStrictEqual } from 'node:util';
import type { Channel } from '../domain/channel.ts';
import { type DigestContent, paginate } from '../domain/compose-digest.ts';
import type { Period } from '../domain/periods.ts';
import type { Occasion } from '../domain/schedule.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Partition, Stored } from '../store/store.ts';
import { hashOf, linesId, marksFor, type Said, withMarks } from './compose-said.ts';
import type { Deps } from './deps.ts';
import type { OpenYear } from './session.ts';

export { composeFor } from './compose-said.ts';

/** A page of a digest keeps clear of what Teams takes for a whole activity (PLATFORM "Cards"). */
const pageBytes = 30_000;

/** A period's first digest in a channel, and each later one by the moment that it is for. */
export const digestId = (period: Period, channelId: string, at: string | null = null): string =>
  at === null ? `${period.key}~${channelId}` : `${period.key}~${channelId}~${at}`;

/** All digests of a period in a channel. */
export const digestsOf = ({ store }: Deps, year: Partition, channel: string, period: Period) =>
  store.list(year, 'digest', { channel, period: period.key });

/** The one that updates and corrections go to; null before the first. */
export const newestOf = (digests: readonly Stored<'digest'>[]): Stored<'digest'> | null =>
  digests.find(({ data }) => data.supersededBy === null) ?? null;

/** A revision that is to be kept: the digest, its own change, and the pages and lines that it points to. */
export type Revision = { digest: DataOf<'digest'>; id: string; changes: Change[]; pages: Change[] };

type Asking = { now: string; by: string | null };

const asked: Occasion = { on: 'asked', at: null };

/**
 * A digest's next revision, with every page as it is said; no changes when it would say the same as now. What
 * differs from what the post shows is marked.
 */
export async function nextRevision(
  deps: Deps,
  year: OpenYear,
  channel: Channel,
  period: Period,
  said: Said,
  before: Stored<'digest'> | null,
  { now, by }: Asking,
): Promise<Revision> {
  const id = before?.id ?? digestId(period, channel.conversationId);
  const marks = await marksFor(deps, year, said, before?.data.shown ?? null);
  const content = withMarks(said, marks, year.settings.timeZone);
  const fingerprint = fingerprintOf(content);
  const lines = Object.fromEntries([...said.lines].map(([plan, { hash }]) => [plan, hash]));
  if (before?.data.fingerprint === fingerprint) return sameContent(id, before, { lines, ...marks }, said);
  const pages = pagesOf(id, content, fingerprint, (before?.data.revision ?? 0) + 1);
  const digest: DataOf<'digest'> = {
    ...(before?.data ?? unposted(asked)),
    channel: channel.conversationId,
    audience: channel.audience,
    period: period.key,
    revision: (before?.data.revision ?? 0) + 1,
    pages: pages.length,
    fingerprint,
    composedAt: now,
    composedBy: by,
    final: content.finality?.final ?? false,
    said: { lines, ...marks },
  };
  return {
    digest,
    id,
    changes: [headChange(id, digest, before)],
    pages: [...pages, ...linesSaid(said, before)],
  };
}

/**
 * The card would look the same. Before it is posted its lines follow the figures all the same, those too that it
 * doesn't show, so that nothing is marked later as changed since a post that was already made of it.
 */
function sameContent(
  id: string,
  before: Stored<'digest'>,
  marked: DataOf<'digest'>['said'],
  said: Said,
): Revision {
  const { data } = before;
  const isCurrent = data.shown !== null || isDeepStrictEqual(data.said.lines, marked.lines);
  if (isCurrent) return { digest: data, id, changes: [], pages: [] };
  const digest = { ...data, said: marked };
  return { digest, id, changes: [headChange(id, digest, before)], pages: linesSaid(said, before) };
}

/**
 * A digest of its own for an occasion, in place of the channel's newest of the period, which is never written afresh
 * again. Whoever else makes one at the same moment finds the same document changed.
 */
export async function nextDigest(
  deps: Deps,
  year: OpenYear,
  channel: Channel,
  period: Period,
  said: Said,
  newest: Stored<'digest'> | null,
  occasion: Occasion,
): Promise<Revision> {
  const id = digestId(period, channel.conversationId, newest && occasion.at);
  const first = await nextRevision(deps, year, channel, period, said, null, { now: year.now, by: null });
  const digest = { ...first.digest, occasion };
  const pages = pagesOf(id, withMarks(said, digest.said, year.settings.timeZone), digest.fingerprint, 1);
  const changes = [headChange(id, digest, null)];
  if (newest) changes.push(headChange(newest.id, { ...newest.data, supersededBy: id }, newest));
  return { digest, id, changes, pages: [...pages, ...linesSaid(said, newest)] };
}

const unposted = (occasion: Occasion) => ({
  activityId: null,
  sentRevision: 0,
  postedBy: null,
  occasion,
  supersededBy: null,
  finalAskedFor: null,
  shown: null,
});

const headChange = (id: string, data: DataOf<'digest'>, before: Stored<'digest'> | null): Change =>
  before
    ? { change: 'replace', kind: 'digest', id, version: before.version, data }
    : { change: 'create', kind: 'digest', id, data };

/** What is said, whenever: neither when it was composed nor when a change came makes it say something else. */
const fingerprintOf = ({ changes = [], ...content }: DigestContent): string =>
  hashOf({ ...content, asAt: null, changes: changes.map(({ text }) => text) });

const pagesOf = (id: string, content: DigestContent, fingerprint: string, revision: number): Change[] =>
  paginate(content, (page) => Buffer.byteLength(JSON.stringify(page), 'utf16le'), pageBytes).map(
    (page, index): Change => ({
      change: 'create',
      kind: 'digest-page',
      id: pageId(id, fingerprint, index + 1),
      data: { digest: id, revision, page: index + 1, content: page },
    }),
  );

/** The lines that a digest didn't say before. */
const linesSaid = ({ lines }: Said, before: Stored<'digest'> | null): Change[] =>
  [...lines].flatMap(([plan, { hash, lines: data }]): Change[] =>
    before?.data.said.lines[plan] === hash
      ? []
      : [{ change: 'create', kind: 'digest-lines', id: linesId(plan, hash), data }],
  );

/** Pages that one batch takes with room to spare: each is at most `pageBytes`. */
const pagesAtOnce = 20;

/**
 * Keeps a digest's pages and lines before the digest that shows them, however many they are. Their ids say what they
 * hold, so one that is there already is the same, and one that no digest comes to show harms nobody.
 */
export async function keepPages(
  { store }: Deps,
  { year }: OpenYear,
  pages: readonly Change[],
): Promise<void> {
  for (let at = 0; at < pages.length; at += pagesAtOnce) {
    const some = await absent(store, year, pages.slice(at, at + pagesAtOnce));
    if (some.length === 0) continue;
    const written = await store.write(year, some);
    if (!written.ok) for (const page of some) await store.write(year, [page]);
  }
}

/** Many channels say the same of a plan, so most lines are there already; reading costs less than a failed write. */
async function absent(store: Deps['store'], year: Partition, changes: readonly Change[]): Promise<Change[]> {
  const known = await Promise.all(
    changes.map(({ kind, id }) => (kind === 'digest-lines' ? store.read(year, kind, id) : null)),
  );
  return changes.filter((_, at) => known[at] === null);
}

export const pageId = (digest: string, fingerprint: string, page: number): string =>
  `${digest}#${fingerprint}/${page}`;
