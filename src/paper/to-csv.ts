import { stringify } from 'csv-stringify/sync';
import type { Paper, PaperKpi, PaperMilestone, PaperPlan } from './paper.ts';

/** The headings, which never change their names: one row for each KPI and each milestone. */
export const csvColumns = [
  'council',
  'reporting_period',
  'reporting_period_name',
  'as_at',
  'notice',
  'plan',
  'plan_title',
  'directorate',
  'portfolio',
  'classification',
  'plan_status',
  'kind',
  'ref',
  'title',
  'project',
  'accountable_manager',
  'unit',
  'period',
  'result',
  'provisional',
  'figure_for',
  'target',
  'floor',
  'rating',
  'rating_in_words',
  'override',
  'two_or_more_periods_running',
  'trend',
  'trend_in_words',
  'year_to_date',
  'forecast',
  'forecast_rating',
  'due',
  'update_missing',
  'baseline',
  'forecast_date',
  'completed',
  'percent_complete',
  'days_late',
  'because',
  'cause',
  'action',
  'action_by',
] as const;

type Row = { [Heading in (typeof csvColumns)[number]]?: string | number | null };

const yesNo = (is: boolean) => (is ? 'yes' : 'no');

const kpiRow = (kpi: PaperKpi): Row => ({
  kind: 'kpi',
  ref: kpi.ref,
  title: kpi.title,
  accountable_manager: kpi.manager,
  unit: kpi.unit,
  period: kpi.period,
  result: kpi.result?.value,
  provisional: yesNo(kpi.provisional),
  figure_for: kpi.dataAge,
  target: kpi.target?.value,
  floor: kpi.floor?.value,
  rating: kpi.rating,
  rating_in_words: kpi.ratingWords.text,
  override: kpi.override,
  two_or_more_periods_running: yesNo(kpi.persistent),
  trend: kpi.trend,
  trend_in_words: kpi.trend && kpi.trendWords.text,
  year_to_date: kpi.yearToDate?.value,
  forecast: kpi.forecast?.value,
  forecast_rating: kpi.forecastRating?.rating,
  due: kpi.due,
  because: kpi.because,
  cause: kpi.cause,
  action: kpi.action,
  action_by: kpi.actionBy,
});

const milestoneRow = (milestone: PaperMilestone): Row => ({
  kind: 'milestone',
  ref: milestone.ref,
  title: milestone.title,
  project: milestone.project,
  accountable_manager: milestone.manager,
  rating: milestone.rating,
  rating_in_words: milestone.ratingWords.text,
  baseline: milestone.baseline,
  forecast_date: milestone.forecast,
  completed: milestone.completed,
  percent_complete: milestone.percentComplete,
  days_late: milestone.daysLate,
  because: milestone.because,
  cause: milestone.cause,
});

const planRows = (paper: Paper, plan: PaperPlan): Row[] => {
  const common: Row = {
    council: paper.council,
    reporting_period: paper.period.key,
    reporting_period_name: paper.period.name,
    as_at: paper.asAt.date,
    notice: [paper.withheld, paper.notice].filter(Boolean).join(' ') || null,
    plan: plan.ref,
    plan_title: plan.title,
    directorate: plan.directorate,
    portfolio: plan.portfolio,
    classification: plan.classification,
    plan_status: plan.status,
  };
  // Awaited ones first, so that a KPI with an overdue update as well counts as overdue.
  const byUrgency = plan.missing.toSorted((a, b) => Number(a.overdue) - Number(b.overdue));
  const missing = new Map(byUrgency.map(({ kind, ref, overdue }) => [`${kind} ${ref}`, overdue]));
  const update = ({ kind, ref }: Row) => {
    const overdue = missing.get(`${kind} ${ref}`);
    return overdue === undefined ? null : overdue ? 'overdue' : 'awaited';
  };
  const rows = [...plan.kpis.map(kpiRow), ...plan.milestones.map(milestoneRow)];
  return rows.map((row) => ({ ...common, ...row, update_missing: update(row) }));
};

const isNumber = /^-?\d+(\.\d+)?$/;

/**
 * RFC 4180 with a byte-order mark, by which Excel knows UTF-8. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front; a number stays a number, with all its places.
 */
export const toCsv = (paper: Paper): string =>
  stringify(
    paper.plans.flatMap((plan) => planRows(paper, plan)),
    {
      header: true,
      columns: [...csvColumns],
      bom: true,
      record_delimiter: '\r\n',
      // Left out, a line break inside a cell stands unquoted as soon as the record delimiter is named.
      quote_record_delimiter: true,
      escape_formulas: true,
      cast: {
        string: (value) => (isNumber.test(value) ? { value, escape_formulas: false } : value),
      },
    },
  );
