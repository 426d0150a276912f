import type { TrendComparison } from '../../domain/council.ts';
import type { IsoDate } from '../../domain/days.ts';
import { type Period, periodName } from '../../domain/periods.ts';
import { remember } from '../../domain/remember.ts';
import type { KpiLine, PlanReport } from '../../domain/report.ts';
import { countsInWords, plural, statusWords } from '../../domain/words.ts';
import { type Button, button } from './button.ts';
import { keepBytes } from './card-bytes.ts';
import { exceptionGroups } from './exception-groups.ts';
import { fitting, sizeOf } from './fitting.ts';
import { exceptionData } from './lines.ts';
import { kpiRow, lateRows, milestoneSentence, projectRows } from './plan-rows.ts';
import { type Card, type Foot, fillScreen, framed } from './render.ts';
import { bandOf } from './tone.ts';

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
  { exceptions: 10, words: 600, kpis: 60, milestones: 30, late: 30, choices: 300 },
  { exceptions: 8, words: 300, kpis: 40, milestones: 20, late: 20, choices: 200 },
  { exceptions: 6, words: 160, kpis: 25, milestones: 12, late: 12, choices: 150 },
  { exceptions: 4, words: 100, kpis: 12, milestones: 6, late: 6, choices: 100 },
] as const;
type Amount = (typeof amounts)[number];

/** A plan's status: what is off target and why first, everything else folded below. */
export function planStatusCard(view: PlanStatusView): Card {
  const { report, directorate, comparison, today, nameOf, periods, back = null } = view;
  const head = { title: report.plan.title, subtitle: `${directorate} · ${periodName(report.period)}` };
  const room = roomOf(report, head.subtitle, view.withheld, view.dayLine, view.notice);
  const screen = screenOf(report, comparison, today, nameOf, periods, JSON.stringify(back), room);
  return framed(screen, head, view);
}

const longestAsAt = '30 September 2009, 12.59pm';

/** What the head and foot take of a card. */
const roomOf = remember(
  (
    { plan }: PlanReport,
    subtitle: string,
    withheld: Foot['withheld'],
    dayLine: Foot['dayLine'],
    notice: Foot['notice'],
  ): number => {
    const foot = { withheld, dayLine, notice, asAt: longestAsAt };
    return sizeOf(framed({ type: 'AdaptiveCard', body: [] }, { title: plan.title, subtitle }, foot));
  },
);

/** All but the head and foot, made once for as long as nothing in it changes, and never changed. */
const screenOf = remember(
  (
    report: PlanReport,
    comparison: TrendComparison,
    today: IsoDate,
    nameOf: PlanStatusView['nameOf'],
    periods: readonly Period[],
    back: string,
    room: number,
  ): Card => {
    const view = { report, comparison, today, nameOf, periods, back: JSON.parse(back) };
    const screen = fitting(amounts, (amount) => fillScreen('plan-status', dataOf(view, amount)), room);
    keepBytes(screen);
    return screen;
  },
);

function dataOf(view: Omit<PlanStatusView, keyof Foot | 'directorate'>, amount: Amount) {
  const { report, periods, back } = view;
  const { plan, period, status, kpis, exceptions } = report;
  const wording = statusWords[status];
  const late = lateRows(kpis, view.today, view.nameOf);
  return {
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
    lateHeading: late.length > 0 ? `● ${plural(late.length, 'update is', 'updates are')} late` : '',
    late: late.slice(0, amount.late),
    moreLate: moreThan(late.length - amount.late, 'in the full list below'),
    kpisTitle: allOf(kpis.length, 'KPI'),
    hasKpis: kpis.length > 0,
    kpis: kpis.slice(0, amount.kpis).map(kpiRow),
    moreKpis: moreThan(kpis.length - amount.kpis, 'to choose from under “History and other periods”'),
    projectsTitle: allOf(report.projects.length, 'project'),
    hasProjects: report.projects.length > 0,
    projects: projectRows(report, amount.milestones),
    kpiChoices: kpis.slice(0, amount.choices).map(({ kpi }) => ({ title: kpi.title, value: kpi.ref })),
    firstKpi: worstFirst(report)?.kpi.ref ?? '',
    period: period.key,
    periods: periods.map((each) => ({ title: periodName(each), value: each.key })),
    hasPeriods: periods.length > 1,
    back: back ? [back] : [],
    // Carried along, so that the digest is still one press away after another period or a history.
    digest: String(back?.data.digest ?? ''),
    page: String(back?.data.page ?? ''),
  };
}

const allOf = (count: number, what: string) => `${count > 1 ? 'All ' : ''}${plural(count, what)}`;
const moreThan = (left: number, where: string) => (left > 0 ? `and ${left} more, ${where}` : '');

const worstFirst = ({ exceptions, kpis }: PlanReport): KpiLine | undefined =>
  exceptions.flatMap((one) => ('kpi' in one ? [one.kpi] : []))[0] ?? kpis[0];

/** Back to the digest that a plan was opened from. */
export const backToDigest = (digest: string, page = 1): Button =>
  button('Back to the digest', 'digest-page', { digest, page });
