import { Command, CommanderError } from 'commander';
import { Refused } from '../domain/errors.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand, restoreCommand, restoredCommand } from './commands/backup.ts';
import { calendarCommand } from './commands/calendar.ts';
import { coverCommand } from './commands/cover.ts';
import { deliveriesCommand } from './commands/deliveries.ts';
import { digestCommand } from './commands/digest.ts';
import { eraseCommand } from './commands/erase.ts';
import { exportCommand } from './commands/export.ts';
import { heldAboutCommand } from './commands/held-about.ts';
import { holdCommand } from './commands/hold.ts';
import { importCommand } from './commands/import.ts';
import { lateCommand } from './commands/late.ts';
import { offTargetCommand } from './commands/off-target.ts';
import { preElectionCommand } from './commands/pre-election.ts';
import { replayCommand } from './commands/replay.ts';
import { retentionCommand } from './commands/retention.ts';
import { simulateCommand } from './commands/simulate.ts';
import { statusCommand } from './commands/status.ts';
import { unreachableCommand } from './commands/unreachable.ts';
import { Ended, type ExitCode, exitCodes, printable, type Terminal } from './terminal.ts';

/** Every command, one file each in `commands/`. */
const commands = [
  importCommand,
  statusCommand,
  offTargetCommand,
  lateCommand,
  calendarCommand,
  coverCommand,
  unreachableCommand,
  digestCommand,
  deliveriesCommand,
  exportCommand,
  preElectionCommand,
  auditCommand,
  eraseCommand,
  heldAboutCommand,
  holdCommand,
  retentionCommand,
  backupCommand,
  restoreCommand,
  restoredCommand,
  replayCommand,
  simulateCommand,
];

/**
 * Runs one command line and gives its exit code: 0 done, 1 a fault in what it was given, 2 wrong usage. Nothing
 * is thrown for an expected failure; its sentence goes to `terminal.err`.
 *
 * @param args without the program's name: `['import', 'samples/kent-2009-10', '--dry-run']`
 */
export async function runCommandLine(args: readonly string[], given: Terminal): Promise<ExitCode> {
  const terminal: Terminal = {
    ...given,
    out: (text) => given.out(printable(text)),
    err: (text) => given.err(printable(text)),
  };
  const program = new Command('planwatch')
    .description('Loads councils’ plans, and answers from the same store as the bot.')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  for (const make of commands) {
    const command = make(terminal).copyInheritedSettings(program);
    // What belongs to a command must not end the process by itself either.
    for (const inner of command.commands) inner.copyInheritedSettings(command);
    program.addCommand(command);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Ended) {
      if (error.message) terminal.err(error.message);
      return error.exitCode;
    }
    if (error instanceof Refused) {
      terminal.err(error.sentence);
      return exitCodes.fault;
    }
    throw error;
  }
}
