import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';

const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
let server: Server;
let proxied: string | undefined;

/** A server that never closes a connection by itself. */
async function listen(answer: RequestListener): Promise<string> {
  server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    request.resume();
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function accept(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end('{"id":"post-1"}');
}

beforeEach(() => {
  proxied = process.env.HTTPS_PROXY;
});
afterEach(async () => {
  if (proxied === undefined) delete process.env.HTTPS_PROXY;
  else process.env.HTTPS_PROXY = proxied;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a connection that has been idle is closed before the other side would, and a slow answer is still heard', async () => {
  const opened: Socket[] = [];
  let idleIsClosed = (): void => {};
  const closed = new Promise<void>((resolve) => {
    idleIsClosed = resolve;
  });
  const serviceUrl = await listen(async (request, response) => {
    opened.push(request.socket);
    if (request.url?.includes('slow')) await closed;
    else request.socket.once('close', idleIsClosed);
    accept(response);
  });
  const { post } = createConnector(new TeamsAdapter(null));
  // On two connections, since one is at work: the quick one's is idle while the other still waits.
  const both = await Promise.all([
    post({ id: 'slow', serviceUrl }, card),
    post({ id: 'quick', serviceUrl }, card),
  ]);
  expect(both).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  expect(new Set(opened).size).toBe(2);
});

test('messages that follow each other share a connection', async () => {
  const opened = new Set<Socket>();
  const serviceUrl = await listen((request, response) => {
    opened.add(request.socket);
    accept(response);
  });
  const { post } = createConnector(new TeamsAdapter(null));
  for (let count = 0; count < 3; count++) await post({ id: 'c', serviceUrl }, card);
  expect(opened.size).toBe(1);
});

test('a proxy of the machine’s settings is gone through', async () => {
  const asked: string[] = [];
  process.env.HTTPS_PROXY = await listen((request, response) => {
    asked.push(request.url!);
    accept(response);
  });
  const { post } = createConnector(new TeamsAdapter(null));
  const serviceUrl = 'http://localhost:9/';
  expect(await post({ id: 'c', serviceUrl }, card)).toMatchObject({ outcome: 'accepted' });
  expect(asked).toEqual(['http://localhost:9/v3/conversations/c/activities']);
});
