import { ratingWords, trendWords } from '../domain/words.ts';
import type { Replay, ReplayedRow } from './replay.ts';

/** A replay as text for people: every row with both ratings and the rule, then what differs and what slipped. */
export function replayTable({ rows, differences, summaries, slips }: Replay): string {
  const sure = rows.filter((row) => row.sure);
  const own = rows.filter((row) => row.ownRule !== null);
  return [
    ...rows.flatMap((row) => [heading(row), `      ${row.because}`]),
    '',
    `${rows.length} published rows, ${sure.length} with a rating printed as a word: ${sure.length - differences.length} agree, ${differences.length} differ.`,
    ...differences.map((row) => `  row ${row.row}: ${verdict(row)}`),
    'Rows with a rule of their own:',
    ...own.map((row) => `  row ${row.row}: ${row.ownRule}`),
    `${summaries.length} published summaries, ${slips.length} slips in them:`,
    ...slips.map(({ source, period, scope, sentence }) => `  ${source}, ${period}, ${scope}: ${sentence}`),
  ].join('\n');
}

const widest = 70;

const short = (text: string) => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text);

const heading = (row: ReplayedRow) =>
  `${row.row.padStart(4)}  ${short(row.indicator).padEnd(widest)}  ${verdict(row)}`;

function verdict({ rating, printedRating, trend, printedTrend }: ReplayedRow): string {
  const printed = printedRating ? `printed ${ratingWords(printedRating).word}` : 'no rating printed';
  const travel = printedTrend ? `; ${trendWords(trend).word}, printed ${trendWords(printedTrend).word}` : '';
  return `${ratingWords(rating).text} (${printed})${travel}`;
}
