import { createHash } from 'node:crypto';
import type { Channel } from '../domain/channel.ts';
import { composeDigest, type DigestContent, visibleIn } from '../domain/compose-digest.ts';
import { isAbout } from '../domain/digest.ts';
import {
  changesBetween,
  type DigestChange,
  linesOf,
  type Marked,
  markedChanges,
  type PlanLines,
  whenChanged,
} from '../domain/digest-changes.ts';
import { type Period, previousPeriod } from '../domain/periods.ts';
import { mayQuote, withoutReason } from '../domain/pre-election.ts';
import type { PlanReport } from '../domain/report.ts';
import type { DataOf } from '../store/documents.ts';
import type { Deps } from './deps.ts';
import { loadPlans, reportsIn } from './plan-reports.ts';
import type { OpenYear } from './session.ts';

/** What a channel is told of a period: what stands on the card, and every figure behind it. */
export type Said = { content: DigestContent; lines: ReadonlyMap<string, SaidLines> };
type SaidLines = { hash: string; lines: PlanLines };

/** What a channel is told of a period, as things stand now, wherever it is asked for. */
export async function composeSaid(
  deps: Deps,
  year: OpenYear,
  { audience, cleared }: Pick<Channel, 'audience' | 'cleared'>,
  period: Period,
): Promise<Said> {
  const before = previousPeriod(period);
  const about = { audience, settings: year.settings, people: year.nameOf, now: year.now };
  const plans = (await deps.store.list(year.year, 'plan')).filter(({ data }) => isAbout(audience, data));
  const shown = plans.filter(({ data }) => visibleIn(data, audience, cleared));
  const wanted = new Set(shown.map(({ data }) => data.ref));
  const load = (quotes: boolean) => loadPlans(deps, { ...year, quotes }, ({ ref }) => wanted.has(ref));
  // Read once for both periods: in a large council reading costs more than everything that is made of it.
  // With every word, because the lines are held against later ones.
  const loaded = await load(true);
  const previous =
    before.year === year.settings.year
      ? composeDigest({ ...about, period: before, reports: reportsIn(before, loaded, year), previous: null })
      : null;
  const leftOut = plans.length - shown.length;
  const reports = reportsIn(period, loaded, year);
  const compose = (told: PlanReport[]) =>
    composeDigest({ ...about, period, reports: told, previous, leftOut });
  const content = mayQuote(year.preElection, null)
    ? compose(reports)
    : { ...compose(reportsIn(period, await load(false), year)), preElection: true };
  const lines = reports.map((report): [string, SaidLines] => {
    const said = linesOf(report, year.settings);
    return [report.plan.ref, { hash: hashOf(said).slice(0, 22), lines: said }];
  });
  return { content, lines: new Map(lines) };
}

/** What stands on the card alone, where nothing is kept. */
export const composeFor = async (...parts: Parameters<typeof composeSaid>): Promise<DigestContent> =>
  (await composeSaid(...parts)).content;

export const hashOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url');

export const linesId = (plan: string, hash: string): string => `${plan}/${hash}`;

/** What is marked as changed once this is said: what the post shows already, and what differs from it now. */
export async function marksFor(
  { store }: Deps,
  { year, now }: OpenYear,
  { lines }: Said,
  shown: DataOf<'digest'>['shown'],
): Promise<Marked> {
  if (!shown) return { changes: [], earlierChanges: 0 };
  const fresh: DigestChange[] = [];
  for (const [plan, { hash, lines: said }] of lines) {
    const was = shown.lines[plan];
    if (!was || was === hash) continue;
    const before = await store.read(year, 'digest-lines', linesId(plan, was));
    if (before) fresh.push(...changesBetween(before.data, said, now));
  }
  // A plan that the channel may not see any more isn't named by what once changed in it either.
  const changes = shown.changes.filter(({ plan }) => lines.has(plan));
  return markedChanges(fresh, { changes, earlierChanges: shown.earlierChanges });
}

/** What is said with its changes marked, as it stands on the card. */
export const withMarks = (
  { content }: Said,
  { changes, earlierChanges }: Marked,
  timeZone: string,
): DigestContent => ({
  ...content,
  changes: changes.map(({ text, at }) => ({
    text: content.preElection ? withoutReason(text) : text,
    when: whenChanged(at, timeZone),
  })),
  earlierChanges,
});
