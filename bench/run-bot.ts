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
  memory: () => Promise<Memory>;
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
      join(import.meta.dirname, 'report-memory.ts'),
      ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []),
    ],
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  await untilItAnswers(port, child, log);
  return {
    name,
    port,
    memory: async () => {
      const answer = once(child, 'message');
      child.send('memory');
      const [memory] = await answer;
      return memory as Memory;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
