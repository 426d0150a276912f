import { Command } from 'commander';
import { heldAbout } from '../../usecases/held-about.ts';
import { heldAboutHtml } from '../held-about-html.ts';
import type { Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';
import { writeFile } from '../write-file.ts';

type Options = CouncilOptions & { out: string; force?: true };

/** `planwatch held-about PERSON --out FILE`: everything that is held about a person. */
export const heldAboutCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('held-about'))
    .description('Write everything that is held about a person: a page to read, or JSON.')
    .argument('<person>', 'their e-mail address, name or id')
    .requiredOption('--out <file>', 'the file to write; JSON when its name ends in .json, else a web page')
    .option('--force', 'replace the file when it is there already')
    .action((words: string, options: Options) =>
      withCouncil(terminal, options, async (deps, year) => {
        const held = await heldAbout(deps, year, words);
        const isJson = options.out.toLowerCase().endsWith('.json');
        const content = isJson ? JSON.stringify(held, null, 2) : heldAboutHtml(held);
        await writeFile(options.out, content, { force: options.force ?? false, isPrivate: true });
        const { person, documents } = held;
        terminal.out(
          options.json
            ? JSON.stringify({ file: options.out, person: person.id, documents: documents.length }, null, 2)
            : `Wrote ${options.out}: ${documents.length} documents that tell of ${person.name}. Others may be named in them: look before you give it out.`,
        );
      }),
    );
