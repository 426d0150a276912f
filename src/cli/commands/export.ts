import { Command, Option } from 'commander';
import { periodOf } from '../../domain/periods.ts';
import { composePaper } from '../../paper/compose-paper.ts';
import { leftOutWords } from '../../paper/layout/lay-out.ts';
import type { Paper } from '../../paper/paper.ts';
import { toCsv } from '../../paper/to-csv.ts';
import { toDocx } from '../../paper/to-docx.ts';
import { toHtml } from '../../paper/to-html.ts';
import { writeAct } from '../../usecases/audit-trail.ts';
import type { Deps } from '../../usecases/deps.ts';
import { lateIn } from '../../usecases/list-late.ts';
import { loadReports } from '../../usecases/plan-reports.ts';
import { choosePeriod, type OpenYear } from '../../usecases/session.ts';
import { planNamed } from '../plan-named.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';
import { writeFile } from '../write-file.ts';

const formats = { csv: toCsv, html: toHtml, docx: toDocx };

type Options = CouncilOptions & {
  format: keyof typeof formats;
  out: string;
  period?: string;
  includeExempt?: true;
  withQuotes?: true;
  force?: true;
};

/** `planwatch export PLAN|all`: one plan, or all of them, as a paper for an agenda. */
export const exportCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('export'))
    .description('Write one plan, or all of them, as a paper for an agenda.')
    .argument('<plan>', 'a plan’s ref or part of its name, or “all”')
    .addOption(
      new Option('--format <format>', 'csv for a spreadsheet, html for a web page, docx for Word')
        .choices(Object.keys(formats))
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'the file to write')
    .option('--period <period>', 'such as "2009/10 Q2"; the current quarter when left out')
    .option('--include-exempt', 'with “all”: put exempt and confidential plans in too, and mark the paper')
    .option(
      '--with-quotes',
      'in the pre-election period: put in what managers wrote; the audit trail says so',
    )
    .option('--force', 'replace the file when it is there already')
    .action((plan: string, options: Options) =>
      withCouncil(terminal, options, async (deps, open) => {
        const paper = await paperOf(deps, open, plan, options);
        // Kept first: what leaves must not leave without an entry.
        await writeAct(deps, { tenant: open.tenant, year: periodOf(paper.period.key).year }, open, {
          act: 'paper-exported',
          about: {
            plans: plan.trim().toLowerCase() === 'all' ? 'all' : (paper.plans[0]?.ref ?? 'none'),
            period: paper.period.key,
            format: options.format,
            exempt: options.includeExempt ? 'yes' : 'no',
            ...(open.preElection && { quotes: options.withQuotes ? 'yes' : 'no' }),
          },
        });
        await writeFile(options.out, await formats[options.format](paper), {
          force: options.force ?? false,
          isPrivate: paper.marking !== null,
        });
        terminal.out(options.json ? json(paper, options) : text(paper, options));
      }),
    );

async function paperOf(deps: Deps, open: OpenYear, words: string, options: Options): Promise<Paper> {
  const quotes = open.quotes || options.withQuotes === true;
  const { session: year, period } = await choosePeriod(deps, { ...open, quotes }, options.period);
  const all = words.trim().toLowerCase() === 'all';
  const ref = all ? null : await planNamed(deps, year, words);
  const found = await loadReports(deps, year, period, (plan) => ref === null || plan.ref === ref);
  const withoutExempt = all && !options.includeExempt;
  const reports = found.filter(({ plan }) => !withoutExempt || plan.classification === 'unrestricted');
  const late = await lateIn(deps, year, (plan) => reports.some((report) => report.plan.ref === plan.ref));
  return composePaper({
    settings: year.settings,
    period,
    today: year.today,
    scope: all ? 'all' : 'plan',
    reports,
    lateMilestones: late.map(({ item }) => item).filter(({ kind }) => kind === 'milestone'),
    leftOut: found.length - reports.length,
    quotes,
    nameOf: year.nameOf,
  });
}

function text({ total, period, asAt, marking, leftOut, withheld }: Paper, { out }: Options): string {
  const figures = `${total.plans} ${total.plans === 1 ? 'plan' : 'plans'}, ${total.kpis} ${total.kpis === 1 ? 'KPI' : 'KPIs'}, ${total.milestones} ${total.milestones === 1 ? 'milestone' : 'milestones'}`;
  return [
    `Wrote ${out}: ${figures}; ${period.name}, as at ${asAt.text}.`,
    ...(marking ? [`It is marked ${marking}.`] : []),
    ...(leftOut > 0 ? [`${leftOutWords(leftOut)} Add --include-exempt to put them in.`] : []),
    ...(withheld
      ? [`${withheld} Where they are needed, add --with-quotes; that is kept in the audit trail.`]
      : []),
  ].join('\n');
}

const json = ({ total, period, asAt, marking, leftOut, withheld }: Paper, { out, format }: Options): string =>
  JSON.stringify(
    { file: out, format, period: period.key, asAt: asAt.date, marking, leftOut, withheld, ...total },
    null,
    2,
  );
