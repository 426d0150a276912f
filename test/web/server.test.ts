import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createLog } from '../../src/log.ts';
import type { Feature } from '../../src/teams/router.ts';
import { createBodyReader, isTooDeep } from '../../src/web/read-body.ts';
import { startServer } from '../../src/web/server.ts';
import { execute, message, priya } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

/** As a bot writes its answers. */
const json = (body: object) => Buffer.from(JSON.stringify(body));

const echo: Feature = (router) => {
  router.verb('echo', async ({ data }) => ({ type: 'AdaptiveCard', data }));
  router.verb('endless', async () => {
    const card: Record<string, unknown> = { type: 'AdaptiveCard' };
    card.body = card;
    return card;
  });
};

const credentials = {
  id: '6b1f0d5e-2009-4010-8a38-0000000000b0',
  tenantId: '6b1f0d5e-2009-4010-8a38-000000000001',
  type: 'SingleTenant',
  password: 'secret',
} as const;

let running: BotUnderTest;
beforeAll(async () => {
  running = await startBot({
    features: [echo],
    people: [person('p1', { entraObjectId: priya.aadObjectId })],
  });
});
afterAll(() => running.stop());

const get = async (path: string) => {
  const response = await fetch(`${running.url}${path}`);
  return { status: response.status, body: await response.json(), headers: response.headers };
};

test('the process says that it lives and the store that it is ready', async () => {
  expect(await get('/livez')).toMatchObject({ status: 200, body: { live: true } });
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { ready: true } });
});

