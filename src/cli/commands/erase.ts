import { Command } from 'commander';
import { plural } from '../../domain/words.ts';
import { type Erasure, erasePerson } from '../../usecases/erase-person.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { reason: string; force?: true };

/** `planwatch erase PERSON`: makes a person a pseudonym; every figure and count stays. */
export const eraseCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('erase'))
    .description('Erase a person: their history stays under a pseudonym. This can’t be undone.')
    .argument('<person>', 'their e-mail address, name or id')
    .requiredOption('--reason <reason>', 'why, such as the number of the request')
    .option('--force', 'also when they are still accountable for something')
    .action((words: string, options: Options) =>
      withCouncil(terminal, options, async (deps, year) => {
        const erased = await erasePerson(deps, year, words, options);
        terminal.out(options.json ? JSON.stringify(erased, null, 2) : text(erased));
      }),
    );

const text = ({ pseudonym, removed, renamed, accountable, left }: Erasure): string =>
  [
    `They are “${pseudonym}” from now on. ${plural(removed, 'document was', 'documents were')} removed, and ${plural(renamed, 'kept digest page names', 'kept digest pages name')} the pseudonym.`,
    'Cards that were sent stay in Teams. Take them out of people.csv; loading it again does not bring them back.',
    ...(accountable.length > 0
      ? [`Nobody is asked for these until someone else is named: ${accountable.join(', ')}.`]
      : []),
    ...(left.length > 0
      ? [
          'These texts still name them. Decide on each; a figure’s commentary is corrected in Teams:',
          ...left.map(({ year, kind, id, field }) => `  ${year ?? 'council'}  ${kind}  ${id}  ${field}`),
        ]
      : []),
  ].join('\n');
