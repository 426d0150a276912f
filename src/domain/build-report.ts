import type { YearSettings } from './council.ts';
import type { IsoDate } from './days.ts';
import { byKpi } from './due-items.ts';
import type { Kpi, KpiUpdate } from './kpi.ts';
import { type History, kpiLine } from './kpi-line.ts';
import { rateMilestone, worstOf } from './milestone-rating.ts';
import type { Period } from './periods.ts';
import type { Plan } from './plan.ts';
import { countKpis, countMilestones, exceptionsOf, statusOf } from './plan-status.ts';
import type { Milestone, MilestoneUpdate, Project } from './project.ts';
import { remember } from './remember.ts';
import type { MilestoneLine, PlanReport, ProjectLine } from './report.ts';

export type ReportParts = {
  plan: Plan;
  /** The plan's own, in the order in which they are to be shown. */
  kpis: readonly Kpi[];
  /** Updates of this year and of earlier ones, in any order; of several revisions the newest counts. */
  updates: readonly KpiUpdate[];
  /** An update that is about to be kept: it counts instead of what there is for its period. */
  coming?: KpiUpdate;
  projects: readonly Project[];
  milestones: readonly Milestone[];
  milestoneUpdates: readonly MilestoneUpdate[];
  settings: YearSettings;
  /** The period that is reported; any frequency. */
  period: Period;
  /** Decides what is overdue. Milestones are shown as they stand on it, whatever the period. */
  today: IsoDate;
};

/** One plan in one reporting period, from which every card, export and total is made. */
export function buildReport(parts: ReportParts): PlanReport {
  const { plan, period, settings, today, milestoneUpdates, projects, coming } = parts;
  const updates = byKpi(parts.updates);
  const kpis = parts.kpis.map((kpi) => {
    const given = updates.get(kpi.ref) ?? [];
    const own = coming?.kpi === kpi.ref ? withUpdate(given, coming) : given;
    return lineOf(kpi, period, settings, today, ...own);
  });
  const milestones = milestoneLines(milestoneUpdates, parts.milestones, projects, today);
  return {
    plan,
    period,
    status: statusOf(kpis, milestones),
    counts: countKpis(kpis),
    kpis,
    milestones,
    milestoneCounts: countMilestones(milestones),
    projects: parts.projects.map((project) => projectLine(project, milestones)),
    exceptions: exceptionsOf(kpis, milestones),
  };
}

const withUpdate = (given: readonly KpiUpdate[], coming: KpiUpdate): KpiUpdate[] => [
  ...given.filter(({ period }) => period !== coming.period),
  coming,
];

/** A KPI's line, made anew when something of its own has changed: an update of a plan leaves the other lines be. */
const lineOf = remember(
  (kpi: Kpi, period: Period, settings: YearSettings, today: IsoDate, ...updates: KpiUpdate[]) =>
    kpiLine(kpi, historyOf(updates), period, settings, today),
);

function historyOf(updates: readonly KpiUpdate[]): History {
  const history = new Map<string, KpiUpdate>();
  for (const update of updates) {
    const known = history.get(update.period);
    if (!known || known.revision < update.revision) history.set(update.period, update);
  }
  return history;
}

const milestoneLines = remember(
  (
    milestoneUpdates: readonly MilestoneUpdate[],
    milestones: readonly Milestone[],
    projects: readonly Project[],
    today: IsoDate,
  ): MilestoneLine[] => {
    const projectOf = new Map(projects.map((project) => [project.ref, project]));
    const newest = new Map<string, MilestoneUpdate>();
    for (const update of milestoneUpdates) {
      const known = newest.get(update.milestone);
      if (!known || known.revision < update.revision) newest.set(update.milestone, update);
    }
    return milestones.map((milestone) => {
      const update = newest.get(milestone.ref) ?? null;
      // The import refuses a milestone whose project isn't in the plan.
      const project = projectOf.get(milestone.project)!;
      return { milestone, project, update, ...rateMilestone(milestone, update, today) };
    });
  },
);

function projectLine(project: Project, milestones: readonly MilestoneLine[]): ProjectLine {
  const own = milestones.filter((line) => line.milestone.project === project.ref);
  return { project, rating: worstOf(own.map(({ rating }) => rating)), counts: countMilestones(own) };
}
