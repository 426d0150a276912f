import { Command, Option } from 'commander';
import type { CalendarRow } from '../../domain/calendar-rows.ts';
import type { MoveTyped } from '../../domain/check-move.ts';
import { type Frequency, frequencies } from '../../domain/frequency.ts';
import { periodName } from '../../domain/periods.ts';
import { movePeriodIn } from '../../usecases/move-period.ts';
import { movesOf, showCalendar } from '../../usecases/show-calendar.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { year?: string; frequency: Frequency };
type MoveOptions = CouncilOptions & MoveTyped;

/** `planwatch calendar`: when a year's periods open, are due and lock; `move PERIOD` moves one period's dates. */
export const calendarCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('calendar'))
    .description(
      'Show when periods open, are due and lock, and which were moved; or move one period’s dates.',
    )
    .option('--year <year>', 'a loaded year such as 2009/10, instead of the one being reported')
    .addOption(
      new Option('--frequency <frequency>', 'whose periods').choices(frequencies).default('quarterly'),
    )
    .action((options: Options) => show(terminal, options))
    .addCommand(
      new Command('move')
        .description('Move one period’s dates. The running bot tells everyone who is affected.')
        .argument('<period>', 'such as "2009/10 Q2"')
        .option('--opens <date>', 'such as 2009-10-05; what isn’t given stays')
        .option('--due <date>', 'a working day')
        .option('--locks <date>', 'the last day on which managers can change a figure')
        .requiredOption('--reason <reason>', 'why; everyone who is affected reads it')
        .action((period: string, _options: object, command: Command) =>
          move(terminal, period, command.optsWithGlobals()),
        ),
    );

const states: Record<CalendarRow['state'], string> = {
  'to-come': 'to come',
  open: 'open',
  overdue: 'past due',
  locked: 'locked',
};

const movedText = ({ reason }: { reason?: string }): string =>
  reason === undefined ? 'moved' : `moved: ${reason.replace(/\s+/g, ' ')}`;

const show = (terminal: Terminal, options: Options): Promise<void> =>
  withCouncil(terminal, options, async (deps, open) => {
    const { year, rows } = await showCalendar(deps, open, options.year ?? null, options.frequency);
    const moves = await movesOf(deps, year);
    if (options.json) {
      const periods = rows.map(({ period, dates, formal, state, moved }) => ({
        period: period.key,
        ...dates,
        formal,
        state,
        moved,
      }));
      const { settings, preElection } = year;
      const told = { council: settings.name, year: settings.year, ...(preElection && { preElection }) };
      return terminal.out(JSON.stringify({ ...told, periods, moves }, null, 2));
    }
    const cells = rows.map(({ period, dates: { opens, due, locks }, formal, state, moved }) => [
      period.key,
      opens,
      due,
      locks,
      states[state],
      formal?.replaceAll('-', ' ') ?? '',
      moved ? movedText(moved) : '',
    ]);
    terminal.out(table(['Period', 'Opens', 'Due', 'Locks', 'State', 'Formal point', ''], cells));
  });

const move = (terminal: Terminal, named: string, { opens, due, locks, reason, ...options }: MoveOptions) =>
  withCouncil(terminal, options, async (deps, open) => {
    const typed = Object.fromEntries(
      Object.entries({ opens, due, locks, reason }).filter(([, value]) => value !== undefined),
    );
    const { period, was, now, affected } = await movePeriodIn(deps, open, named, typed);
    if (options.json)
      return terminal.out(JSON.stringify({ period: period.key, was, now, affected }, null, 2));
    terminal.out(
      `${periodName(period)} opens ${now.opens}, is due ${now.due}, locks ${now.locks}. ${affected} people have something in it and are told by the running bot.`,
    );
  });
