import { plural } from '../domain/words.ts';
import type { Fault } from '../import/fault.ts';
import type { Kind } from '../store/documents.ts';
import type { Outcome } from '../usecases/import-council/write.ts';
import type { ImportSummary } from '../usecases/import-council.ts';
import { table } from './table.ts';

/** Every fault by file, with its row, column and remedy. */
export function faultsReport(folder: string, faults: readonly Fault[]): string {
  const byFile = Map.groupBy(faults, ({ file }) => file);
  const lines = [...byFile].flatMap(([file, own]) => ['', file, ...own.map(faultLines)]);
  return [`${plural(faults.length, 'fault')} in ${folder}. Nothing was changed.`, ...lines].join('\n');
}

function faultLines({ row, column, problem, remedy }: Fault): string {
  const place = [row === null ? null : `row ${row}`, column].filter((part) => part !== null).join(', ');
  return `  ${place ? `${place}: ` : ''}${problem}\n      ${remedy}`;
}

const kinds: Partial<Record<Kind, string>> = {
  settings: 'Settings',
  person: 'People',
  plan: 'Plans',
  engagement: 'Engagements',
  kpi: 'KPIs',
  project: 'Projects',
  milestone: 'Milestones',
  'kpi-update': 'KPI results',
  'milestone-update': 'Milestone updates',
};

const columns: Record<'new' | 'changed' | 'removed' | 'unchanged', readonly Outcome[]> = {
  new: ['created'],
  changed: ['changed', 'rated-again'],
  removed: ['removed'],
  unchanged: ['unchanged', 'kept-rule', 'kept-newer'],
};

const countOf = ({ tally }: ImportSummary, kind: Kind, outcomes: readonly Outcome[]) =>
  outcomes.reduce((sum, outcome) => sum + (tally.get(kind)?.get(outcome) ?? 0), 0);

const kindNames = Object.keys(kinds) as Kind[];
const columnNames = Object.keys(columns) as (keyof typeof columns)[];

/** What the import did, as a table and the sentences that someone should read. */
export function summaryReport(summary: ImportSummary): string {
  const { council, year, dryRun, changed } = summary;
  const done = dryRun
    ? 'The folder has no faults. It would change this, and nothing was changed:'
    : 'Loaded.';
  const heading = `${council}, ${year}. ${changed ? done : 'Nothing to change.'}`;
  const rows = kindNames
    .map((kind) => [kinds[kind]!, ...columnNames.map((column) => countOf(summary, kind, columns[column]))])
    .filter((row) => row.slice(1).some((count) => count !== 0));
  return [heading, '', table(['', ...columnNames], rows), ...notes(summary)].join('\n');
}

function notes(summary: ImportSummary): string[] {
  const keptRule = countOf(summary, 'kpi-update', ['kept-rule']);
  const keptNewer =
    countOf(summary, 'kpi-update', ['kept-newer']) + countOf(summary, 'milestone-update', ['kept-newer']);
  const { leftovers, powerless, erased } = summary;
  const lines: string[] = [];
  if (keptRule > 0) {
    lines.push(
      `${plural(keptRule, 'result keeps the rule it was', 'results keep the rule they were')} rated by, although the rules have changed.`,
      'To rate again, add --rerate with the reason in quotation marks.',
    );
  }
  if (keptNewer > 0) {
    lines.push(`${plural(keptNewer, 'update')} in Teams came later than the folder’s and stayed.`);
  }
  if (powerless.length > 0) {
    lines.push('These people are named for a task and have no role for it. Add it to roles in people.csv:');
    lines.push(...powerless.map(({ email, namedAs }) => `  ${email}: ${namedAs}`));
  }
  if (erased.length > 0) {
    lines.push(
      'These people were erased and stay so. Take them out of people.csv, and name others for what is theirs:',
      ...erased.map((email) => `  ${email}`),
    );
  }
  if (leftovers.length > 0) {
    lines.push(
      `${plural(leftovers.length, 'item of this year is', 'items of this year are')} not in the folder and stayed:`,
    );
    lines.push(
      ...leftovers.map(
        ({ kind, id, title, reported }) => `  ${kind} ${id}: ${title}${reported ? ' (reported on)' : ''}`,
      ),
    );
    if (leftovers.some(({ reported }) => !reported)) {
      lines.push('To remove those that nobody has reported on, add --remove-missing.');
    }
  }
  return lines.length > 0 ? ['', ...lines] : [];
}

/** The same for programs. */
export function summaryJson(summary: ImportSummary) {
  const { council, year, dryRun, changed, leftovers, powerless, erased } = summary;
  const documents = Object.fromEntries(
    kindNames.map((kind) => [
      kind,
      Object.fromEntries(columnNames.map((column) => [column, countOf(summary, kind, columns[column])])),
    ]),
  );
  const resultsOf = (outcome: Outcome) => countOf(summary, 'kpi-update', [outcome]);
  return {
    ok: true,
    council,
    year,
    dryRun,
    changed,
    documents,
    ratedAgain: resultsOf('rated-again'),
    keptRule: resultsOf('kept-rule'),
    keptNewer: resultsOf('kept-newer') + countOf(summary, 'milestone-update', ['kept-newer']),
    leftovers,
    powerless,
    erased,
  };
}
