import { Command } from 'commander';
import { replay } from '../replay.ts';
import { replayTable } from '../replay-table.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';

/** `planwatch replay`: rates what councils published again and holds it against what they printed. */
export const replayCommand = (terminal: Terminal): Command =>
  new Command('replay')
    .description('Rate published figures again and compare with the ratings that councils printed.')
    .argument('[folder]', 'where kpis.csv, summaries.csv and settings.json are', 'data/published')
    .option('--json', 'print JSON instead of a table')
    .action((folder: string, options: { json?: true }) => {
      const replayed = replay(folder);
      terminal.out(options.json ? JSON.stringify(replayed, null, 2) : replayTable(replayed));
      if (replayed.differences.length > 0)
        throw new Ended(exitCodes.fault, 'Some ratings differ from those printed.');
    });
