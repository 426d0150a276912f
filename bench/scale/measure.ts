import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from '../statistics.ts';
import type { Received } from './connector.ts';
import { makeCouncils, size, withCouncils } from './councils.ts';
import { bareRate, type Connector, startConnector, startWorker } from './processes.ts';
import { measureRequests, type Requests } from './requests.ts';

/** What one morning came to. Seconds count from the start of the processes; memory is in megabytes. */
export type Morning = {
  councils: number;
  processes: number;
  cards: number;
  /** Whether every card went out in the time given. */
  isOver: boolean;
  twice: number;
  tooFast: number;
  mostInASecond: number;
  workedFrom: number;
  firstAt: number;
  lastAt: number;
  /** Councils that were written to, and that had every card. */
  begun: number;
  done: number;
  /** Cards a second over the whole morning, and in its best ten seconds. */
  perSecond: number;
  best: number;
  /** Share of the permitted rate that a council had from its first card to its last: middle and lowest. */
  share: { middle: number; lowest: number } | null;
  /** Milliseconds of processor time for each card, all processes and deciding together. */
  processor: number;
  memory: { start: number; most: number; end: number };
};

export type Scale = {
  /** What the machine had, and how many processes wanted a processor in the minute before. */
  machine: { processors: number; load: number };
  bare: number;
  cardBytes: number;
  makingSeconds: number;
  mornings: Morning[];
  requests: Requests[];
};

/** Councils and seconds of each morning, and how many processes share it. */
export type Plan = { councils: number; processes: number; seconds: number };

const atOncePerSecond = 20;

/** The share of 20 a second that a council had once its first 20 were out. */
const shareOf = ({ cards, first, last }: Received['tenants'][number]): number =>
  (cards - atOncePerSecond) / ((last - first) / 1000) / atOncePerSecond;

const bestTen = (perSecond: readonly number[]): number =>
  Math.max(
    0,
    ...perSecond.map((_, at) => perSecond.slice(at, at + 10).reduce((sum, count) => sum + count, 0) / 10),
  );

async function morning(
  { councils, processes, seconds }: Plan,
  { file, folder, connector }: { file: string; folder: string; connector: Connector },
): Promise<Morning> {
  await connector.reset();
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  const workers = await Promise.all(
    Array.from({ length: processes }, (_, at) => startWorker(file, folder, `worker-${at}`)),
  );
  const workedFrom = elapsed();
  const start = workers.map((worker) => worker.memory().now);
  const all = councils * size.managers;
  let received = await connector.received();
  while (received.cards < all && elapsed() < seconds) {
    await wait(500);
    received = await connector.received();
  }
  const memory = workers.map((worker) => worker.memory());
  const processor = workers.reduce((sum, worker) => sum + worker.processorSeconds(), 0);
  await Promise.all(workers.map((worker) => worker.stop()));
  const { cards, tenants, firstAt, lastAt, twice, tooFast, mostInASecond, perSecond } = received;
  const finished = tenants.filter((each) => each.cards === size.managers);
  const shares = finished.map(shareOf);
  const largest = (values: readonly number[]) => Math.max(...values);
  return {
    councils,
    processes,
    cards,
    isOver: cards === all,
    twice,
    tooFast,
    mostInASecond,
    workedFrom,
    firstAt: firstAt / 1000,
    lastAt: lastAt / 1000,
    begun: tenants.length,
    done: finished.length,
    perSecond: cards / ((lastAt - firstAt) / 1000),
    best: bestTen(perSecond),
    share: shares.length > 0 ? { middle: median(shares), lowest: Math.min(...shares) } : null,
    processor: (processor * 1000) / cards,
    memory: {
      start: largest(start),
      most: largest(memory.map(({ most }) => most)),
      end: largest(memory.map(({ now }) => now)),
    },
  };
}

/** Plays the morning on which the quarter opens for so many councils, each time on a store of its own. */
export async function measureScale(folder: string, plans: readonly Plan[]): Promise<Scale> {
  const machine = { processors: availableParallelism(), load: loadavg()[0]! };
  const connector = await startConnector();
  try {
    const councils = join(folder, 'councils.db');
    const began = performance.now();
    await makeCouncils(councils, Math.max(...plans.map((plan) => plan.councils)), connector.serviceUrl);
    const makingSeconds = (performance.now() - began) / 1000;
    const mornings: Morning[] = [];
    let cardBytes = 5_000;
    for (const plan of plans) {
      const file = join(folder, 'morning.db');
      withCouncils(councils, file, plan.councils);
      const played = await morning(plan, { file, folder, connector });
      console.log(
        `${plan.councils} councils, ${plan.processes} process(es): ${played.cards} cards, ` +
          `${Math.round(played.perSecond)}/s, share ${played.share?.middle.toFixed(2) ?? 'none'}`,
      );
      const { bytes, cards } = await connector.received();
      cardBytes = bytes / cards;
      mornings.push(played);
    }
    for (const name of ['councils.db', 'morning.db'])
      for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `${name}${end}`), { force: true });
    const bare = await bareRate(connector.serviceUrl, cardBytes, 5);
    return { machine, bare, cardBytes, makingSeconds, mornings, requests: await measureRequests(folder) };
  } finally {
    connector.stop();
  }
}
