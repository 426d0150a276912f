import { Command } from 'commander';
import { auditIn, type Verified, verifyAudit } from '../../usecases/read-audit.ts';
import { table } from '../table.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';
import { type CouncilOptions, withCouncil, withCouncilOptions } from '../with-council.ts';

type Options = CouncilOptions & { verify?: true };

/** `planwatch audit`: what clerks and officers did; `--verify` holds the trail to its hashes. */
export const auditCommand = (terminal: Terminal): Command =>
  withCouncilOptions(new Command('audit'))
    .description('Show what clerks and officers did, or check that the trail is whole.')
    .option('--verify', 'check that no entry was changed or taken out')
    .action((options: Options) => (options.verify ? verify(terminal, options) : show(terminal, options)));

const show = (terminal: Terminal, options: Options): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const lines = await auditIn(deps, year);
    if (options.json) {
      return terminal.out(JSON.stringify({ council: year.settings.name, entries: lines }, null, 2));
    }
    const cells = lines.map(({ at, by, via, act, about, outcome, trail, number }) => [
      at,
      by ? year.nameOf(by) : via,
      act,
      Object.entries(about)
        .map(([what, id]) => `${what} ${id}`)
        .join(', '),
      outcome,
      `${trail} ${number}`,
    ]);
    const headings = ['When', 'Who', 'What', 'About', 'Outcome', 'Entry'];
    terminal.out(lines.length === 0 ? 'Nothing was done yet.' : table(headings, cells));
  });

const verify = (terminal: Terminal, options: Options): Promise<void> =>
  withCouncil(terminal, options, async (deps, year) => {
    const verified = await verifyAudit(deps, year);
    const { trails, breaks } = verified;
    terminal.out(
      options.json
        ? JSON.stringify({ whole: breaks.length === 0, trails, breaks }, null, 2)
        : words(verified),
    );
    if (breaks.length > 0) throw new Ended(exitCodes.fault);
  });

const words = ({ trails, breaks }: Verified): string =>
  [
    ...breaks.map(({ trail, number, why }) => `Trail ${trail} breaks at entry ${number}: ${why}.`),
    ...trails
      .filter(({ trail }) => !breaks.some((each) => each.trail === trail))
      .map(({ trail, entries, hash }) => `Trail ${trail} is whole: ${entries} entries, ending with ${hash}.`),
    ...(trails.length + breaks.length === 0 ? ['Nothing was done yet.'] : []),
  ].join('\n');
