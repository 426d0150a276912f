import { Command } from 'commander';
import { coverIn } from '../../usecases/list-cover.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

const doubts = {
  'deputy-away': 'is away too',
  'deputy-not-reachable': 'can’t be reached',
  'deputy-gone': 'is not on the list',
};

/** `planwatch cover`: who stands in for whom, now or later, and what is missing of those who are away. */
export const coverCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('cover'))
    .description('Show who stands in for whom, and in which days.')
    .action((options: CouncilOptions) =>
      withCouncil(terminal, options, async (deps, year) => {
        const rows = (await coverIn(deps, year)).map(({ person, deputy, cover, ...line }) => ({
          person: person.name,
          deputy: deputy?.name ?? null,
          from: cover.from,
          to: cover.to,
          ...line,
        }));
        const { settings, today } = year;
        if (options.json) {
          return terminal.out(JSON.stringify({ council: settings.name, today, cover: rows }, null, 2));
        }
        const headings = ['Person', 'Deputy', 'From', 'To', 'When', 'Overdue', 'Awaited', 'Deputy’s trouble'];
        const cells = rows.map(({ person, deputy, from, to, when, overdue, awaited, doubt }) => [
          person,
          deputy ?? '',
          from,
          to,
          when,
          overdue,
          awaited,
          doubt ? doubts[doubt] : '',
        ]);
        terminal.out(rows.length === 0 ? 'Nobody is covered now or later.' : table(headings, cells));
      }),
    );
