import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { News, Order } from './instance.ts';

const entry = join(import.meta.dirname, 'instance.ts');

/** A process that has loaded the bot and waits to be told which instance to be. */
export type Spare = { child: ChildProcess; logged: string[]; loaded: Promise<void> };

/** Processes that wait, so that a run needn't wait for them: loading the bot takes longer than a run's day. */
export type Spares = {
  take(): Promise<Spare>;
  /** A process that has ended its instance in order waits again. */
  giveBack(spare: Spare): void;
  close(): void;
};

const mostLines = 400;

function load(): Spare {
  const child = fork(entry, [], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const logged: string[] = [];
  const keep = (text: Buffer) => {
    logged.push(text.toString());
    if (logged.length > mostLines) logged.shift();
  };
  child.stdout!.on('data', keep);
  child.stderr!.on('data', keep);
  const loaded = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error(`an instance ended before it was loaded: ${logged.join('')}`)));
  });
  loaded.catch(() => {});
  return { child, logged, loaded };
}

/** The compiled code that processes leave for those after them; it stays, for the next time. */
const cache = join(tmpdir(), 'planwatch-chaos-compiled');

/** @param waiting how many processes wait at a time */
export function openSpares(waiting: number): Spares {
  const spares: Spare[] = [];
  let closed = false;
  const fill = () => {
    while (!closed && spares.length < waiting) spares.push(load());
  };
  fill();
  return {
    async take() {
      const spare = spares.shift() ?? load();
      fill();
      await spare.loaded;
      spare.logged.length = 0;
      return spare;
    },
    giveBack(spare) {
      if (closed || spares.length >= 4 * waiting) spare.child.kill('SIGKILL');
      else spares.unshift(spare);
    },
    close() {
      closed = true;
      for (const { child } of spares) child.kill('SIGKILL');
    },
  };
}

/** One running instance of the bot. */
export type Instance = {
  name: string;
  url: string;
  spare: Spare;
  state: 'up' | 'stalled' | 'ending' | 'dead';
  /** How often it had the processor: less than the clock says where a machine has much else to do. */
  beats: number;
  /** SIGKILL. */
  kill(): void;
  /** SIGSTOP for as many milliseconds. */
  stall(milliseconds: number): void;
  /** SIGTERM; resolves to whether it ended by itself. */
  terminate(): Promise<boolean>;
  /** Ends the instance in order and keeps its process. */
  stop(): Promise<void>;
};

/** Milliseconds that a machine with much else to do needs to end a process, and more. */
const patience = 120_000;

export async function startInstance(spare: Spare, order: Order & { does: 'begin' }): Promise<Instance> {
  const { child } = spare;
  const hear = (is: News['is']) =>
    new Promise<News>((resolve, reject) => {
      const end = (settle: () => void) => {
        child.off('message', listen);
        child.off('exit', ended);
        clearTimeout(timer);
        settle();
      };
      const listen = (news: News) => news.is === is && end(() => resolve(news));
      const ended = () => {
        const last = spare.logged.slice(-5).join('');
        end(() => reject(new Error(`${order.name} ended: ${last}`)));
      };
      const timer = setTimeout(() => end(() => reject(new Error(`${order.name} is not ${is}`))), patience);
      child.on('message', listen);
      child.once('exit', ended);
    });
  const up = hear('up');
  child.send(order);
  const news = (await up) as News & { is: 'up' };
  const instance: Instance = {
    name: order.name,
    url: `http://127.0.0.1:${news.port}/api/messages`,
    spare,
    state: 'up',
    beats: 0,
    kill() {
      if (instance.state === 'dead') return;
      instance.state = 'dead';
      child.kill('SIGKILL');
    },
    stall(milliseconds) {
      if (instance.state !== 'up') return;
      instance.state = 'stalled';
      child.kill('SIGSTOP');
      setTimeout(() => {
        if (instance.state !== 'stalled') return;
        child.kill('SIGCONT');
        instance.state = 'up';
      }, milliseconds);
    },
    async terminate() {
      instance.state = 'ending';
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGTERM');
      const late = new Promise<null>((resolve) => setTimeout(resolve, patience, null).unref());
      const exit = await Promise.race([ended, late]);
      instance.state = 'dead';
      if (exit === null) child.kill('SIGKILL');
      return exit?.[0] === 0;
    },
    async stop() {
      instance.state = 'ending';
      const stopped = hear('stopped');
      child.send({ does: 'stop' } satisfies Order);
      await stopped;
      child.off('message', beat);
      child.off('exit', die);
      instance.state = 'dead';
    },
  };
  const beat = ({ is }: News) => {
    if (is === 'beat') instance.beats += 1;
  };
  const die = () => {
    if (instance.state !== 'ending') instance.state = 'dead';
  };
  child.on('message', beat);
  child.once('exit', die);
  return instance;
}
