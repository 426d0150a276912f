import { Command } from 'commander';
import { applyRetention, type Past, type RetentionRound } from '../../usecases/apply-retention.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { dryRun?: true };

/** `planwatch retention`: removes what is kept longer than council.json says, as the bot does every night. */
export const retentionCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('retention'))
    .description('Remove what is kept longer than council.json says, as the bot does every night.')
    .option('--dry-run', 'say what would go, and remove nothing')
    .action((options: Options) =>
      withCouncil(terminal, options, async (deps, year) => {
        const round = await applyRetention(deps, year, { dryRun: options.dryRun ?? false });
        terminal.out(options.json ? JSON.stringify(round, null, 2) : words(round, options));
      }),
    );

const rows = (past: readonly Past[]) =>
  past.map(({ year, kind, documents }) => [year ?? 'council', kind, documents]);

const words = ({ past, held }: RetentionRound, { dryRun }: Options): string =>
  [
    past.length === 0
      ? 'Nothing is kept longer than it should be.'
      : `${dryRun ? 'This would go; nothing was removed' : 'Removed'}:\n${table(['Year', 'Kind', 'Documents'], rows(past))}`,
    ...(held.length > 0
      ? [`A hold keeps this; “hold list” says which:\n${table(['Year', 'Kind', 'Documents'], rows(held))}`]
      : []),
  ].join('\n\n');
