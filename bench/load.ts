import { Agent, request } from 'node:http';
import { percentile } from './statistics.ts';

/** What a round of turns came to. Latencies in milliseconds. */
export type Round = { turns: number; perSecond: number; p50: number; p99: number };

/** People who press at the same time, each waiting for the answer before pressing again. */
export const people = 32;

/** One keep-alive connection for each of the people. */
export const createConnections = () => new Agent({ keepAlive: true, maxSockets: people });

function post(agent: Agent, port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/api/messages',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`HTTP ${response.statusCode}: ${text}`));
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/**
 * Sends every body once, `people` at a time, and measures each turn from its first byte out to its last byte in.
 * `took` is given every answer with its place among the bodies, after the clock has stopped for it; it throws
 * when the answer isn't what was asked for, so that no failure counts as speed.
 */
export async function load(
  agent: Agent,
  port: number,
  bodies: readonly string[],
  took: (answer: string, index: number) => void,
): Promise<Round> {
  const latencies = new Float64Array(bodies.length);
  let next = 0;
  const press = async () => {
    while (next < bodies.length) {
      const index = next;
      next += 1;
      const began = performance.now();
      const answer = await post(agent, port, bodies[index]!);
      latencies[index] = performance.now() - began;
      took(answer, index);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: people }, press));
  const seconds = (performance.now() - began) / 1000;
  const sorted = latencies.sort();
  return {
    turns: bodies.length,
    perSecond: bodies.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  };
}
