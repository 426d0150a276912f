import { itemId } from '../../domain/due-items.ts';
import type { Plan } from '../../domain/plan.ts';
import { getKpiHistory, type KpiHistory } from '../../usecases/get-kpi-history.ts';
import { getPlanStatus, searchPlans } from '../../usecases/get-plan-status.ts';
import { mayGive } from '../../usecases/kpi-item.ts';
import type { Session } from '../../usecases/session.ts';
import { ownPlans, visiblePlans } from '../../usecases/visible-plans.ts';
import { type Button, button } from '../cards/button.ts';
import { kpiHistoryCard } from '../cards/kpi-history.ts';
import { planChoicesCard } from '../cards/plan-choices.ts';
import { backToDigest, planStatusCard } from '../cards/plan-status.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn, textIn } from './at-work.ts';

/** A plan's status, found by its name, and the history of one of its KPIs. */
export const planStatus =
  (deps: FeatureDeps): Feature =>
  (router) => {
    router.text(
      'plan-status',
      /^(?:status|plan|show)\b\s*(?:of\s+)?(.*)$/i,
      onText(deps, async (session, _turn, match) => {
        const { words, period } = splitPeriod(match[1] ?? '');
        if (words === '') return chooseOwn(deps, session);
        const found = await searchPlans(deps, session, words);
        if (found.kind === 'one') return statusCard(deps, session, found.plan.ref, period);
        if (found.kind === 'several') return chooseAmong(deps, session, words, 'several', found.plans);
        return chooseAmong(deps, session, words, 'nearest', found.nearest);
      }),
    );
    router.verb(
      'plan-status',
      onVerb(deps, (session, turn) =>
        statusCard(deps, session, textIn(turn, 'plan') ?? '', textIn(turn, 'period'), fromDigest(turn)),
      ),
    );
    router.verb(
      'digest-plan',
      onVerb(deps, (session, turn) => {
        const digest = textIn(turn, 'digest') ?? '';
        const period = digest.split('~')[0];
        return statusCard(deps, session, textIn(turn, 'plan') ?? '', period, { digest, page: pageIn(turn) });
      }),
    );
    router.verb(
      'kpi-history',
      onVerb(deps, async (session, turn) => {
        const history = await getKpiHistory(deps, session, textIn(turn, 'kpi') ?? '', textIn(turn, 'period'));
        return historyCard(deps, history, textIn(turn, 'period'), fromDigest(turn));
      }),
    );
  };

/** The digest that a plan was opened from, as the presses of its card carry it along. */
function fromDigest(turn: Turn): { digest: string; page: number } | null {
  const digest = textIn(turn, 'digest');
  return digest === null ? null : { digest, page: pageIn(turn) };
}

/** `highways Q1` → the plan's words and the period at their end, if there is one. */
function splitPeriod(text: string): { words: string; period: string | null } {
  const match = /^(.*?)[\s,]+((?:\d{4}\/\d{2}\s*)?(?:[QMTH]\s?\d{1,2})|\d{4}\/\d{2})$/i.exec(text.trim());
  return match?.[1] ? { words: match[1], period: match[2]! } : { words: text.trim(), period: null };
}

const directorateOf = ({ settings }: Session, { directorate }: Plan): string =>
  settings.directorates.find(({ ref }) => ref === directorate)?.name ?? directorate;

/** A list of plans to press. */
export const chooseAmong = (
  deps: FeatureDeps,
  session: Session,
  asked: string,
  found: 'several' | 'nearest' | 'offered',
  plans: readonly Plan[],
): Answer =>
  planChoicesCard({
    ...footOf(deps, session),
    asAt: null,
    asked,
    found,
    plans: plans.map((plan) => ({
      ref: plan.ref,
      title: plan.title,
      directorate: directorateOf(session, plan),
      units: plan.units,
    })),
  });

/** `status` alone: the plans that this person gives figures for or heads, or else the first that they may see. */
async function chooseOwn(deps: FeatureDeps, session: Session): Promise<Answer> {
  const [visible, mine] = await Promise.all([visiblePlans(deps, session), ownPlans(deps, session)]);
  const own = visible.filter(({ ref }) => mine.has(ref));
  const plans = (own.length > 0 ? own : visible).toSorted((a, b) => a.title.localeCompare(b.title, 'en-GB'));
  return chooseAmong(deps, session, '', 'offered', plans);
}

async function statusCard(
  deps: FeatureDeps,
  session: Session,
  ref: string,
  period?: string | null,
  from: { digest: string; page: number } | null = null,
): Promise<Answer> {
  const { session: here, report, periods } = await getPlanStatus(deps, session, ref, period);
  const shown = periods.some(({ key }) => key === report.period.key) ? periods : [report.period, ...periods];
  return planStatusCard({
    ...footOf(deps, here),
    report,
    directorate: directorateOf(here, report.plan),
    comparison: here.settings.trend,
    today: here.today,
    nameOf: here.nameOf,
    periods: shown,
    back: from ? backToDigest(from.digest, from.page) : null,
  });
}

function historyCard(
  deps: FeatureDeps,
  history: KpiHistory,
  period: string | null,
  from: { digest: string; page: number } | null,
): Answer {
  const { session, kpi, plan, updates, earlier } = history;
  const entry = <U extends { submittedBy: string | null; submittedAt: string }>(update: U) => ({
    update,
    by: session.quotes ? session.nameOf(update.submittedBy) : '',
    at: inWords(update.submittedAt, session.settings),
  });
  const reasonAfter = (revision: number, key: string) =>
    [...earlier, ...updates].find((other) => other.period === key && other.revision === revision + 1)
      ?.reason ?? '';
  return kpiHistoryCard({
    ...footOf(deps, session),
    kpi,
    plan,
    periods: updates.toReversed().map(entry),
    earlier: earlier
      .toReversed()
      .map((update) => ({ ...entry(update), replacedBecause: reasonAfter(update.revision, update.period) })),
    give: giveButton(history),
    back: button('Back to the plan', 'plan-status', {
      plan: plan.ref,
      ...(period ? { period } : {}),
      ...from,
    }),
  });
}

/** A way to the KPI's form for whoever may give it: its manager, or a performance officer for someone else's. */
function giveButton({ session, kpi, line }: KpiHistory): Button | null {
  const { period, update } = line;
  if (!period || !mayGive(session, kpi.accountableManager, period)) return null;
  return button(update ? 'Correct the figure' : 'Give the figure', 'open-form', {
    item: itemId('kpi', kpi.ref, period),
  });
}
