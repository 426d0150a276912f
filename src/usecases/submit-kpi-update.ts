import { buildReport } from '../domain/build-report.ts';
import { currentPeriod } from '../domain/calendar.ts';
import { type CheckedKpiUpdate, checkKpiUpdate, kpiFormFields } from '../domain/check-kpi-update.ts';
import { itemId } from '../domain/due-items.ts';
import { explainResult } from '../domain/explain.ts';
import type { KpiUpdate } from '../domain/kpi.ts';
import { periodOf } from '../domain/periods.ts';
import { rateResult } from '../domain/rating.ts';
import type { PlanReport } from '../domain/report.ts';
import type { Change } from '../store/store.ts';
import type { Acted } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { isOfficersAct, type KpiItem, loadKpiItem, updateId } from './kpi-item.ts';
import { kpiReceipt } from './kpi-receipt.ts';
import { type KpiForm, kpiForm, type Typed } from './open-form.ts';
import type { Session } from './session.ts';
import { formGone, type Submission, submitForm } from './submitted-form.ts';

export type KpiSubmission = Submission<KpiForm, KpiUpdate>;

/** Keeps one KPI's figure and commentary for one period, with the promises of `submitForm`. */
export const submitKpiUpdate = (
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
  { replace = false } = {},
): Promise<KpiSubmission> =>
  submitForm<KpiUpdate, KpiItem, KpiForm>(deps, session, data, replace, {
    fields: kpiFormFields,
    load: async (named) => {
      if (named.kind !== 'kpi') throw formGone();
      return loadKpiItem(deps, session, itemId('kpi', named.kpi, periodOf(named.period)));
    },
    show: kpiForm,
    judge: (nonce, item, typed, chosen) => judge(deps, nonce, item, chosen ? replacing(typed) : typed),
  });

async function judge(deps: Deps, nonce: string, item: KpiItem, typed: Typed) {
  const { session, kpi, period, rule, head } = item;
  const { asksReason } = kpiForm(nonce, item, typed);
  const checked = checkKpiUpdate({ typed, kpi, period, rule, asksReason, today: session.today });
  if (!checked.ok) return { ask: kpiForm(nonce, item, typed, checked.faults, soFar(checked, item)) };

  const update: KpiUpdate = {
    kpi: kpi.ref,
    plan: kpi.plan,
    period: period.key,
    revision: (head?.data.revision ?? 0) + 1,
    ...checked.values,
    rating: { computed: rateResult(checked.values.result, rule), rule, override: null },
    submittedBy: session.actor.person.id,
    submittedAt: session.now,
    source: 'form',
  };
  const { now, line } = reportsWith(item, update);
  const receipt = await kpiReceipt(deps, item, update, now, line);
  const acted: Acted | null = isOfficersAct(session, kpi.accountableManager, item.dates)
    ? {
        act: head ? 'figure-corrected' : 'figure-given',
        about: { kpi: kpi.ref, period: period.key, revision: String(update.revision) },
        outcome: session.today > item.dates.locks ? 'after-lock' : 'done',
      }
    : null;
  return { update, receipt, changes: keep(item, update), acted };
}

/** What the typed result comes out as, when commentary is still wanted for it. */
function soFar(
  { ratingSoFar, resultSoFar }: Exclude<CheckedKpiUpdate, { ok: true }>,
  { kpi, rule }: KpiItem,
) {
  if (ratingSoFar === null || resultSoFar === null) return null;
  return { rating: ratingSoFar, because: explainResult(resultSoFar, rule, kpi) };
}

/** Someone who chose to replace a figure has seen it, and has said why by choosing. */
const replacing = (typed: Typed): Typed => ({
  ...typed,
  reason: typed.reason?.trim() || 'Replaces a figure that was given at the same time; both were seen.',
});

function keep({ kpi, period, head }: KpiItem, data: KpiUpdate): Change[] {
  const id = updateId(kpi.ref, period);
  const own = { kind: 'kpi-update', id, data } as const;
  return [
    head ? { change: 'replace', version: head.version, ...own } : { change: 'create', ...own },
    { change: 'create', kind: 'kpi-update-revision', id: `${id}#${data.revision}`, data },
  ];
}

/** The plan in the current period and the KPI in its own, as they will be once this update is kept. */
function reportsWith({ session, plan, kpi, period, parts }: KpiItem, update: KpiUpdate) {
  const { settings, today } = session;
  const all = { plan, ...parts, coming: update, settings, today };
  const now = buildReport({ ...all, period: currentPeriod(settings.year, today, settings.calendar) });
  const lineIn = (report: PlanReport) =>
    report.kpis.find((line) => line.kpi.ref === kpi.ref && line.period?.key === period.key);
  const line = lineIn(now) ?? lineIn(buildReport({ ...all, kpis: [kpi], period }));
  return { now, line: line! };
}
