import type { Kpi } from '../domain/kpi.ts';
import type { KpiLine, MilestoneLine, PlanReport } from '../domain/report.ts';

/** A figure as programs read it: a number, `yes` or `no`, or the words that a target is printed in. */
function figure({ unit }: Kpi, value: string | null): number | string | null {
  if (value === null) return null;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (unit === 'yes-no') return Number(value) === 0 ? 'no' : 'yes';
  return Number(value);
}

const kpiJson = ({ kpi, ...line }: KpiLine) => ({
  ref: kpi.ref,
  title: kpi.title,
  period: line.period?.key ?? null,
  result: figure(kpi, line.result),
  target: figure(kpi, line.target),
  floor: figure(kpi, line.floor),
  rating: line.rating,
  computedRating: line.computed,
  because: line.because,
  trend: line.trend,
  yearToDate: figure(kpi, line.yearToDate?.value ?? null),
  forecast: figure(kpi, line.forecast),
  forecastRating: line.forecastRating,
  persistent: line.persistent,
  provisional: line.update?.provisional ?? false,
  commentary: line.update?.commentary ?? '',
  dueDate: line.dueDate,
});

const milestoneJson = ({ milestone, update, rating, daysLate, because }: MilestoneLine) => ({
  ref: milestone.ref,
  title: milestone.title,
  baseline: milestone.due,
  forecast: update?.forecast ?? null,
  completed: update?.completed ?? null,
  percentComplete: update?.percentComplete ?? null,
  rating,
  daysLate,
  because,
});

/** One plan as `--json` prints it (DESIGN "Command line"). */
export const planJson = ({ plan, status, counts, kpis, milestones }: PlanReport) => ({
  ref: plan.ref,
  title: plan.title,
  status,
  counts,
  kpis: kpis.map(kpiJson),
  milestones: milestones.map(milestoneJson),
});
