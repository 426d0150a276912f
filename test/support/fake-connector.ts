import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Card = { body: { text: string }[] };
type Sent = { type?: string; text?: string; attachments?: { contentType: string; content: Card }[] };
export type Received = { method: string; path: string; body: Sent | null };
export type Member = { email?: string; userPrincipalName?: string; tenantId?: string };
export type Answer = {
  status: number;
  body?: object;
  headers?: Record<string, string>;
  /** Whether to answer at all. */
  silent?: boolean;
  /** Whether to cut the connection instead. */
  reset?: boolean;
  /** What to wait for before answering. */
  after?: Promise<unknown>;
};

/**
 * Teams' side of a conversation: a real HTTP server that keeps what the bot sends and answers what it is told,
 * by default as the connector does.
 */
export async function startFakeConnector(members: Record<string, Member> = {}) {
  const received: Received[] = [];
  const rules: ((request: Received) => Answer | undefined)[] = [];

  const usual = ({ method, path }: Received): Answer => {
    const member = /\/members\/([^/]+)$/.exec(path)?.[1];
    if (member) {
      const found = members[decodeURIComponent(member)];
      return found
        ? { status: 200, body: { id: member, ...found } }
        : { status: 404, body: { error: { code: 'MemberNotFoundInConversation' } } };
    }
    return { status: method === 'POST' ? 201 : 200, body: { id: `post-${received.length}` } };
  };

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', async () => {
      const what: Received = {
        method: request.method!,
        path: decodeURIComponent(request.url!),
        body: text ? JSON.parse(text) : null,
      };
      received.push(what);
      const answer = rules.map((rule) => rule(what)).find((ruled) => ruled) ?? usual(what);
      await answer.after;
      if (answer.silent) return;
      if (answer.reset) return void request.socket.resetAndDestroy();
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body ? JSON.stringify(answer.body) : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    /** The cards that the bot sent, oldest first. */
    cards: () => received.flatMap(({ body }) => body?.attachments?.map(({ content }) => content) ?? []),
    /** Answers that go before the usual; `undefined` leaves a request to the next. */
    answering(rule: (request: Received) => Answer | undefined) {
      rules.push(rule);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type FakeConnector = Awaited<ReturnType<typeof startFakeConnector>>;
