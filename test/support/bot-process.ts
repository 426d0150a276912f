import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The bot as `npm start` runs it, in a process of its own on an SQLite file, without the Teams-like client. */
export async function startBotProcess(file: string, environment: Record<string, string> = {}) {
  const root = join(import.meta.dirname, '../..');
  const child = spawn(process.execPath, [join(root, 'src/index.ts')], {
    cwd: root,
    env: { ...process.env, PORT: '0', PLAYGROUND_PORT: 'off', PLANWATCH_SQLITE_FILE: file, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>;
  const listening = Promise.withResolvers<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const port = /"port":(\d+)/.exec(line)?.[1];
    if (port) listening.resolve(Number(port));
  });
  exited.then(() => listening.reject(new Error('the bot ended before it listened')));
  const url = `http://127.0.0.1:${await listening.promise}`;
  return {
    url,
    /** How it ended: its exit code and the signal that killed it. */
    exited,
    kill: (signal: 'SIGTERM' | 'SIGKILL') => child.kill(signal),
    get: async (path: string) => (await fetch(`${url}${path}`)).status,
    send: (activity: object) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      }),
  };
}
