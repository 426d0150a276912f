import { longDate } from '../../domain/days.ts';
import { plural } from '../../domain/words.ts';
import type { PaperKpi, PaperMilestone, PaperMissing, PaperPlan } from '../paper.ts';
import { type Cell, cell, number, rated, type Table } from './blocks.ts';

const runningTwice = 'Two or more periods running';
const date = (day: string | null) => cell(day && longDate(day));

function kpiRow(kpi: PaperKpi): Cell[] {
  const { result, target, floor, yearToDate, forecast, forecastRating } = kpi;
  return [
    cell(kpi.title, `${kpi.ref} · ${kpi.manager}`),
    cell(
      result?.text ?? '–',
      kpi.provisional && 'Provisional',
      kpi.ofPeriod,
      kpi.dataAge && `Figure for ${kpi.dataAge}`,
    ),
    cell(target?.text),
    cell(floor?.text),
    rated(kpi.ratingWords, kpi.persistent && runningTwice, kpi.override),
    cell(kpi.trend && `${kpi.trendWords.symbol} ${kpi.trendWords.word}`),
    cell(yearToDate?.text),
    cell(forecast?.text, forecastRating?.words.text),
    date(kpi.due),
  ];
}

/** Every KPI of the plan, once. */
export const monitoringTable = ({ title, kpis }: PaperPlan): Table => ({
  block: 'table',
  caption: `${title}: ${plural(kpis.length, 'KPI')} with results, targets and ratings`,
  columns: [
    { heading: 'KPI, reference and accountable manager', width: 24 },
    { heading: 'Result', width: 11, figures: true },
    { heading: 'Target', width: 9, figures: true },
    { heading: 'Floor', width: 8, figures: true },
    { heading: 'Rating', width: 14 },
    { heading: 'Trend', width: 10 },
    { heading: 'Year to date', width: 8, figures: true },
    { heading: 'Year-end forecast', width: 8, figures: true },
    { heading: 'Result due', width: 8 },
  ],
  rows: kpis.map(kpiRow),
  totalled: false,
});

const wordsOf = (words: string) => cell(words ? `“${words}”` : 'None given');

function kpiException(kpi: PaperKpi, quotes: boolean): Cell[] {
  const forecast =
    kpi.forecast &&
    `Year-end forecast ${kpi.forecast.text}${kpi.forecastRating ? `: ${kpi.forecastRating.words.text}` : ''}`;
  return [
    cell(kpi.title, 'KPI'),
    rated(kpi.ratingWords, kpi.persistent && runningTwice, kpi.override),
    cell(kpi.because, kpi.provisional && 'Provisional', kpi.trend && kpi.trendWords.text, forecast),
    ...(quotes
      ? [wordsOf(kpi.cause), cell(kpi.action || 'None given', kpi.actionBy && `By ${longDate(kpi.actionBy)}`)]
      : []),
  ];
}

const milestoneException = (milestone: PaperMilestone, quotes: boolean): Cell[] => [
  cell(milestone.title, `Milestone of ${milestone.project}`),
  rated(milestone.ratingWords),
  cell(milestone.because),
  ...(quotes ? [wordsOf(milestone.cause), cell()] : []),
];

const exceptionColumns = [
  { heading: 'What', width: 21 },
  { heading: 'Rating', width: 13 },
  { heading: 'Figures', width: 22 },
  { heading: 'Cause, in the manager’s words', width: 23 },
  { heading: 'Action', width: 21 },
];
const unquotedColumns = [
  { heading: 'What', width: 36 },
  { heading: 'Rating', width: 22 },
  { heading: 'Figures', width: 42 },
];

/** What members must see, worst first, with the manager's own words where there may be any. */
export const exceptionsTable = ({ title, exceptions, quotes }: PaperPlan): Table => ({
  block: 'table',
  caption: `${title}: ${plural(exceptions.length, 'exception')}, the worst first`,
  columns: quotes ? exceptionColumns : unquotedColumns,
  rows: exceptions.map((exception) =>
    'kpi' in exception
      ? kpiException(exception.kpi, quotes)
      : milestoneException(exception.milestone, quotes),
  ),
  totalled: false,
});

const milestoneRow = (milestone: PaperMilestone): Cell[] => [
  cell(milestone.title, `${milestone.project} · ${milestone.ref} · ${milestone.manager}`),
  date(milestone.baseline),
  date(milestone.forecast),
  date(milestone.completed),
  number(milestone.daysLate),
  cell(milestone.percentComplete !== null && `${milestone.percentComplete}%`),
  rated(milestone.ratingWords, milestone.because),
];

/** Every milestone of the plan, once. */
export const milestonesTable = ({ title, milestones }: PaperPlan): Table => ({
  block: 'table',
  caption: `${title}: ${plural(milestones.length, 'milestone')} against the baseline dates`,
  columns: [
    { heading: 'Milestone, project and accountable manager', width: 32 },
    { heading: 'Baseline', width: 11 },
    { heading: 'Forecast', width: 11 },
    { heading: 'Completed', width: 11 },
    { heading: 'Days late', width: 6, figures: true },
    { heading: 'Complete', width: 8, figures: true },
    { heading: 'Rating', width: 21 },
  ],
  rows: milestones.map(milestoneRow),
  totalled: false,
});

const missingRow = ({ kind, title, manager, overdue, due }: PaperMissing): Cell[] => [
  cell(title, kind === 'kpi' ? 'KPI' : 'Milestone'),
  cell(manager),
  { ...cell(overdue ? '● Overdue' : '○ Awaited'), colour: overdue ? 'warning' : 'default' },
  date(due),
];

/** Updates that have not been given, overdue first. */
export const missingTable = ({ title, missing }: PaperPlan): Table => ({
  block: 'table',
  caption: `${title}: ${plural(missing.length, 'update')} not given, overdue ones first`,
  columns: [
    { heading: 'Update', width: 50 },
    { heading: 'Accountable manager', width: 22 },
    { heading: 'State', width: 13 },
    { heading: 'Due', width: 15 },
  ],
  rows: missing.map(missingRow),
  totalled: false,
});
