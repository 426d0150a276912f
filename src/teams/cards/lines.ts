import type { TrendComparison } from '../../domain/council.ts';
import { longDate } from '../../domain/days.ts';
import { sayProvisional } from '../../domain/explain.ts';
import { forecastText, ratingOf } from '../../domain/line-words.ts';
import type { KpiLine, MilestoneLine, PlanException } from '../../domain/report.ts';
import { cut } from '../../domain/typed-text.ts';
import { milestoneWords, ratingWords, trendWords } from '../../domain/words.ts';

function overrideNote({ update, result }: KpiLine): string {
  const override = update?.rating.override;
  if (!update || !override) return '';
  const computed = ratingWords(update.rating.computed, update.rating.rule, result);
  const why = override.reason ? `: ${override.reason}` : '.';
  return `Rating approved by hand${why} The rule alone gives ${computed.text}.`;
}

const quote = (words: string, length: number) => (words ? `“${cut(words, length)}”` : '');

const actionLine = (action: string, by: string | null, length: number) =>
  action ? `Action${by ? ` by ${longDate(by)}` : ''}: ${cut(action, length)}` : '';

const persistentMark = ' · two or more periods running';

/** One exception as every card shows it: what, how it is rated, the figures, and the manager's own words. */
export function exceptionData(exception: PlanException, comparison: TrendComparison | null, words: number) {
  return 'kpi' in exception
    ? kpiException(exception.kpi, comparison, words)
    : milestoneException(exception.milestone, words);
}

function kpiException(line: KpiLine, comparison: TrendComparison | null, words: number) {
  const { kpi, trend, update, because, persistent } = line;
  const rating = ratingOf(line);
  return {
    title: kpi.title,
    rating: `${rating.text}${persistent ? persistentMark : ''}`,
    because: sayProvisional(because, update?.provisional),
    beside: [trend ? trendWords(trend, comparison).text : '', forecastText(line)].filter(Boolean).join(' · '),
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
    because: line.because,
  };
}
