import { finalityOf } from '../domain/compose-digest.ts';
import type { YearSettings } from '../domain/council.ts';
import { type IsoDate, longDate } from '../domain/days.ts';
import type { DueItem } from '../domain/due-items.ts';
import { type Period, periodName } from '../domain/periods.ts';
import type { Plan } from '../domain/plan.ts';
import { quotesLeftOut } from '../domain/pre-election.ts';
import type { KpiLine, PlanReport } from '../domain/report.ts';
import { rollUp } from '../domain/roll-up.ts';
import { lateTitle, statusWords } from '../domain/words.ts';
import { kpiEntry, type Naming } from './kpi-entry.ts';
import { milestoneEntry } from './milestone-entry.ts';
import type { Paper, PaperMissing, PaperPlan } from './paper.ts';
import { publishable } from './publishable.ts';
import { readingNotes } from './reading-notes.ts';

export type PaperParts = {
  settings: YearSettings;
  period: Period;
  /** Decides what is overdue, and is the paper's date. */
  today: IsoDate;
  scope: Paper['scope'];
  /** Of the plans that the paper is about, in any order. */
  reports: readonly PlanReport[];
  /** Updates of milestones that are awaited or overdue; those of other plans are passed over. */
  lateMilestones: readonly DueItem[];
  /** How many plans are not shown because they are exempt or confidential. */
  leftOut: number;
  /** Whether what managers wrote is in it. The reports have none of it where it isn't. */
  quotes: boolean;
  /** A person's name by id. */
  nameOf: (id: string | null) => string;
};

const bySeverity = ['confidential', 'exempt'] as const;

function markingOf(plans: readonly Pick<Plan, 'classification'>[]): string | null {
  const marks = bySeverity.filter((mark) => plans.some(({ classification }) => classification === mark));
  return marks.length > 0 ? `${marks.join(' and ').toUpperCase()} – not for publication` : null;
}

function missingOf({ kpis, plan }: PlanReport, parts: PaperParts): PaperMissing[] {
  const ofKpi = (line: KpiLine, title: string, overdue: boolean, due: IsoDate): PaperMissing => ({
    kind: 'kpi',
    ref: line.kpi.ref,
    title,
    manager: parts.nameOf(line.kpi.accountableManager),
    overdue,
    due,
  });
  const ofKpis = kpis.flatMap((line) => [
    // An August that was never given is missing while September is only awaited.
    ...line.late.map((one) => ofKpi(line, lateTitle(line, one), true, one.due)),
    ...(line.rating === 'awaited' ? [ofKpi(line, line.kpi.title, false, line.dueDate!)] : []),
  ]);
  const ofMilestones = parts.lateMilestones
    .filter((item) => item.plan === plan.ref)
    .map(({ ref, title, accountableManager, state, dates }) => ({
      kind: 'milestone' as const,
      ref,
      title,
      manager: parts.nameOf(accountableManager),
      overdue: state === 'overdue',
      due: dates.due,
    }));
  return [...ofKpis, ...ofMilestones].sort((a, b) => Number(b.overdue) - Number(a.overdue));
}

function planOf(report: PlanReport, at: number, parts: PaperParts, naming: Naming): PaperPlan {
  const { plan, status, counts, milestoneCounts } = report;
  const { directorates, portfolios } = parts.settings;
  const nameIn = (list: readonly { ref: string; name: string }[], wanted: string) =>
    list.find(({ ref }) => ref === wanted)?.name ?? wanted;
  return {
    ref: plan.ref,
    anchor: `plan_${at + 1}`,
    title: plan.title,
    directorate: nameIn(directorates, plan.directorate),
    portfolio: nameIn(portfolios, plan.portfolio),
    classification: plan.classification,
    status,
    statusWords: statusWords[status],
    counts,
    milestoneCounts,
    kpis: report.kpis.map((line) => kpiEntry(line, naming)),
    milestones: report.milestones.map((line) => milestoneEntry(line, naming)),
    exceptions: report.exceptions.map((exception) =>
      'kpi' in exception
        ? { kpi: kpiEntry(exception.kpi, naming) }
        : { milestone: milestoneEntry(exception.milestone, naming) },
    ),
    missing: missingOf(report, parts),
    quotes: parts.quotes,
  };
}

/** By directorate in the council's order, then by title. */
function inOrder(reports: readonly PlanReport[], { directorates }: YearSettings): PlanReport[] {
  const places = new Map(directorates.map(({ ref }, at) => [ref, at]));
  const place = ({ plan }: PlanReport) => places.get(plan.directorate) ?? places.size;
  return reports.toSorted((a, b) => place(a) - place(b) || a.plan.title.localeCompare(b.plan.title, 'en-GB'));
}

/** How the plans stand in a period as a paper for an agenda, every text in it fit to print. */
export function composePaper(parts: PaperParts): Paper {
  const { settings, period, today, scope, leftOut } = parts;
  const naming: Naming = { period, comparison: settings.trend, nameOf: parts.nameOf };
  const reports = inOrder(parts.reports, settings);
  const plans = reports.map((report, at) => planOf(report, at, parts, naming));
  const byDirectorate = Map.groupBy(reports, ({ plan }) => plan.directorate);
  const subject = scope === 'all' ? 'all plans' : plans.map(({ title }) => title).join(', ');
  return publishable<Paper>({
    council: settings.name,
    title: `Business plan monitoring: ${subject}`,
    scope,
    marking: markingOf(plans),
    period: { key: period.key, name: periodName(period) },
    asAt: { date: today, text: longDate(today) },
    notice: settings.notice,
    leftOut,
    withheld: parts.quotes ? null : quotesLeftOut,
    total: rollUp(reports),
    directorates: [...byDirectorate].map(([ref, those]) => ({
      name: settings.directorates.find((each) => each.ref === ref)?.name ?? ref,
      total: rollUp(those),
    })),
    plans,
    statements: settings.statements,
    notes: [finalityOf(period, settings, today).text, ...readingNotes(settings, longDate(today))],
  });
}
