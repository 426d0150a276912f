import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Request, type Response } from 'restify';
import type { Log } from '../log.ts';
import { createBodyReader, type ReadBody } from './read-body.ts';

/** The two things that the web server needs of the bot. */
export type Messages = {
  /** Teams mode: a request without a token isn't even read. */
  needsToken: boolean;
  receive(request: { authorization: string; body: unknown }): Promise<WebReply>;
  fault(code: 'not-json' | 'too-large' | 'failed'): WebReply;
};
/** `body` is JSON. */
type WebReply = { status: number; body?: Buffer };

export type WebDeps = {
  bot: Messages;
  /** Whether the store answers; the load balancer sends nobody here while it doesn't. */
  isReady: () => Promise<boolean>;
  /** Whether the process still does its work; it is started anew when it doesn't. */
  isLive: () => boolean;
  /** Milliseconds that have passed, by a clock that is never set. */
  elapsed: () => number;
  log: Log;
  host: string;
  /** 0 takes any port that is free. */
  port: number;
  /** Milliseconds that answers under way are given when the server stops: a container is killed after ten seconds. */
  lastAnswers?: number;
};

export type WebServer = {
  port: number;
  /** Says that it isn't ready and gives the turns under way their answers, for as long as that is of use. */
  stop(): Promise<void>;
};

/** Teams' own limit for a whole activity is 100 KB; forms come nowhere near it. */
const bodyLimits = { longest: 1_000_000, together: 64_000_000, always: 32_000 };
/** Milliseconds for a whole request and for its head to arrive. Node takes the longer of the two for the request. */
const requestTimeout = 30_000;
const headersTimeout = 10_000;
/** Milliseconds between two looks for what took longer. */
const checkedEvery = 5_000;
/** Milliseconds for an idle connection: longer than a load balancer's. */
const keepAliveTimeout = 65_000;

/** Milliseconds that it holds what the store last said of being ready: less than a load balancer waits between two looks. */
const readyFor = 2_000;

const loopback = '127.0.0.1';

const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

const health = (said: object, isWell: boolean): WebReply => ({
  status: isWell ? 200 : 503,
  body: Buffer.from(JSON.stringify(said)),
});

/** Node's own writing: restify's formatters choose among content types, and there is only one here. */
function reply(response: Response, { status, body }: WebReply): void {
  if (body === undefined) {
    response.writeHead(status, { 'Content-Length': 0 });
    response.end();
    return;
  }
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  };
  // restify's writeHead doesn't give the response back as Node's does.
  response.writeHead(status, headers);
  response.end(body);
}

/**
 * Serves `POST /api/messages`, `GET /livez` (the process does its work) and `GET /readyz` (the store
 * answers and it isn't stopping).
 * Resolves once it listens. Rejects with Node's error when it can't, such as `EADDRINUSE`, and when a bot that
 * asks for no token would be open to the network.
 */
export async function startServer(deps: WebDeps): Promise<WebServer> {
  const { bot, isReady, isLive, log, host, port, elapsed, lastAnswers = 6_000 } = deps;
  if (!bot.needsToken && host !== loopback)
    throw new Error(`Without tokens the bot listens on ${loopback} only.`);
  const server = createServer({ name: '' });
  const turns = createTurns();
  const readBody = createBodyReader(bodyLimits);
  // Before restify looks at the request: what it answers by itself, such as 404, gets them as well.
  for (const event of ['request', 'checkContinue']) {
    server.server.prependListener(event, (_request: unknown, response: ServerResponse) =>
      response.setHeaders(new Map(Object.entries(securityHeaders))),
    );
  }
  // restify takes connections that ask for another protocol and never lets them go; without it they get an answer.
  server.server.removeAllListeners('upgrade');

  /** A connection that is kept alive would outlive a server that is being stopped. */
  function respond(response: Response, answer: WebReply): void {
    if (turns.isStopping()) response.setHeader('Connection', 'close');
    reply(response, answer);
  }

  /** A token can't be checked without the body that it came with, and who has no good one is told nothing. */
  async function answerTo(read: ReadBody, authorization: string): Promise<WebReply> {
    if (read.ok) return bot.receive({ authorization, body: read.body });
    if (read.code === 'no-room') return { status: 503 };
    return bot.needsToken ? { status: 401 } : bot.fault(read.code);
  }

  async function messages(request: Request, response: Response): Promise<void> {
    const { authorization = '', origin } = request.headers;
    if (bot.needsToken && !authorization) {
      respond(response, { status: 401 });
      return;
    }
    // Without tokens any page that is open in a browser on this machine could do what its user can.
    if (!bot.needsToken && origin !== undefined) {
      respond(response, { status: 403 });
      return;
    }
    const ended = turns.begin();
    response.once('close', ended);
    const read = await readBody(request);
    try {
      respond(response, await answerTo(read, authorization));
    } catch (error) {
      log.error(error, {}, 'request-failed');
      respond(response, bot.fault('failed'));
    }
  }

  const askReady = keptFor(readyFor, elapsed, () =>
    isReady().catch((error) => {
      log.error(error, {}, 'not-ready');
      return false;
    }),
  );

  async function readiness(_request: Request, response: Response): Promise<void> {
    const ready = !turns.isStopping() && (await askReady());
    respond(response, health({ ready }, ready));
  }

  server.post('/api/messages', messages);
  server.get('/livez', async (_request, response) => {
    const live = isLive();
    respond(response, health({ live }, live));
  });
  server.get('/readyz', readiness);
  Object.assign(server.server, {
    requestTimeout,
    headersTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: checkedEvery,
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const listening = (server.address() as AddressInfo).port;
  log.info({ host, port: listening }, 'listening');
  if (!bot.needsToken) log.warn({ host, port: listening }, 'no-tokens-so-loopback-only');
  return {
    port: listening,
    async stop() {
      await turns.stop(lastAnswers);
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      // Connections that are still open have nothing under way, or nothing that could be waited for any longer.
      server.server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** Whoever asks while an answer is awaited, or soon after, gets that one: anyone may ask, and the store pays for it. */
function keptFor<T>(time: number, elapsed: () => number, ask: () => Promise<T>): () => Promise<T> {
  let last: { answer: Promise<T>; until: number } | null = null;
  return () => {
    if (last && elapsed() < last.until) return last.answer;
    const asked = { answer: ask(), until: Infinity };
    const came = () => {
      asked.until = elapsed() + time;
    };
    asked.answer.then(came, came);
    last = asked;
    return asked.answer;
  };
}

/** Counts the turns under way. */
function createTurns() {
  let underWay = 0;
  let stopping = false;
  const over = Promise.withResolvers<void>();
  return {
    isStopping: () => stopping,
    begin(): () => void {
      underWay += 1;
      return () => {
        underWay -= 1;
        if (stopping && underWay === 0) over.resolve();
      };
    },
    async stop(patience: number): Promise<void> {
      stopping = true;
      if (underWay === 0) return;
      const timer = setTimeout(over.resolve, patience);
      await over.promise;
      clearTimeout(timer);
    },
  };
}
