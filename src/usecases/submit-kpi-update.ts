import { buildReport } from '../domain/build-report.ts';
import { type CheckedKpiUpdate, checkKpiUpdate, kpiFormFields } from '../domain/check-kpi-update.ts';
import { itemId } from '../domain/due-items.ts';
import { Refused } from '../domain/errors.ts';
import { explainResult } from '../domain/explain.ts';
import type { KpiUpdate } from '../domain/kpi.ts';
import { rateResult } from '../domain/rating.ts';
import type { PlanReport } from '../domain/report.ts';
import { currentPeriod, periodOf } from '../domain/year.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { digestsToRefresh } from './digests-to-refresh.ts';
import { type KpiItem, loadKpiItem, updateId } from './kpi-item.ts';
import { kpiReceipt } from './kpi-receipt.ts';
import { type KpiForm, kpiForm, type Typed } from './open-form.ts';
import type { Session } from './session.ts';
import {
  contestForm,
  findForm,
  receiptOf,
  type Submission,
  typedIn,
  useForm,
  writeAfresh,
} from './submitted-form.ts';

export type KpiSubmission = Submission<KpiForm, KpiUpdate>;

/**
 * Keeps one KPI's figure and commentary for one period.
 *
 * The update, its history, the used form and the deliveries it causes are one atomic batch. The same form
 * submitted again, at once or later, gets the receipt of the first time. A figure that someone else gave
 * meanwhile is never written over: both are shown, and `replace: true` (the person's choice) wins only over the
 * figure that they were shown.
 *
 * @param data the pressed action's data with the card's inputs, as the client sent them
 * @throws `Refused` when the form isn't theirs, or the item is gone, locked or not theirs any more
 */
export async function submitKpiUpdate(
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
  { replace = false } = {},
): Promise<KpiSubmission> {
  return writeAfresh<KpiSubmission>(deps, async () => {
    const form = await findForm(deps, session, data.form);
    const { item: named, contested, baseRevision } = form.data;
    if (named.kind !== 'kpi') throw new Refused('form-gone', 'That form is for a milestone. Open it again.');
    const receipt = receiptOf(form);
    if (receipt) return { answer: { outcome: 'kept', receipt }, session, changes: [] };

    const item = await loadKpiItem(deps, session, itemId('kpi', named.kpi, periodOf(named.period)));
    const here = item.session;
    const typed = replace && contested ? replacing(contested.typed) : typedIn(data, kpiFormFields);
    const seen = replace && contested ? contested.seen : baseRevision;
    if (item.head && item.head.data.revision !== seen) {
      const shown = kpiForm(form.id, item, typed);
      const answer = { outcome: 'contested' as const, form: shown, theirs: item.head.data };
      return { answer, session: here, changes: [contestForm(form, item.head.data.revision, typed)] };
    }

    const { asksReason } = kpiForm(form.id, item, typed);
    const { kpi, period, rule } = item;
    const checked = checkKpiUpdate({ typed, kpi, period, rule, asksReason, today: here.today });
    if (!checked.ok) {
      const asked = kpiForm(form.id, item, typed, checked.faults, soFar(checked, item));
      return { answer: { outcome: 'asked', form: asked }, session: here, changes: [] };
    }

    const update: KpiUpdate = {
      kpi: kpi.ref,
      plan: kpi.plan,
      period: period.key,
      revision: (item.head?.data.revision ?? 0) + 1,
      ...checked.values,
      rating: {
        computed: checked.values.result === null ? 'no-data' : rateResult(checked.values.result, rule),
        rule,
        override: null,
      },
      submittedBy: here.actor.person.id,
      submittedAt: here.now,
      source: 'form',
    };
    const { now, line } = reportsWith(item, update);
    const given = await kpiReceipt(deps, item, update, now, line);
    const changes = [
      keep(item.head, update),
      {
        change: 'create',
        kind: 'kpi-update-revision',
        id: `${updateId(kpi.ref, period)}#${update.revision}`,
        data: update,
      },
      useForm(form, update.revision, given),
      ...(await digestsToRefresh(deps, here, item.plan)),
    ] satisfies Change[];
    return { answer: { outcome: 'kept', receipt: given }, session: here, changes };
  });
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

function keep(head: Stored<'kpi-update'> | null, data: KpiUpdate): Change {
  const id = `${data.kpi}@${data.period}`;
  return head
    ? { change: 'replace', kind: 'kpi-update', id, version: head.version, data }
    : { change: 'create', kind: 'kpi-update', id, data };
}

/** The plan in the current period and the KPI in its own, as they will be once this update is kept. */
function reportsWith({ session, plan, kpi, period, parts }: KpiItem, update: KpiUpdate) {
  const { settings, today } = session;
  const others = parts.updates.filter((other) => other.kpi !== update.kpi || other.period !== update.period);
  const all = { plan, ...parts, updates: [...others, update], settings, today };
  const now = buildReport({ ...all, period: currentPeriod(settings.year, today, settings.calendar) });
  const lineIn = (report: PlanReport) =>
    report.kpis.find((line) => line.kpi.ref === kpi.ref && line.period?.key === period.key);
  const line = lineIn(now) ?? lineIn(buildReport({ ...all, kpis: [kpi], period }));
  return { now, line: line! };
}
