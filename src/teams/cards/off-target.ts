import { type Period, periodName } from '../../domain/periods.ts';
import type { PlanReport, PlanStatus } from '../../domain/report.ts';
import { plural, statusWords } from '../../domain/words.ts';
import { exceptionData } from './lines.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { bandOf } from './tone.ts';

export type OffTargetView = Foot & {
  /** Whose plans: the council's, a directorate's or a portfolio's name. */
  scopeName: string;
  scope: string;
  scopes: readonly { title: string; value: string }[];
  period: Period;
  /** Every plan of the scope, whatever its status. */
  reports: readonly PlanReport[];
  page?: number;
};

const PAGE = 10;
const order: PlanStatus[] = ['off-target', 'at-risk', 'on-target', 'not-reported'];

/** The plans off target and at risk, the worst first; one press opens a plan. */
export function offTargetCard(view: OffTargetView): Card {
  const { scopeName, scope, scopes, period, reports } = view;
  const counts = order.map((status) => ({
    status,
    count: reports.filter((one) => one.status === status).length,
  }));
  const off = counts[0]!.count;
  const worst = counts.find(({ count }) => count > 0)?.status ?? 'not-reported';
  const wanted = reports
    .filter(({ status }) => status === 'off-target' || status === 'at-risk')
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.counts.red - a.counts.red);
  const page = pageOf(wanted, PAGE, view.page);
  return renderCard('off-target', { title: `${scopeName}: off target`, subtitle: periodName(period) }, view, {
    style: bandOf(statusWords[worst]),
    headline:
      off > 0
        ? `✖ ${plural(off, 'plan is', 'plans are')} off target`
        : `${statusWords[worst].symbol} No plan is off target`,
    counts: `${plural(reports.length, 'plan')}: ${counts
      .filter(({ count }) => count > 0)
      .map(({ status, count }) => `${count} ${statusWords[status].word.toLowerCase()}`)
      .join(', ')}`,
    plans: page.shown.map(planRow),
    period: period.key,
    pageLine: pageLine(page),
    buttons: pageButtons(page, 'off-target', { scope }),
    scope,
    scopes,
    hasScopes: scopes.length > 1,
  });
}

function planRow({ plan, status, kpis, exceptions }: PlanReport) {
  const wording = statusWords[status];
  const worst = exceptions[0] && exceptionData(exceptions[0], null, 120);
  const overdue = kpis.reduce((sum, line) => sum + line.late.length, 0);
  const late = overdue > 0 ? `, ${plural(overdue, 'update')} late` : '';
  return {
    plan: plan.ref,
    title: plan.title,
    status: `${wording.text} – ${plural(exceptions.length, 'exception')}${late}`,
    worst: worst ? `${worst.title}: ${worst.rating}` : '',
    because: worst?.because ?? '',
  };
}
