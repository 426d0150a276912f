import { readConfig } from './config.ts';
import { openTeamsEdition } from './edition.ts';
import { createLog } from './log.ts';
import { type Running, start } from './start.ts';
import { startUpFault } from './start-up-fault.ts';

const read = readConfig(process.env);
if (!read.ok) {
  console.error(read.message);
  process.exit(1);
}

/** Milliseconds after which it ends whatever is under way: containers are killed ten seconds after SIGTERM. */
const patience = 9_000;

let running: Running | null = null;
let stopping = false;
/** npm passes on the Ctrl+C that this process has heard itself, so the second is none of the user's. */
async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), patience).unref();
  await running?.stop();
  process.exit(0);
}
// Heard from the beginning, for starting takes seconds and leaves the Playground's process behind when cut off.
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

const { config } = read;
// The playground is imported in its own mode alone, so that nothing of it exists in teams mode.
const openEdition =
  config.mode === 'playground'
    ? (await import('./playground/edition.ts')).openPlaygroundEdition
    : openTeamsEdition;

const log = createLog(config.logLevel);
try {
  running = await start(config, log, openEdition);
  // What nobody caught ends the process all the same, but Node would print its message, which may quote what was typed.
  process.on('uncaughtException', (error) => {
    log.error(error, {}, 'crashed');
    process.exit(1);
  });
} catch (error) {
  const fault = startUpFault(error, config);
  if (fault === null) throw error;
  console.error(`Planwatch can't start:\n- ${fault}`);
  process.exit(1);
}
