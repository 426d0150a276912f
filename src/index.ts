import { readConfig } from './config.ts';
import { openTeamsEdition } from './edition.ts';
import { createLog } from './log.ts';
import { start } from './start.ts';

const read = readConfig(process.env);
if (!read.ok) {
  console.error(read.message);
  process.exit(1);
}

const { config } = read;
// The playground is imported in its own mode alone, so that nothing of it exists in teams mode.
const openEdition =
  config.mode === 'playground'
    ? (await import('./playground/edition.ts')).openPlaygroundEdition
    : openTeamsEdition;

const log = createLog(config.logLevel);
const running = await start(config, log, openEdition);

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await running.stop();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
