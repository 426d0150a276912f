import { Client } from 'undici';
import { percentile } from './statistics.ts';

/** What a round of turns came to. Latencies in milliseconds. */
export type Round = { turns: number; perSecond: number; p50: number; p99: number };

/** People who press at the same time, each waiting for the answer before pressing again. */
export const people = 32;

/** One keep-alive connection to a bot for each of the people. */
export const connect = (port: number): Client[] =>
  Array.from({ length: people }, () => new Client(`http://127.0.0.1:${port}`, { pipelining: 1 }));

const headers = { 'content-type': 'application/json' };

async function post(client: Client, body: string): Promise<string> {
  const answer = await client.request({ path: '/api/messages', method: 'POST', headers, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}: ${text}`);
  return text;
}

/** What one bot was sent: how long it took in all, and each turn. */
export type Sent = { seconds: number; latencies: number[] };

/**
 * Sends every body once, each person one at a time, and measures each turn from sending it to the last byte of its
 * answer. `took` is given every answer with its place among the bodies, after the clock has stopped for it; it throws
 * when the answer isn't what was asked for, so that no failure counts as speed.
 */
export async function load(
  people: readonly Client[],
  bodies: readonly string[],
  took: (answer: string, index: number) => void,
): Promise<Sent> {
  const latencies: number[] = [];
  let next = 0;
  const press = async (client: Client) => {
    while (next < bodies.length) {
      const index = next;
      next += 1;
      const began = performance.now();
      const answer = await post(client, bodies[index]!);
      latencies.push(performance.now() - began);
      took(answer, index);
    }
  };
  const began = performance.now();
  await Promise.all(people.map(press));
  return { seconds: (performance.now() - began) / 1000, latencies };
}

/** Several loads of one bot as one round. */
export function roundOf(sent: readonly Sent[]): Round {
  const latencies = Float64Array.from(sent.flatMap((each) => each.latencies)).sort();
  const seconds = sent.reduce((sum, each) => sum + each.seconds, 0);
  return {
    turns: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}
