import { Argument, Command } from 'commander';
import { preElectionIn, setPreElectionIn } from '../../usecases/pre-election.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

/** `planwatch pre-election`: says whether the pre-election period is on; `on` and `off` switch it. */
export const preElectionCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('pre-election'))
    .description('Say whether the pre-election period is on, or switch it: no quotes, no scheduled posts.')
    .addArgument(new Argument('[switch]', 'leave it out to see').choices(['on', 'off']))
    .action((wanted: 'on' | 'off' | undefined, options: CouncilOptions) =>
      withCouncil(terminal, options, async (deps, year) => {
        const now = wanted
          ? await setPreElectionIn(deps, year, wanted === 'on')
          : await preElectionIn(deps, year);
        const since = now?.since ?? null;
        if (options.json) return terminal.out(JSON.stringify({ on: now !== null, since }, null, 2));
        terminal.out(
          now
            ? `The pre-election period is on since ${since}. Channels and papers carry no quotes, and scheduled posts wait.`
            : 'The pre-election period is off. What waited is posted once, at the next round.',
        );
      }),
    );
