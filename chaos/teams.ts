import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chance } from '../src/simulation/seeded.ts';
import { type Answered, deleted, type Fault, faultFor } from './faults.ts';

type Card = Record<string, unknown>;

/** One request as Teams had it. Times are real, in milliseconds since 1970. */
export type Request = {
  at: number;
  /** When it was answered or broken off; null when it never was. */
  until: number | null;
  method: 'POST' | 'PUT';
  conversation: string;
  /** What is edited, or what was made. */
  activity: string | null;
  card: Card;
  fault: string | null;
  accepted: boolean;
  /** What was answered, or null for a broken or silent connection. */
  status: number | null;
};

/** A message in a conversation, as people there see it now. */
export type Post = { id: string; conversation: string; card: Card; deleted: boolean };

export type Teams = {
  serviceUrl: string;
  requests: Request[];
  posts: Map<string, Post>;
  /** From now on everything is answered as it should be. */
  getWell(): void;
  close(): Promise<void>;
};

/** Milliseconds that an answer takes at most. */
const slowest = 40;

const isStatus = ({ does }: Fault, status: number) => typeof does === 'object' && does.answers === status;

async function bodyOf(request: IncomingMessage): Promise<Card> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/**
 * Teams' side of all conversations of a run: it has faults by the seed, and keeps what it was sent and what became
 * of it. `onKill` is called in the middle of a request that kills its sender.
 */
export async function openTeams(seed: number, onKill: () => Promise<void>): Promise<Teams> {
  const requests: Request[] = [];
  const posts = new Map<string, Post>();
  const counts = new Map<string, number>();
  let ill = true;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, conversation = '', given = null] =
      /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(decodeURIComponent(request.url!)) ?? [];
    const method = request.method as Request['method'];
    const card = ((await bodyOf(request)).attachments as { content: Card }[] | undefined)?.[0]?.content ?? {};
    const n = (counts.get(conversation) ?? 0) + 1;
    counts.set(conversation, n);
    const isGone = method === 'PUT' && posts.get(given!)?.deleted !== false;
    const fault = isGone ? deleted : ill ? faultFor(seed, conversation, method, n) : null;
    const accepted = fault === null || fault.accepts;
    const id = method === 'PUT' ? given : accepted ? `${conversation}#${n}` : null;
    if (accepted) posts.set(id!, { id: id!, conversation, card, deleted: false });
    const own: Request = {
      at: Date.now(),
      until: null,
      method,
      conversation,
      activity: id,
      card,
      fault: fault?.name ?? null,
      accepted,
      status: null,
    };
    requests.push(own);
    const post = posts.get(given ?? '');
    // Whoever hears that a post or its conversation is gone must find it so afterwards.
    if (fault && post && isStatus(fault, 404)) post.deleted = true;
    response.once('close', () => {
      own.until ??= Date.now();
    });
    if (fault?.does === 'hangs') return;
    const wait = chance(seed, 'wait', conversation, n) * slowest;
    await new Promise((resolve) => setTimeout(resolve, wait));
    own.until = Date.now();
    if (fault?.does === 'kills') await onKill();
    if (fault?.does === 'kills' || fault?.does === 'resets') return void request.socket.resetAndDestroy();
    const usual = { answers: method === 'POST' ? 201 : 200 };
    const { answers, code, retryAfter }: Answered = typeof fault?.does === 'object' ? fault.does : usual;
    own.status = answers;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (retryAfter) headers['retry-after'] = String(retryAfter);
    response.writeHead(answers, headers);
    response.end(JSON.stringify(answers < 300 ? { id } : { error: { code: code ?? 'ServiceError' } }));
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    posts,
    getWell() {
      ill = false;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
