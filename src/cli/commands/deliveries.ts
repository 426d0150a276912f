import { Command, Option } from 'commander';
import { deliveryStates } from '../../store/documents.ts';
import { deliveriesIn } from '../../usecases/list-deliveries.ts';
import { sendAgainIn } from '../../usecases/send-again.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { state?: string };

/** `planwatch deliveries`: what was sent, to whom, when, what failed and why; `send-again ID` sends it again. */
export const deliveriesCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('deliveries'))
    .description('Show what was sent, to whom, and what failed; or send a failed message again.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(deliveryStates))
    .action((options: Options) => show(terminal, options))
    .addCommand(
      new Command('send-again')
        .description('Send a message again that failed. The running bot does the sending.')
        .argument('<id>', 'as listed')
        .action((id: string, _options: object, command: Command) =>
          again(terminal, id, command.optsWithGlobals()),
        ),
    );

const show = (terminal: Terminal, options: Options): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const all = await deliveriesIn(deps, year);
    const lines = options.state ? all.filter(({ state }) => state === options.state) : all;
    if (options.json) {
      return terminal.out(JSON.stringify({ council: year.settings.name, deliveries: lines }, null, 2));
    }
    const headings = ['State', 'To', 'What', 'When', 'Tries', 'Why', 'Id'];
    const cells = lines.map(({ state, to, what, createdAt, settledAt, attempts, reason, sentAgain, id }) => [
      sentAgain ? `${state}, sent again` : state,
      to,
      what,
      settledAt ?? createdAt,
      attempts,
      state === 'sent' ? '' : (reason ?? ''),
      id,
    ]);
    terminal.out(lines.length === 0 ? 'There is no such message.' : table(headings, cells));
  });

const again = (terminal: Terminal, wanted: string, options: CouncilOptions): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const { id, outcome } = await sendAgainIn(deps, year, wanted);
    if (options.json) return terminal.out(JSON.stringify({ id, outcome }, null, 2));
    terminal.out(
      outcome === 'sending'
        ? `It is sent again as soon as the bot runs, as ${id}.`
        : `It was sent again already, as ${id}.`,
    );
  });
