import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Received } from './connector.ts';

export type Connector = {
  serviceUrl: string;
  reset: () => Promise<void>;
  received: () => Promise<Received>;
  stop: () => void;
};

const path = process.env.PATH;

export async function startConnector(): Promise<Connector> {
  const child = fork(join(import.meta.dirname, 'connector.ts'), [], { env: { PATH: path } });
  const [port] = await once(child, 'message');
  const ask = async (question: string): Promise<Received> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0];
  };
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    reset: async () => void (await ask('reset')),
    received: () => ask('report'),
    stop: () => child.disconnect(),
  };
}

/** Megabytes that a process has now, and the most that it ever had. */
export type Memory = { now: number; most: number };

export type Worker = { memory: () => Memory; processorSeconds: () => number; stop: () => Promise<void> };

/** Starts Planwatch on a store; its log goes to a file. Resolves once it works. */
export async function startWorker(file: string, folder: string, name: string): Promise<Worker> {
  const output = openSync(join(folder, `${name}.log`), 'w');
  const child = fork(join(import.meta.dirname, 'worker.ts'), [], {
    env: { PATH: path, SQLITE_FILE: file },
    execArgv: process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [],
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`Planwatch stopped: ${readFileSync(join(folder, `${name}.log`), 'utf8').slice(-2000)}`);
    }),
  ]);
  return {
    memory: () => memoryOf(child),
    processorSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function memoryOf({ pid }: ChildProcess): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** How fast the bare sender posts, in cards a second. */
export async function bareRate(serviceUrl: string, cardBytes: number, seconds: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'bare-sender.ts'), [], {
    env: { PATH: path, SERVICE_URL: serviceUrl, CARD_BYTES: String(cardBytes), SECONDS: String(seconds) },
  });
  const [answer] = (await once(child, 'message')) as [{ sent: number; seconds: number }];
  if (child.exitCode === null) await once(child, 'exit');
  return answer.sent / answer.seconds;
}
