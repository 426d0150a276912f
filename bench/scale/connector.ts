import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// Teams' side in a process of its own: takes every post, counts it, and holds the senders to Teams' limits.

/** PLATFORM "Outbound": what Teams allows one app in one tenant within a second. */
const teamsAllows = 50;
const second = 1_000;

type Tenant = { cards: number; first: number; last: number; recent: number[]; most: number };

let tenants = new Map<string, Tenant>();
let chats = new Map<string, number>();
let bytes = 0;
let perSecond: number[] = [];
let since = 0;

function take(chat: string, length: number): void {
  const now = performance.now();
  since ||= now;
  bytes += length;
  chats.set(chat, (chats.get(chat) ?? 0) + 1);
  const at = Math.floor((now - since) / second);
  perSecond[at] = (perSecond[at] ?? 0) + 1;
  const name = chat.split('~')[0]!;
  const tenant = tenants.get(name) ?? { cards: 0, first: now, last: now, recent: [], most: 0 };
  tenants.set(name, tenant);
  tenant.cards += 1;
  tenant.last = now;
  while (tenant.recent[0] !== undefined && tenant.recent[0] <= now - second) tenant.recent.shift();
  tenant.recent.push(now);
  tenant.most = Math.max(tenant.most, tenant.recent.length);
}

/** What was received since the last reset; times in milliseconds since then. */
export type Received = {
  cards: number;
  chats: number;
  bytes: number;
  /** Cards that a chat had before. */
  twice: number;
  /** The most that one tenant had within any second, and how many tenants had more than Teams allows. */
  mostInASecond: number;
  tooFast: number;
  firstAt: number;
  lastAt: number;
  perSecond: number[];
  /** Of each tenant: its cards, and when it had its first and its last. */
  tenants: { cards: number; first: number; last: number }[];
};

let resetAt = performance.now();

function report(): Received {
  const all = [...tenants.values()];
  const cards = all.reduce((sum, tenant) => sum + tenant.cards, 0);
  return {
    cards,
    chats: chats.size,
    bytes,
    twice: cards - chats.size,
    mostInASecond: Math.max(0, ...all.map(({ most }) => most)),
    tooFast: all.filter(({ most }) => most > teamsAllows).length,
    firstAt: Math.min(...all.map(({ first }) => first)) - resetAt,
    lastAt: Math.max(...all.map(({ last }) => last)) - resetAt,
    perSecond: Array.from(perSecond, (count) => count ?? 0),
    tenants: all.map(({ cards: its, first, last }) => ({
      cards: its,
      first: first - resetAt,
      last: last - resetAt,
    })),
  };
}

const server = createServer((request, response) => {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
  });
  request.once('end', () => {
    const chat = /conversations\/([^/]+)/.exec(decodeURIComponent(request.url!))![1]!;
    take(chat, length);
    const body = `{"id":"1:${chats.size}"}`;
    response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
  });
});
server.keepAliveTimeout = 60_000;

process.on('message', (message) => {
  if (message === 'reset') {
    tenants = new Map();
    chats = new Map();
    bytes = 0;
    perSecond = [];
    since = 0;
    resetAt = performance.now();
  }
  process.send?.(report());
});
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
