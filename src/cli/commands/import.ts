import { Command } from 'commander';
import { readCouncilFolder } from '../../import/read-council-folder.ts';
import { importCouncil } from '../../usecases/import-council.ts';
import { faultsReport, summaryJson, summaryReport } from '../import-report.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';
import { withStore } from '../with-store.ts';

type Options = { dryRun?: true; rerate?: string; removeMissing?: true; json?: true };

/** `planwatch import FOLDER`: loads a council folder, or tells everything that is wrong with it. */
export const importCommand = (terminal: Terminal): Command =>
  new Command('import')
    .description('Load a council folder (council.json with CSV files or a workbook).')
    .argument('<folder>', 'the folder, or the workbook beside council.json')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--rerate <reason>', 'rate the year’s results again by today’s rules, and keep the reason')
    .option('--remove-missing', 'remove what the folder has no longer and nobody has reported on')
    .option('--json', 'print JSON instead of a table')
    .action((folder: string, options: Options) => importFolder(terminal, folder, options));

async function importFolder(terminal: Terminal, folder: string, options: Options): Promise<void> {
  if (options.rerate?.trim() === '')
    throw new Ended(
      exitCodes.usage,
      '--rerate needs a reason, for example --rerate "Floor agreed by Cabinet".',
    );
  const read = await readCouncilFolder(folder, terminal.now());
  if (!read.ok) {
    const { faults } = read;
    terminal.out(
      options.json ? JSON.stringify({ ok: false, faults }, null, 2) : faultsReport(folder, faults),
    );
    throw new Ended(exitCodes.fault);
  }
  const summary = await withStore(terminal, (deps) =>
    importCouncil(deps, read.data, {
      dryRun: options.dryRun,
      rerate: options.rerate?.trim() ?? null,
      removeMissing: options.removeMissing,
    }),
  );
  terminal.out(options.json ? JSON.stringify(summaryJson(summary), null, 2) : summaryReport(summary));
}
