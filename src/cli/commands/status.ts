import { Command } from 'commander';
import { type Period, periodName } from '../../domain/periods.ts';
import type { PlanReport } from '../../domain/report.ts';
import { rollUp } from '../../domain/roll-up.ts';
import { countsInWords, statusWords } from '../../domain/words.ts';
import { loadReports } from '../../usecases/plan-reports.ts';
import { choosePeriod, type OpenYear } from '../../usecases/session.ts';
import { planJson } from '../plan-json.ts';
import { planNamed } from '../plan-named.ts';
import { planText } from '../plan-text.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { period?: string };

/** `planwatch status [PLAN]`: every KPI with its result, target, rating and trend, and every milestone. */
export const statusCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('status'))
    .description('Show how one plan stands, or all of them.')
    .argument('[plan]', 'a plan’s ref or part of its name; all plans when left out')
    .option('--period <period>', 'such as "2009/10 Q2"; the current quarter when left out')
    .action((plan: string | undefined, options: Options) =>
      withCouncil(terminal, options, async (deps, open) => {
        const { session: year, period } = await choosePeriod(deps, open, options.period);
        const ref = plan === undefined ? null : await planNamed(deps, year, plan);
        const reports = await loadReports(deps, year, period, (each) => ref === null || each.ref === ref);
        terminal.out(options.json ? json(year, period, reports) : text(year, period, reports));
      }),
    );

/** The JSON of `status`, `off-target` and their kind: what was asked about, and each plan; in the pre-election period that it is on. */
export const json = (
  { settings, preElection }: OpenYear,
  period: Period,
  reports: readonly PlanReport[],
): string =>
  JSON.stringify(
    {
      council: settings.name,
      year: period.year,
      period: period.key,
      ...(preElection && { preElection }),
      plans: reports.map(planJson),
    },
    null,
    2,
  );

function text({ settings, today }: OpenYear, period: Period, reports: readonly PlanReport[]): string {
  const byStatus = Map.groupBy(reports, ({ status }) => status);
  const statuses = [...byStatus].map(
    ([status, those]) => `${those.length} ${statusWords[status].word.toLowerCase()}`,
  );
  const kpis = reports.reduce((sum, plan) => sum + plan.kpis.length, 0);
  return [
    `${settings.name}, ${periodName(period)}, as at ${today}`,
    ...(settings.notice ? [settings.notice] : []),
    '',
    ...reports.map(planText),
    `${reports.length} ${reports.length === 1 ? 'plan' : 'plans'}: ${statuses.join(', ')}`,
    `${kpis} ${kpis === 1 ? 'KPI' : 'KPIs'}: ${countsInWords(rollUp(reports).counts)}`,
  ].join('\n');
}
