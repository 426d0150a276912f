import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { isIsoDate, longDate } from '../../domain/days.ts';
import { readCouncilFolder } from '../../import/read-council-folder.ts';
import { createLog } from '../../log.ts';
import type { Totals, Week } from '../../simulation/record.ts';
import { type Simulated, simulate } from '../../simulation/simulate.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { faultsReport } from '../import-report.ts';
import { table } from '../table.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';

type Options = { from: string; to: string; seed: number; councilFolder: string; json?: true };

const sample = join(import.meta.dirname, '../../../samples/kent-2009-10');
/** A simulated day takes milliseconds; this many years are a slip of the keyboard. */
const mostDays = 1500;

/** `planwatch simulate`: a council's year day by day, in a store that is thrown away. */
export const simulateCommand = (terminal: Terminal): Command =>
  new Command('simulate')
    .description('Run a council’s year in seconds: who is asked, reminded, chased and told.')
    .requiredOption('--from <date>', 'the first day, such as 2009-04-01', dateOption)
    .requiredOption('--to <date>', 'the last day', dateOption)
    .option('--seed <number>', 'which of the possible years; the same seed gives the same', numberOption, 1)
    .option('--council-folder <folder>', 'the council; the sample when left out', sample)
    .option('--json', 'print JSON instead of a table')
    .action((options: Options) => run(terminal, options));

function dateOption(text: string): string {
  if (isIsoDate(text)) return text;
  throw new InvalidArgumentError('Write a date such as 2009-04-01.');
}

function numberOption(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
}

async function run(terminal: Terminal, { from, to, seed, councilFolder, json }: Options): Promise<void> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0) throw new Ended(exitCodes.usage, '--to is before --from.');
  if (days > mostDays) throw new Ended(exitCodes.usage, `Simulate at most ${mostDays} days at once.`);
  const read = await readCouncilFolder(councilFolder, terminal.now());
  if (!read.ok) throw new Ended(exitCodes.fault, faultsReport(councilFolder, read.faults));
  const store = openSqliteStore({ file: ':memory:' });
  try {
    const log = createLog('silent');
    const done = await simulate({ store, council: read.data, from, to, seed, log });
    terminal.out(json ? JSON.stringify({ from, to, seed, ...done }, null, 2) : asText(done, seed));
  } finally {
    await store.close();
  }
}

const sums: Record<keyof Totals, string> = {
  asked: 'Asked',
  reminded: 'Reminded',
  chased: 'Chased',
  told: 'Heads of service told',
  messages: 'Messages to people',
  given: 'Updates given',
  corrected: 'Figures corrected',
  askedAgain: 'Answers that could not be read',
  posted: 'Digests posted',
  edited: 'Posts brought up to date',
};

function asText({ weeks, totals }: Simulated, seed: number): string {
  const total = Object.entries(sums).map(([key, name]) => [name, totals[key as keyof Totals]]);
  return [
    ...weeks.map(weekText),
    table(['In all', ''], total),
    '',
    'One message may do several of these, such as asking for one update and chasing another.',
    `Seed ${seed}.`,
  ].join('\n');
}

function weekText(week: Week): string {
  const lines = [`Week of ${longDate(week.from)}`];
  for (const key of ['asked', 'reminded', 'chased', 'told'] as const) {
    if (week[key].length > 0) lines.push(`  ${sums[key]} ${week[key].length}: ${named(week[key])}`);
  }
  for (const title of week.posted) lines.push(`  Posted: ${title}`);
  for (const key of ['given', 'corrected', 'askedAgain', 'edited'] as const) {
    if (week[key] > 0) lines.push(`  ${sums[key]}: ${week[key]}`);
  }
  if (lines.length === 1) lines.push('  Nothing.');
  return `${lines.join('\n')}\n`;
}

/** Each name once, with how often. */
function named(names: readonly string[]): string {
  const counted = [...Map.groupBy(names, (name) => name)];
  return counted
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { length }]) => (length > 1 ? `${name} (${length} times)` : name))
    .join(', ');
}
