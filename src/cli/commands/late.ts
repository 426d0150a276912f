import { Command } from 'commander';
import { daysBetween } from '../../domain/days.ts';
import { lateIn } from '../../usecases/list-late.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

/** `planwatch late`: whose updates are overdue or still awaited. */
export const lateCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('late'))
    .description('Show whose updates are overdue or awaited.')
    .action((options: CouncilOptions) =>
      withCouncil(terminal, options, async (deps, year) => {
        const items = await lateIn(deps, year, () => true);
        const rows = items.map(({ item, plan, manager, deputy }) => ({
          state: item.state === 'overdue' ? 'overdue' : 'awaited',
          plan: plan.ref,
          kind: item.kind,
          ref: item.ref,
          title: item.title,
          period: item.period.key,
          due: item.dates.due,
          daysLate: Math.max(0, daysBetween(item.dates.due, year.today)),
          manager,
          deputy,
        }));
        const { settings, today } = year;
        if (options.json) {
          return terminal.out(JSON.stringify({ council: settings.name, today, updates: rows }, null, 2));
        }
        const headings = ['State', 'Plan', 'Update', 'Period', 'Due', 'Days late', 'Manager'];
        const cells = rows.map((row) => [
          row.state,
          row.plan,
          `${row.ref} ${row.title}`.slice(0, 60),
          row.period,
          row.due,
          row.daysLate,
          row.deputy ? `${row.manager} (covered by ${row.deputy})` : row.manager,
        ]);
        terminal.out(rows.length === 0 ? 'No update is late or awaited.' : table(headings, cells));
      }),
    );
