import { isAllowed } from '../domain/access.ts';
import { buildReport } from '../domain/build-report.ts';
import type { Kpi, KpiUpdate } from '../domain/kpi.ts';
import type { Plan } from '../domain/plan.ts';
import { unquotedKpiUpdate } from '../domain/pre-election.ts';
import type { KpiLine } from '../domain/report.ts';
import type { Deps } from './deps.ts';
import { notShown } from './get-plan-status.ts';
import { loadParts, managersOf } from './plan-reports.ts';
import { choosePeriod, type Session } from './session.ts';

export type KpiHistory = {
  session: Session;
  kpi: Kpi;
  plan: Plan;
  line: KpiLine;
  /** What stands for each period, oldest first, this year and the year before. */
  updates: KpiUpdate[];
  /** Figures of this year that were changed since, oldest first. */
  earlier: KpiUpdate[];
};

/** One KPI through time. Throws `Refused` as `getPlanStatus` does. */
export async function getKpiHistory(
  deps: Deps,
  session: Session,
  ref: string,
  named?: string | null,
): Promise<KpiHistory> {
  const { session: here, period } = await choosePeriod(deps, session, named);
  const kpi = await deps.store.read(here.year, 'kpi', ref);
  const plan = kpi && (await deps.store.read(here.year, 'plan', kpi.data.plan));
  const parts = plan && (await loadParts(deps, here, plan.data.ref));
  if (!parts || !isAllowed(here.actor, 'see-plan', { plan: plan.data, managers: managersOf(parts) }))
    throw notShown('KPI', ref, here);
  const { settings, today } = here;
  const report = buildReport({ plan: plan.data, ...parts, kpis: [kpi.data], settings, period, today });
  const revisions = await deps.store.list(here.year, 'kpi-update-revision', { kpi: ref });
  const updates = parts.updates
    .filter((update) => update.kpi === ref)
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  const newest = new Map(updates.map((update) => [update.period, update.revision]));
  const earlier = revisions
    .map(({ data }) => data)
    .filter((data) => data.revision < (newest.get(data.period) ?? 0))
    .map((data) => (here.quotes ? data : unquotedKpiUpdate(data)));
  return { session: here, kpi: kpi.data, plan: plan.data, line: report.kpis[0]!, updates, earlier };
}
