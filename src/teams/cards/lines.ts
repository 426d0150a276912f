import type { TrendComparison } from '../../domain/council.ts';
import { sayProvisional } from '../../domain/explain.ts';
import { formatFigure } from '../../domain/figures.ts';
import type { KpiLine, MilestoneLine, PlanException } from '../../domain/report.ts';
import { cut } from '../../domain/typed-text.ts';
import { milestoneWords, ratingWords, trendWords, type Wording } from '../../domain/words.ts';
import { longDate } from '../../domain/year.ts';
import { textColour } from './tone.ts';

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export const figureOf = ({ kpi }: KpiLine, value: string): string =>
  formatFigure(value, kpi.unit, kpi.decimals);

/** A KPI's rating with what made it; an override has no rule behind it, so the computed one stands beside it. */
export function lineRating({ rating, update, result }: KpiLine): Wording {
  const overridden = update?.rating.override;
  return ratingWords(rating, overridden ? null : (update?.rating.rule ?? null), result);
}

function overrideNote({ update, result }: KpiLine): string {
  const override = update?.rating.override;
  if (!update || !override) return '';
  const computed = ratingWords(update.rating.computed, update.rating.rule, result);
  return `Rating approved by hand: ${override.reason} The rule alone gives ${computed.text}.`;
}

const quote = (words: string, length: number) => (words ? `“${cut(words, length)}”` : '');

const actionLine = (action: string, by: string | null, length: number) =>
  action ? `Action${by ? ` by ${longDate(by)}` : ''}: ${cut(action, length)}` : '';

export function forecastLine(line: KpiLine): string {
  if (line.forecast === null) return '';
  const rated = line.forecastRating ? `: ${ratingWords(line.forecastRating).text}` : '';
  return `Year-end forecast ${figureOf(line, line.forecast)}${rated}`;
}

const persistentMark = ' · two or more periods running';

/** One exception as every card shows it: what, how it is rated, the figures, and the manager's own words. */
export function exceptionData(exception: PlanException, comparison: TrendComparison | null, words: number) {
  return 'kpi' in exception
    ? kpiException(exception.kpi, comparison, words)
    : milestoneException(exception.milestone, words);
}

function kpiException(line: KpiLine, comparison: TrendComparison | null, words: number) {
  const { kpi, trend, update, because, persistent } = line;
  const rating = lineRating(line);
  return {
    title: kpi.title,
    rating: `${rating.text}${persistent ? persistentMark : ''}`,
    colour: textColour(rating),
    because: sayProvisional(because, update?.provisional),
    beside: [trend ? trendWords(trend, comparison).text : '', forecastLine(line)].filter(Boolean).join(' · '),
    override: overrideNote(line),
    words: quote(update?.commentary ?? '', words),
    action: actionLine(update?.action ?? '', update?.actionBy ?? null, words),
  };
}

function milestoneException(line: MilestoneLine, words: number) {
  const rating = milestoneWords(line.rating, line.daysLate);
  return {
    title: `Milestone: ${line.milestone.title}`,
    rating: rating.text,
    colour: textColour(rating),
    because: line.because,
    beside: '',
    override: '',
    words: quote(line.update?.commentary ?? '', words),
    action: '',
  };
}

/** A milestone in a list: `✖ Red – 40 days late` and the dates. */
export function milestoneData(line: MilestoneLine) {
  const rating = milestoneWords(line.rating, line.daysLate);
  return {
    title: line.milestone.title,
    rating: rating.text,
    colour: textColour(rating),
    because: line.because,
  };
}
