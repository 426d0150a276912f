import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type Memory = { rss: number; heapUsed: number };

export type RunningBot = {
  name: string;
  port: number;
  /** After a garbage collection. */
  memory: () => Promise<Memory>;
  /** Microseconds of processor time that the process has used, in all its threads. */
  processor: () => Promise<number>;
  stop: () => Promise<void>;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilItAnswers(port: number, child: ChildProcess, log: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the bot stopped: ${readFileSync(log, 'utf8').slice(-2000)}`);
    const answer = await fetch(`http://127.0.0.1:${port}/livez`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts a bot's entry file in a process of its own and waits until it answers. Its output goes to a file. */
export async function runBot(
  name: string,
  entry: string,
  { folder, env = {} }: { folder: string; env?: Record<string, string> },
): Promise<RunningBot> {
  const port = await freePort();
  const log = join(folder, `${name}.log`);
  const output = openSync(log, 'w');
  const child = fork(entry, [], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    execArgv: [
      '--expose-gc',
      '--import',
      join(import.meta.dirname, 'report-use.ts'),
      ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []),
    ],
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  await untilItAnswers(port, child, log);
  const ask = async <Answer>(question: string): Promise<Answer> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0];
  };
  return {
    name,
    port,
    memory: () => ask<Memory>('memory'),
    processor: () => ask<number>('processor'),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
