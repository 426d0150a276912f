import { percentOf } from '../domain/roll-up.ts';

/** A row of summaries.csv, every column as text; empty where the council printed nothing. */
export type PublishedSummary = Record<
  | 'source'
  | 'period'
  | 'scope'
  | 'total_stated'
  | 'green'
  | 'amber'
  | 'red'
  | 'other_or_unrated'
  | 'dot_better'
  | 'dot_same'
  | 'dot_worse'
  | 'pct_green'
  | 'pct_amber'
  | 'pct_red',
  string
>;

/** One place where a published summary doesn't reconcile with itself. */
export type PublishedSlip = { source: string; period: string; scope: string; sentence: string };

const colours = ['green', 'amber', 'red'] as const;

const number = (text: string): number | null => (text === '' ? null : Number(text));

/** Every slip in one published summary: counts that don't make up the total, shares that don't follow from them. */
export function checkSummary(summary: PublishedSummary): PublishedSlip[] {
  const { source, period, scope } = summary;
  const counts = colours.map((colour) => number(summary[colour]));
  const rated = ratedIn(summary);
  const sentences = [
    ...countSlips(summary, counts, rated),
    ...travelSlips(summary, rated),
    ...shareSlips(summary, rated),
  ];
  return sentences.map((sentence) => ({ source, period, scope, sentence }));
}

/** How many were rated: the colours together or, where not all are printed, the total less the unrated. */
function ratedIn(summary: PublishedSummary): number {
  const counts = colours.map((colour) => number(summary[colour]));
  if (counts.every((count) => count !== null)) return counts.reduce((sum, count) => sum + count, 0);
  return Number(summary.total_stated) - Number(summary.other_or_unrated);
}

function countSlips(summary: PublishedSummary, counts: (number | null)[], rated: number): string[] {
  const total = number(summary.total_stated);
  const accounted = rated + Number(summary.other_or_unrated);
  return total === null || accounted === total
    ? []
    : [`${counts.join(' + ')} = ${rated} of ${total}: ${total - accounted} not accounted for`];
}

function travelSlips({ dot_better, dot_same, dot_worse }: PublishedSummary, rated: number): string[] {
  if (dot_better === '') return [];
  const moved = Number(dot_better) + Number(dot_same) + Number(dot_worse);
  return moved === rated ? [] : [`directions of travel for ${moved} indicators, ratings for ${rated}`];
}

function shareSlips(summary: PublishedSummary, rated: number): string[] {
  return colours.flatMap((colour) => {
    const printed = number(summary[`pct_${colour}`]);
    const share = percentOf(Number(summary[colour]), rated);
    return printed === null || printed === share
      ? []
      : [`${summary[colour]} of ${rated} ${colour} is ${share}%, printed as ${printed}%`];
  });
}
