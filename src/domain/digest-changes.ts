import { z } from 'zod';
import { datesOf } from './calendar.ts';
import type { YearSettings } from './council.ts';
import { longDate } from './days.ts';
import { figureOf } from './line-words.ts';
import { clockTime, dateAt } from './local-time.ts';
import type { KpiLine, MilestoneLine, PlanReport } from './report.ts';
import { cut } from './typed-text.ts';
import { milestoneWords, ratingWords } from './words.ts';

/** What is said of one figure or milestone, so that the next telling can be held against it. */
const lineSchema = z.object({
  ref: z.string(),
  title: z.string(),
  /** In its unit; null when none was given. */
  figure: z.string().nullable(),
  /** `Red`, without its reason. */
  rating: z.string(),
  /** The manager's words as they were given. */
  words: z.string(),
  /** When it was given, ISO. */
  at: z.string().nullable(),
  /** Why it was corrected. */
  reason: z.string().nullable(),
  afterLock: z.boolean(),
});
type Line = z.infer<typeof lineSchema>;

export const planLinesSchema = z.object({ plan: z.string(), title: z.string(), lines: z.array(lineSchema) });
export type PlanLines = z.infer<typeof planLinesSchema>;

export const digestChangeSchema = z.object({
  plan: z.string(),
  text: z.string(),
  /** When it was given; when it was noticed, where nobody gave it. ISO. */
  at: z.string(),
});
export type DigestChange = z.infer<typeof digestChangeSchema>;

const titleLength = 100;
const reasonLength = 140;

/** What a report says of each figure and milestone. */
export function linesOf(
  { plan, kpis, milestones }: PlanReport,
  { calendar, timeZone }: YearSettings,
): PlanLines {
  const isLate = (at: string, locks: string) => dateAt(at, timeZone) > locks;
  const kpiLine = (line: KpiLine): Line => {
    const { kpi, period, update, result, rating } = line;
    const at = update?.submittedAt ?? null;
    return {
      ref: kpi.ref,
      title: cut(kpi.title, titleLength),
      figure: result === null ? null : figureOf(line, result),
      rating: ratingWords(rating).word,
      words: [update?.commentary, update?.action, update?.actionBy, update?.forecast].join('\n'),
      at,
      reason: update?.reason ? cut(update.reason, reasonLength) : null,
      afterLock: at !== null && period !== null && isLate(at, datesOf(period, calendar).locks),
    };
  };
  const milestoneLine = ({ milestone, update, rating }: MilestoneLine): Line => ({
    ref: milestone.ref,
    title: cut(milestone.title, titleLength),
    figure: null,
    // How many days late it is grows by itself; it is said where the milestone is told.
    rating: milestoneWords(rating).word,
    words: [update?.commentary, update?.forecast, update?.percentComplete].join('\n'),
    at: update?.submittedAt ?? null,
    reason: update?.reason ? cut(update.reason, reasonLength) : null,
    afterLock: false,
  });
  return {
    plan: plan.ref,
    title: cut(plan.title, titleLength),
    lines: [...kpis.map(kpiLine), ...milestones.map(milestoneLine)],
  };
}

/** `82.1% → 85.0%, was Red, now Amber`; null where a reader of the digest would see no difference. */
function difference(before: Line, now: Line): string | null {
  // What becomes overdue by itself is the calendar's doing: the digest tells it, and nobody changed it.
  if (before.figure === now.figure && before.at === now.at) return null;
  const rated = before.rating === now.rating ? '' : `was ${before.rating}, now ${now.rating}`;
  const figure =
    before.figure === now.figure
      ? ''
      : before.figure === null
        ? `${now.figure} given`
        : now.figure === null
          ? `${before.figure} withdrawn`
          : `${before.figure} → ${now.figure}`;
  const said = [figure, rated].filter(Boolean).join(', ');
  if (said) return said;
  return before.words === now.words ? null : 'the manager’s words were changed';
}

/**
 * What changed in a plan between two tellings. A KPI that is new or gone is the register's change and is left to the
 * figures themselves.
 *
 * @param now when it was noticed, for what nobody gave
 */
export function changesBetween(before: PlanLines, after: PlanLines, now: string): DigestChange[] {
  const known = new Map(before.lines.map((line) => [line.ref, line]));
  return after.lines.flatMap((line): DigestChange[] => {
    const was = known.get(line.ref);
    const said = was && difference(was, line);
    if (!said) return [];
    const isGiven = line.at !== null && line.at !== was.at;
    const late = isGiven && line.afterLock;
    const why = isGiven && line.reason ? `. Reason: ${line.reason}` : '';
    const text = `${after.title}: ${line.ref} ${line.title}: ${said}${late ? ', after the lock' : ''}${why}`;
    return [{ plan: after.plan, text, at: isGiven ? line.at! : now }];
  });
}

/** `14 October, 9.12am`. */
export const whenChanged = (at: string, timeZone: string): string =>
  `${longDate(dateAt(at, timeZone)).replace(/ \d{4}$/, '')}, ${clockTime(at, timeZone)}`;

const mostMarked = 5;

export type Marked = { changes: DigestChange[]; earlierChanges: number };

/** New changes with those marked before, the newest first, as many as a card has room for. */
export function markedChanges(fresh: readonly DigestChange[], before: Marked): Marked {
  const all = [...fresh.toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0)), ...before.changes];
  return {
    changes: all.slice(0, mostMarked),
    earlierChanges: before.earlierChanges + Math.max(0, all.length - mostMarked),
  };
}
