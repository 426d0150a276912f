import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Log } from '../log.ts';

export type PlaygroundClient = { url: string; stop: () => Promise<void> };

export type ClientSettings = {
  /** Where the bot answers. */
  botPort: number;
  /** The port wanted; another is taken when it is in use. */
  port: number;
  log: Log;
  /** The folder with `node_modules` and `.m365agentsplayground.yml`. */
  folder?: string;
};

const cli = 'node_modules/@microsoft/m365agentsplayground/cli.js';
/** Milliseconds; it answers within one or two, on a busy machine within ten. */
const patience = 60_000;
const pause = 100;

/**
 * Starts the Teams-like client beside the bot and resolves once its page answers. It stops with `stop`, or when
 * this process ends. Throws when it does not come up: the package is missing, or its file is not to its liking.
 */
export async function startClient(settings: ClientSettings): Promise<PlaygroundClient> {
  const { botPort, log, folder = process.cwd() } = settings;
  const port = await freePort(settings.port);
  const logFile = join(folder, '.data', 'agentsplayground.log');
  mkdirSync(join(folder, '.data'), { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(import.meta.dirname, 'loopback-only.ts')],
      join(folder, cli),
      ...['--app-endpoint', `http://127.0.0.1:${botPort}/api/messages`],
      ...['--channel-id', 'msteams'],
      ...['--port', String(port)],
      ...['--service-url', `${url}/_connector`],
      '--disable-telemetry',
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      // It would open a browser by itself, and write its log into a folder of its own beside the sources.
      env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_LOGFILE: logFile },
    },
  );
  const kill = () => child.kill();
  process.once('exit', kill);
  log.info({ port, pid: child.pid }, 'playground-client-starting');
  let exitCode: number | null = null;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', (code) => {
      exitCode = code ?? 1;
      resolve();
    });
  });
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };

  const deadline = Date.now() + patience;
  while (!(await answers(url))) {
    if (exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`The Playground did not start (exit code ${exitCode}). ${logFile} says why.`);
  }
  log.info({ port }, 'playground-client-started');
  const told = () => log.warn({ code: exitCode }, 'playground-client-ended');
  child.once('exit', told);
  return {
    url,
    stop: () => {
      child.off('exit', told);
      return stop();
    },
  };
}

/** Whether it has read its file: the page comes before that, and stays when it fails. */
async function answers(url: string): Promise<boolean> {
  const isThere = await fetch(`${url}/_internal/v1/config`).then(
    (response) => response.ok,
    () => false,
  );
  if (!isThere) await new Promise((resolve) => setTimeout(resolve, pause));
  return isThere;
}

/** The port wanted, or another when something listens there. */
async function freePort(wanted: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
      });
    });
  return (await tryPort(wanted)) ?? (await tryPort(0))!;
}
