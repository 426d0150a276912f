import { longDate } from '../domain/days.ts';
import { formatFigure } from '../domain/figures.ts';
import type { KpiLine, MilestoneLine, PlanReport } from '../domain/report.ts';
import { countsInWords, milestoneWords, ratingWords, statusWords, trendWords } from '../domain/words.ts';

/** A plan for people to read on a terminal: the rating of everything and why. */
export const planText = (report: PlanReport): string =>
  [
    `${report.plan.title} (${report.plan.ref}): ${statusWords[report.status].text}`,
    `  ${countsInWords(report.counts)}`,
    ...report.kpis.map(kpiText),
    ...report.milestones.map(milestoneText),
    '',
  ].join('\n');

function kpiText(line: KpiLine): string {
  const { kpi, rating, because, trend, yearToDate, forecast, forecastRating, persistent } = line;
  const figure = (value: string) => formatFigure(value, kpi.unit, kpi.decimals);
  const more = [
    because,
    trend && trendWords(trend).text,
    persistent && 'persistent',
    line.update?.provisional && 'provisional',
    yearToDate && `year to date ${figure(yearToDate.value)}`,
    forecast !== null &&
      forecastRating &&
      `forecast ${figure(forecast)}: ${ratingWords(forecastRating).text}`,
  ];
  return `  ${ratingWords(rating).text.padEnd(14)} ${kpi.ref}  ${kpi.title}\n      ${more.filter(Boolean).join('; ')}`;
}

const milestoneText = ({ milestone, rating, daysLate }: MilestoneLine): string =>
  `  ${milestoneWords(rating, daysLate).text.padEnd(14)} ${milestone.ref}  ${milestone.title} (due ${longDate(milestone.due)})`;
