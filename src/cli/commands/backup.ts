import { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { plural } from '../../domain/words.ts';
import { BackupFault, backUp, type Held, restore } from '../../store/sqlite/backup.ts';
import { doubtWhatWaited, recordForAll } from '../../usecases/after-restore.ts';
import type { Deps } from '../../usecases/deps.ts';
import { Ended, exitCodes, type Terminal } from '../terminal.ts';
import { withStore } from '../with-store.ts';

type BackupOptions = { out: string; force?: true; json?: true };

/** `planwatch backup --out FILE`: a sound copy of the SQLite store while the bot runs. */
export const backupCommand = (terminal: Terminal): Command =>
  new Command('backup')
    .description('Copy the SQLite store to a file while the bot runs, and check the copy.')
    .requiredOption('--out <file>', 'the file to write')
    .option('--force', 'replace the file when it is there already')
    .option('--json', 'print JSON instead of a sentence')
    .action(async ({ out, force, json }: BackupOptions) => {
      const held = await orEnd(() => backUp(storeFile(terminal), out, force ?? false));
      await withStore(terminal, (deps) => recordForAll(deps, 'backup-made'));
      terminal.out(
        json
          ? JSON.stringify({ file: out, ...held }, null, 2)
          : `Wrote ${out}: ${counted(held)}. It was checked. It holds all that the store holds, so keep it as safe.`,
      );
    });

type RestoreOptions = { force?: true; json?: true };

/** `planwatch restore FILE`: puts a backup in the place of the SQLite store, which is kept beside it. */
export const restoreCommand = (terminal: Terminal): Command =>
  new Command('restore')
    .description('Put a backup in the place of the SQLite store. Stop the bot first.')
    .argument('<file>', 'as `backup` wrote it')
    .option('--force', 'also when the store holds what the backup has not; it is kept beside')
    .option('--json', 'print JSON instead of a sentence')
    .action(async (from: string, { force, json }: RestoreOptions) => {
      const file = storeFile(terminal);
      const suffix = `before-restore-${terminal.now().replace(/\D/g, '').slice(0, 14)}`;
      const { aside, ...held } = await orEnd(async () => restore(file, from, force ?? false, suffix));
      const doubted = await withStore(terminal, settleRestored);
      const said = [
        `Restored ${file}: ${counted(held)}.`,
        ...(aside ? [`What was there is in ${aside}.`] : []),
        ...doubts(doubted),
      ];
      terminal.out(json ? JSON.stringify({ file, aside, doubted, ...held }, null, 2) : said.join('\n'));
    });

/** `planwatch restored`: what `restore` does afterwards, for a database that Azure has restored. */
export const restoredCommand = (terminal: Terminal): Command =>
  new Command('restored')
    .description(
      'Say that Azure has restored the database, before the bot works on it. It may be said twice.',
    )
    .option('--json', 'print JSON instead of a sentence')
    .action(async ({ json }: { json?: true }) => {
      const doubted = await withStore(terminal, settleRestored);
      const said = ['It is in the audit trail that the store was restored.', ...doubts(doubted)];
      terminal.out(json ? JSON.stringify({ doubted }, null, 2) : said.join('\n'));
    });

async function settleRestored(deps: Deps): Promise<number> {
  await recordForAll(deps, 'store-restored');
  return doubtWhatWaited(deps);
}

const doubts = (messages: number): string[] =>
  messages === 0
    ? []
    : [
        `${plural(messages, 'message')} waited when the backup was made and may have been sent since: see deliveries.`,
      ];

const counted = ({ documents, councils }: Held): string =>
  `${plural(documents, 'document')} of ${plural(councils, 'council')}`;

/** The SQLite file that the bot's own environment names. */
function storeFile({ env }: Terminal): string {
  const read = readConfig(env);
  if (!read.ok) throw new Ended(exitCodes.usage, read.message);
  const { store } = read.config;
  if (store.kind === 'sqlite') return store.file;
  throw new Ended(
    exitCodes.usage,
    'Azure backs up Cosmos DB by itself. Restore it with Azure’s own tools, then run “restored”; see docs/operations.md.',
  );
}

async function orEnd<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupFault) throw new Ended(exitCodes.fault, error.message);
    throw error;
  }
}
