import type { TrendComparison } from '../../domain/council.ts';
import type { MilestoneRating } from '../../domain/project.ts';
import type { KpiLine, MilestoneLine, PlanReport } from '../../domain/report.ts';
import { countsInWords, milestoneWords, statusWords, trendWords } from '../../domain/words.ts';
import { daysBetween, type IsoDate, longDate, type Period, periodName } from '../../domain/year.ts';
import { type Button, button } from './button.ts';
import { exceptionGroups } from './exception-groups.ts';
import { fitting } from './fitting.ts';
import { exceptionData, figureOf, lineRating, milestoneData, plural } from './lines.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { bandOf, textColour } from './tone.ts';

export type PlanStatusView = Foot & {
  report: PlanReport;
  directorate: string;
  /** Which comparison the trend is: the council's setting. */
  comparison: TrendComparison;
  today: IsoDate;
  /** The name of whoever gives an update. */
  nameOf: (person: string | null) => string;
  /** The periods that can be chosen, the shown one included. */
  periods: readonly Period[];
  /** Back to where the plan was opened from, such as a digest. */
  back?: Button | null;
};

/** How much of a plan is shown: less and less until the card is small enough for Teams. */
const amounts = [
  { exceptions: 10, words: 600, kpis: 60, milestones: 30 },
  { exceptions: 8, words: 300, kpis: 40, milestones: 20 },
  { exceptions: 6, words: 160, kpis: 25, milestones: 12 },
  { exceptions: 4, words: 100, kpis: 12, milestones: 6 },
] as const;
type Amount = (typeof amounts)[number];

/** A plan's status: what is off target and why first, everything else folded below. */
export const planStatusCard = (view: PlanStatusView): Card =>
  fitting(amounts, (amount) => planStatus(view, amount));

function planStatus(view: PlanStatusView, amount: Amount): Card {
  const { report, directorate, periods, back } = view;
  const { plan, period, status, kpis, exceptions } = report;
  const wording = statusWords[status];
  const slipping = slippingOf(report);
  return renderCard(
    'plan-status',
    { title: plan.title, subtitle: `${directorate} · ${periodName(period)}` },
    view,
    {
      plan: plan.ref,
      strip: {
        style: bandOf(wording),
        status: wording.text,
        counts: `${plural(kpis.length, 'KPI')}: ${countsInWords(report.counts)}`,
        milestones: milestoneSentence(report),
        classification: plan.classification === 'unrestricted' ? '' : `This plan is ${plan.classification}.`,
      },
      groups: exceptionGroups(exceptions, amount.exceptions, (exception) =>
        exceptionData(exception, view.comparison, amount.words),
      ),
      moreExceptions: moreThan(exceptions.length - amount.exceptions, 'in the full lists below'),
      slippingHeading: slipping.length > 0 ? 'Milestones that slip' : '',
      slipping: slipping.slice(0, amount.milestones).map(milestoneData),
      lateHeading: lateOf(kpis, view).length > 0 ? 'Updates that are late' : '',
      late: lateOf(kpis, view),
      kpisTitle: `All ${plural(kpis.length, 'KPI')}`,
      hasKpis: kpis.length > 0,
      kpis: kpis.slice(0, amount.kpis).map((line) => kpiRow(line)),
      moreKpis: moreThan(kpis.length - amount.kpis, 'to choose from under “History and other periods”'),
      projectsTitle: `All ${plural(report.projects.length, 'project')}`,
      hasProjects: report.projects.length > 0,
      projects: projectRows(report, amount.milestones),
      kpiChoices: kpis.map(({ kpi }) => ({ title: kpi.title, value: kpi.ref })),
      firstKpi: worstFirst(report)?.kpi.ref ?? '',
      period: period.key,
      periods: periods.map((each) => ({ title: periodName(each), value: each.key })),
      hasPeriods: periods.length > 1,
      back: back ? [back] : [],
    },
  );
}

const moreThan = (left: number, where: string) => (left > 0 ? `and ${left} more, ${where}` : '');

/** Open milestones that are late or will be, other than those already among the exceptions. */
function slippingOf({ milestones, exceptions }: PlanReport): MilestoneLine[] {
  const above = new Set(
    exceptions.flatMap((one) => ('milestone' in one ? [one.milestone.milestone.ref] : [])),
  );
  return milestones.filter(
    ({ milestone, rating, daysLate }) =>
      daysLate > 0 && ['red', 'amber', 'green'].includes(rating) && !above.has(milestone.ref),
  );
}

const milestoneNames: Record<MilestoneRating, string> = {
  red: 'Red',
  amber: 'Amber',
  green: 'Green',
  complete: 'complete',
  'not-started': 'not started',
  deferred: 'deferred',
  cancelled: 'cancelled',
};
const milestoneOrder = Object.keys(milestoneNames) as MilestoneRating[];

function milestoneSentence({ milestones, milestoneCounts }: PlanReport): string {
  if (milestones.length === 0) return '';
  const said = milestoneOrder
    .filter((rating) => milestoneCounts[rating] > 0)
    .map((rating) => `${milestoneCounts[rating]} ${milestoneNames[rating]}`);
  return `${plural(milestones.length, 'milestone')}: ${said.join(', ')}`;
}

const lateOf = (kpis: readonly KpiLine[], { today, nameOf }: PlanStatusView) =>
  kpis
    .filter(({ rating }) => rating === 'overdue')
    .map(({ kpi, dueDate }) => ({
      title: kpi.title,
      whose: `${nameOf(kpi.accountableManager)}${dueDate ? `, was due ${longDate(dueDate)}, ${plural(daysBetween(dueDate, today), 'day')} late` : ''}`,
    }));

function kpiRow(line: KpiLine) {
  const rating = lineRating(line);
  const against = line.target === null ? '' : `target ${targetOf(line)}`;
  const trend = line.trend ? trendWords(line.trend).text : '';
  const toDate =
    line.yearToDate && line.yearToDate.periods > 1
      ? `year to date ${figureOf(line, line.yearToDate.value)}`
      : '';
  const said =
    line.result === null
      ? ''
      : `${figureOf(line, line.result)}${line.update?.provisional ? ' (provisional)' : ''}`;
  return {
    title: line.kpi.title,
    rating: rating.text,
    colour: textColour(rating),
    figures: [said, against, toDate, trend].filter(Boolean).join(' · '),
  };
}

const targetOf = (line: KpiLine): string =>
  /^-?\d+(\.\d+)?$/.test(line.target ?? '') ? figureOf(line, line.target!) : (line.target ?? '');

const projectRows = ({ projects, milestones }: PlanReport, most: number) =>
  projects.map(({ project, rating }) => ({
    title: project.title,
    rating: rating ? milestoneWords(rating).text : 'no open milestone',
    colour: rating ? textColour(milestoneWords(rating)) : 'default',
    milestones: milestones
      .filter((line) => line.project.ref === project.ref)
      .slice(0, most)
      .map(milestoneData),
  }));

const worstFirst = ({ exceptions, kpis }: PlanReport): KpiLine | undefined =>
  exceptions.flatMap((one) => ('kpi' in one ? [one.kpi] : []))[0] ?? kpis[0];

/** Back to the digest that a plan was opened from. */
export const backToDigest = (digest: string, page = 1): Button =>
  button('Back to the digest', 'digest-page', { digest, page });
