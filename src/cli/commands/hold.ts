import { Argument, Command } from 'commander';
import { type HoldSubject, holdSubjects } from '../../domain/hold.ts';
import { addHold, endHold, listHolds } from '../../usecases/holds.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

/** `planwatch hold list|add|end`: what may not be erased or removed for now, and why. */
export const holdCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('hold'))
    .description(
      'Keep something from being erased or removed while a request is open; list or end such holds.',
    )
    .addCommand(
      new Command('list')
        .description('Show all holds, those that are on first.')
        .action((_options: object, command: Command) => list(terminal, command.optsWithGlobals())),
    )
    .addCommand(
      new Command('add')
        .description('Put a hold on a person, a plan, a year or everything.')
        .addArgument(new Argument('<on>', 'what it is on').choices(holdSubjects))
        .argument('[of]', 'the person’s e-mail address, the plan’s ref or the year')
        .requiredOption('--reason <reason>', 'why, such as the number of the request')
        .action((on: HoldSubject, of: string | undefined, _options: object, command: Command) =>
          add(terminal, on, of ?? '', command.optsWithGlobals()),
        ),
    )
    .addCommand(
      new Command('end')
        .description('End a hold.')
        .argument('<id>', 'as listed')
        .action((id: string, _options: object, command: Command) =>
          end(terminal, id, command.optsWithGlobals()),
        ),
    );

const list = (terminal: Terminal, options: CouncilOptions): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const holds = (await listHolds(deps, year)).map(({ id, data }) => ({ id, ...data }));
    if (options.json) return terminal.out(JSON.stringify({ council: year.settings.name, holds }, null, 2));
    const cells = holds.map(({ id, on, of, reason, addedAt, endedAt }) => [
      endedAt === null ? 'on' : `ended ${endedAt.slice(0, 10)}`,
      on === 'person' ? year.nameOf(of) : `${on} ${of}`.trim(),
      reason,
      addedAt.slice(0, 10),
      id,
    ]);
    terminal.out(
      holds.length === 0 ? 'There are no holds.' : table(['State', 'On', 'Reason', 'Since', 'Id'], cells),
    );
  });

const add = (terminal: Terminal, on: HoldSubject, of: string, options: CouncilOptions & { reason: string }) =>
  withCouncil(terminal, options, async (deps, year) => {
    const { id, hold } = await addHold(deps, year, on, of, options.reason);
    terminal.out(
      options.json
        ? JSON.stringify({ id, ...hold }, null, 2)
        : `Nothing that it covers is erased or removed until you run: hold end ${id}`,
    );
  });

const end = (terminal: Terminal, id: string, options: CouncilOptions): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const hold = await endHold(deps, year, id);
    terminal.out(options.json ? JSON.stringify({ id, ...hold }, null, 2) : 'The hold has ended.');
  });