test('a store that does not answer makes the process not ready, and it lives on', async () => {
  const stopped = await startBot();
  await stopped.store.close();
  const ready = await fetch(`${stopped.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
  expect((await fetch(`${stopped.url}/livez`)).status).toBe(200);
  await stopped.stop();
});

test.each<[string, string, RequestInit]>([
  ['a press', '/api/messages', { method: 'POST', body: JSON.stringify(execute('http://x', 'echo')) }],
  ['what can’t be read', '/api/messages', { method: 'POST', body: '{' }],
  ['life', '/livez', {}],
  ['readiness', '/readyz', {}],
  ['a page that is not there', '/nothing<script>', {}],
  ['a path out of the folder', '/..%2f..%2fetc/passwd', {}],
  ['an address that is no text', '/%ff', {}],
  ['a method that is not there', '/api/messages', { method: 'DELETE' }],
  ['another site’s question whether it may ask', '/api/messages', { method: 'OPTIONS' }],
])('the answer to %s keeps browsers from doing anything with it', async (_what, path, init) => {
  const response = await fetch(`${running.url}${path}`, init);
  const { headers } = response;
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
    expect(headers.get(name)).toBeNull();
  const text = await response.text();
  expect(headers.get('content-type') ?? 'application/json').toMatch(/^application\/json/);
  expect(text).not.toMatch(/node_modules|\bat \w+ \(|restify|<script>/i);
});

/** What the server says to these very bytes. */
async function answerTo(head: string): Promise<string> {
  const socket = connect(running.port, '127.0.0.1');
  socket.write(`${head}\r\nHost: x\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}

test.each([
  ['whoever waits to be told to go on', 'GET /nothing HTTP/1.1\r\nExpect: 100-continue', /404 /],
  [
    'whoever asks for another protocol',
    'GET /livez HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade',
    /200 /,
  ],
])('%s gets the same answer as everyone', async (_what, head, status) => {
  const answer = await answerTo(head);
  expect(answer).toMatch(status);
  expect(answer).toContain('X-Content-Type-Options: nosniff');
});

test('a page in a browser on this machine can do nothing where there are no tokens', async () => {
  const typed = message(running.serviceUrl, 'hi');
  for (const origin of ['https://attacker.example', running.url, 'null']) {
    const reply = await running.post(typed, { origin });
    expect([reply.status, reply.text]).toEqual([403, '']);
  }
  expect(running.teams.received).toEqual([]);
});

test('however many ask whether it is ready, at once or in a row, the store is asked every two seconds', async () => {
  const asked = { times: 0, fails: false };
  const isReady = async () => {
    asked.times += 1;
    if (asked.fails) throw new Error('the disk is gone');
    return true;
  };
  let now = 0;
  const answer = { status: 200 };
  const bot = { needsToken: false, receive: async () => answer, fault: () => answer };
  const host = '127.0.0.1';
  const log = createLog('silent');
  const elapsed = () => now;
  const server = await startServer({ bot, isReady, isLive: () => true, elapsed, log, host, port: 0 });
  const ask = async () => (await fetch(`http://${host}:${server.port}/readyz`)).status;
  const askMany = async () => {
    const atOnce = await Promise.all(Array.from({ length: 20 }, ask));
    for (let time = 0; time < 5; time++) atOnce.push(await ask());
    return [...new Set(atOnce)];
  };
  expect([await askMany(), asked.times]).toEqual([[200], 1]);
  asked.fails = true;
  now += 1999;
  expect([await askMany(), asked.times]).toEqual([[200], 1]);
  now += 1;
  expect([await askMany(), asked.times]).toEqual([[503], 2]);
  asked.fails = false;
  now += 2000;
  expect([await askMany(), asked.times]).toEqual([[200], 3]);
  await server.stop();
});

describe('bodies that do not come to their end', () => {
  const read = createBodyReader({ longest: 1000, together: 2000, always: 100 });
  const arriving = (bytes: number) => {
    const stream = Object.assign(new PassThrough(), { headers: {} });
    const body = read(stream as unknown as IncomingMessage);
    stream.write(' '.repeat(bytes));
    return { stream, body };
  };

  test('leave room for what people send, and take none when they are gone', async () => {
    const slow = [arriving(990), arriving(990)];
    const long = arriving(500);
    const short = arriving(90);
    for (const { stream } of [long, short]) stream.end('7');
    expect(await long.body).toEqual({ ok: false, code: 'no-room' });
    expect(await short.body).toEqual({ ok: true, body: 7 });
    for (const { stream } of slow) stream.destroy();
    expect((await Promise.all(slow.map(({ body }) => body))).map(({ ok }) => ok)).toEqual([false, false]);
    const again = arriving(500);
    again.stream.end('8');
    expect(await again.body).toEqual({ ok: true, body: 8 });
  });

  test('and what is too long takes none either', async () => {
    const endless = Array.from({ length: 10 }, () => arriving(1001));
    const long = arriving(990);
    long.stream.end('9');
    expect(await long.body).toEqual({ ok: true, body: 9 });
    for (const { stream } of endless) stream.end();
    expect((await Promise.all(endless.map(({ body }) => body))).map((each) => !each.ok && each.code)).toEqual(
      Array.from({ length: 10 }, () => 'too-large'),
    );
  });
});

test.each([
  ['lists', '['.repeat(450_000) + ']'.repeat(450_000)],
  ['objects', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`],
  ['lists without end', '['.repeat(900_000)],
  ['65 lists', '['.repeat(65) + ']'.repeat(65)],
])('%s within each other are not read', async (_what, body) => {
  expect((await running.post(body)).body.value.code).toBe('not-json');
});

test('brackets in what was typed are no depth', async () => {
  for (const typed of ['['.repeat(5000), `"${'{'.repeat(200)}`, `\\"${'['.repeat(200)}\\\\`]) {
    const { body } = await running.post(execute(running.serviceUrl, 'echo', { typed }));
    expect(body.value.data).toEqual({ typed });
  }
});

test('what is too deep is told as counting what the parser made tells it', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\\"', '[{', '}]'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(leaf, fc.nat(70), fc.boolean(), (value, levels, named) => {
      let made: unknown = value;
      for (let level = 0; level < levels; level++)
        made = named ? { [JSON.stringify(value)]: made } : [made, value];
      expect(isTooDeep(Buffer.from(JSON.stringify(made)))).toBe(depthOf(made) > 64);
    }),
  );
});

test('what is not served is said without a word of how it is made', async () => {
  expect((await fetch(`${running.url}/nothing`)).status).toBe(404);
  expect((await fetch(`${running.url}/api/messages`)).status).toBe(405);
});

test.each([
  ['no JSON', 'hello', 'not-json'],
  ['nothing', '', 'not-json'],
  ['half of it', '{"type":"invoke"', 'not-json'],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'not-json'],
  ['a number', '7', 'not-an-activity'],
  ['a list', '[{"type":"invoke"}]', 'not-an-activity'],
  ['more than a megabyte', JSON.stringify({ type: 'invoke', text: 'x'.repeat(1_100_000) }), 'too-large'],
])('a body that is %s is answered as an invoke is', async (_what, body, code) => {
  const reply = await running.post(body);
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ type: 'application/vnd.microsoft.error', value: { code } });
});

test('a zipped body is not unzipped, broken or not', async () => {
  for (const body of [gzipSync('{}'), gzipSync('{}').subarray(0, 12)]) {
    const reply = await running.post(body, { 'content-encoding': 'gzip' });
    expect([reply.status, reply.body.value.code]).toEqual([200, 'not-json']);
  }
  expect((await get('/livez')).status).toBe(200);
});

test('a client that goes away in the middle harms nobody', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const half = request(`${running.url}/api/messages`, { method: 'POST', headers: { 'content-length': 500 } });
  half.on('error', () => resolve());
  half.write('{"type":', () => half.destroy(new Error('gone')));
  await promise;
  expect((await get('/livez')).status).toBe(200);
});

test('a card that cannot be written is a failure in plain words', async () => {
  const { status, body, text } = await running.post(execute(running.serviceUrl, 'endless'));
  expect([status, body.value.code]).toEqual([200, 'failed']);
  expect(text).not.toMatch(/circular/i);
});

test('the health addresses say when the worker hangs, the store fails and the process stops', async () => {
  const turn = Promise.withResolvers<{ status: number; body: Buffer }>();
  const begun = Promise.withResolvers<void>();
  const bot = {
    needsToken: false,
    receive: () => {
      begun.resolve();
      return turn.promise;
    },
    fault: () => ({ status: 200 }),
  };
  const health = { ready: true, live: true };
  const isReady = async () => {
    if (!health.ready) throw new Error('the disk is gone');
    return true;
  };
  const isLive = () => health.live;
  let now = 0;
  const elapsed = () => now;
  const log = createLog('silent');
  const server = await startServer({ bot, isReady, isLive, elapsed, log, host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status;
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 200]);
  health.ready = false;
  now += 2000;
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 503]);
  Object.assign(health, { ready: true, live: false });
  now += 2000;
  expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([503, 200]);
  health.live = true;

  const answer = fetch(`${url}/api/messages`, { method: 'POST', body: '{}' });
  await begun.promise;
  const stopped = server.stop();
  expect(await statusOf('/readyz')).toBe(503);
  turn.resolve({ status: 200, body: json({ finished: true }) });
  expect(await (await answer).json()).toEqual({ finished: true });
  await stopped;
  await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
});

test('a bot that asks for no token is never open to the network, and says so', async () => {
  const answer = { status: 200 };
  const bot = { needsToken: false, receive: async () => answer, fault: () => answer };
  const asks = { isReady: async () => true, isLive: () => true, elapsed: () => 0 };
  const deps = { bot, ...asks, log: createLog('silent'), host: '0.0.0.0', port: 0 };
  await expect(startServer(deps)).rejects.toThrow('127.0.0.1 only');
  expect(running.logged()).toContain('no-tokens-so-loopback-only');
});

describe('teams mode', () => {
  let teams: BotUnderTest;
  beforeAll(async () => {
    const admission = { mode: 'teams', tenants: [credentials.tenantId] } as const;
    teams = await startBot({ credentials, admission, features: [echo] });
  });
  afterAll(() => teams.stop());

  const invoke = () => execute('https://smba.trafficmanager.net/emea/', 'echo');

  test('refuses a request without a token, with nothing in the answer', async () => {
    for (const body of [invoke(), 'hello', '']) {
      const reply = await teams.post(body);
      expect([reply.status, reply.text]).toEqual([401, '']);
    }
  });

  test.each([
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Basic cHJpeWE6c2VjcmV0',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.',
  ])('refuses the token “%s”, with nothing in the answer', async (authorization) => {
    const reply = await teams.post(invoke(), { authorization });
    expect([reply.status, reply.text]).toEqual([401, '']);
    const typed = await teams.post(message('https://smba.trafficmanager.net/emea/', 'hi'), { authorization });
    expect([typed.status, typed.text]).toEqual([401, '']);
  });
});

describe('when it stops', () => {
  const quiet = createLog('silent');
  const asked = { isReady: async () => true, isLive: () => true, elapsed: () => 0 };
  const asks = { ...asked, host: '127.0.0.1', port: 0, log: quiet };
  const fault = () => ({ status: 200 });
  const post = (port: number) =>
    fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', body: '{}' });

  test('an answer that is under way is still given, and then nothing holds the end up', async () => {
    const begun = Promise.withResolvers<void>();
    const work = Promise.withResolvers<void>();
    const receive = async () => {
      begun.resolve();
      await work.promise;
      return { status: 200, body: json({ kept: true }) };
    };
    const bot = { needsToken: false, receive, fault };
    const server = await startServer({ ...asks, bot, lastAnswers: 60_000 });
    const answer = post(server.port);
    await begun.promise;
    const stopped = server.stop();
    work.resolve();
    expect(await (await answer).json()).toEqual({ kept: true });
    await stopped;
    await expect(post(server.port)).rejects.toThrow();
  });

  test('a request that never comes to its end is cut off', async () => {
    const bot = { needsToken: false, receive: async () => ({ status: 200 }), fault };
    const server = await startServer({ ...asks, bot, lastAnswers: 20 });
    const half = request({ port: server.port, host: '127.0.0.1', path: '/api/messages', method: 'POST' });
    const closed = new Promise((resolve) => half.on('error', resolve));
    half.write('{"half":');
    await once(half, 'socket').then(([socket]) => (socket.connecting ? once(socket, 'connect') : null));
    await server.stop();
    await closed;
  });
});
