import { Command } from 'commander';
import { dateAt } from '../../domain/local-time.ts';
import { unreachableIn } from '../../usecases/list-unreachable.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

/** `planwatch unreachable`: who gets none of the bot's messages although there is something to tell them. */
export const unreachableCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('unreachable'))
    .description('Show who can’t be reached, why and since when.')
    .action((options: CouncilOptions) =>
      withCouncil(terminal, options, async (deps, year) => {
        const rows = (await unreachableIn(deps, year)).map(({ person, standsInFor, ...line }) => ({
          person: person.name,
          email: person.email,
          ...line,
          standsInFor: standsInFor.map(({ name }) => name),
        }));
        const { settings, today } = year;
        if (options.json) {
          return terminal.out(JSON.stringify({ council: settings.name, today, people: rows }, null, 2));
        }
        const headings = ['Person', 'E-mail', 'Why', 'Since', 'Overdue', 'Awaited', 'Head', 'Stands in for'];
        const cells = rows.map((row) => [
          row.person,
          row.email,
          row.code ? `${row.why} (${row.code})` : row.why,
          row.since ? dateAt(row.since, settings.timeZone) : '',
          row.overdue,
          row.awaited,
          row.headsPlans ? 'yes' : '',
          row.standsInFor.join(', '),
        ]);
        terminal.out(rows.length === 0 ? 'Everyone can be reached.' : table(headings, cells));
      }),
    );
