import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createHttpServer } from '@vercel/cosmosdb-server';
import items from '@vercel/cosmosdb-server/lib/account/items.js';

/** Cosmos DB in memory, with its address for the SDK; any key will do. */
export type CosmosEmulator = {
  endpoint: string;
  key: string;
  /** Applies the next `times` batches and breaks the connection instead of answering. */
  loseAnswers(times: number): void;
  /** Answers the next `times` requests with 429, to be tried again after 1 ms. */
  throttle(times: number): void;
  /** How many requests were answered. */
  requests(): number;
  close(): Promise<void>;
};

type Operation = {
  operationType: 'Create' | 'Replace' | 'Delete' | 'Upsert' | 'Read';
  id?: string;
  ifMatch?: string;
  partitionKey?: string;
  resourceBody?: { id: string };
};
type Answer = { status: number; body: string };

const partitionHeader = 'x-ms-documentdb-partitionkey';
const idOf = (operation: Operation) => operation.id ?? operation.resourceBody!.id;

type Document = { pk?: unknown; kind?: unknown; dueAt?: unknown };
type Asked = { query: string; parameters?: { name: string; value: unknown }[] };
type Held = { _data: Map<string, { read(): Document }> };

/** Conditions of the store's queries that the service has an index for, and whether a document can meet them. */
const indexed: [
  condition: string,
  parameter: string,
  mayMeet: (document: Document, value: unknown) => boolean,
][] = [
  ['c.pk = @pk', '@pk', ({ pk }, value) => pk === value],
  ['c.kind = @kind', '@kind', ({ kind }, value) => kind === value],
  ['c.dueAt <= @now', '@now', ({ dueAt }) => typeof dueAt === 'string'],
];

/**
 * The emulator puts every document of the container to each query, and all of its time goes into that. As in the
 * service, those that the index rules out are left out before; the query itself is put to all others.
 */
function queryByIndex(): void {
  // Jest gives the module's default, Node the module.
  const { prototype } = ('default' in items ? items.default : items) as unknown as {
    prototype: Held & { query(this: Held, asked: Asked, options: object): unknown };
  };
  const { query } = prototype;
  prototype.query = function (asked, options) {
    const ruled = indexed.flatMap(([condition, name, mayMeet]) => {
      const parameter = asked.parameters?.find((each) => each.name === name);
      return parameter && asked.query.includes(condition)
        ? [(document: Document) => mayMeet(document, parameter.value)]
        : [];
    });
    const left = [...this._data].filter(([, item]) => ruled.every((mayMeet) => mayMeet(item.read())));
    return query.call(Object.create(this, { _data: { value: new Map(left) } }), asked, options);
  };
}
queryByIndex();

/** Hands the emulator a request of our own and gives its answer. */
function ask(
  handle: RequestListener,
  request: IncomingMessage,
  changes: Partial<IncomingMessage>,
  body = '',
) {
  return new Promise<Answer>((resolve) => {
    const { method, url, headers } = request;
    const asked = Object.assign(
      Readable.from(body ? [Buffer.from(body)] : []),
      { method, url, headers },
      changes,
    );
    const response = {
      statusCode: 200,
      setHeader() {},
      end(text = '') {
        resolve({ status: response.statusCode, body: text });
      },
    };
    handle(asked as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

/** Reading by id in the emulator fails on an absent document unless it is told not to check partitions itself. */
const readHeaders = (request: IncomingMessage) => ({
  [partitionHeader]: request.headers[partitionHeader],
  'x-ms-documentdb-query-enablecrosspartition': 'true',
});

/** What each operation of a batch would come to, one after the other, as the service documents it. */
async function outcomes(handle: RequestListener, request: IncomingMessage, operations: Operation[]) {
  const etags = new Map<string, string | null>();
  for (const operation of operations) {
    const id = idOf(operation);
    const url = `${request.url!.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
    const found = await ask(handle, request, { method: 'GET', url, headers: readHeaders(request) });
    etags.set(id, found.status === 200 ? JSON.parse(found.body)._etag : null);
  }
  return operations.map((operation): number => {
    const id = idOf(operation);
    const etag = etags.get(id);
    if (operation.operationType === 'Create') {
      if (etag) return 409;
      etags.set(id, 'made in this batch');
      return 201;
    }
    if (!etag) return 404;
    if (operation.ifMatch && operation.ifMatch !== etag) return 412;
    if (operation.operationType === 'Delete') etags.set(id, null);
    if (operation.operationType === 'Replace') etags.set(id, 'replaced in this batch');
    return 200;
  });
}

/**
 * A transactional batch as the service does it (learn.microsoft.com, "Transactional batch operations"): each
 * operation is in the header's partition; when one fails none is applied, the answer is 207, the failed one has its
 * own code and all others 424. The emulator applies the operations before the failed one, so a batch that would
 * fail is not begun.
 */
async function batch(
  handle: RequestListener,
  request: IncomingMessage,
  operations: Operation[],
): Promise<Answer> {
  const codes = await outcomes(handle, request, operations);
  const failed = codes.findIndex((code) => code >= 400);
  if (failed >= 0) {
    const body = codes.map((code, at) => ({ statusCode: at === failed ? code : 424, requestCharge: 0 }));
    return { status: 207, body: JSON.stringify(body) };
  }
  const partitionKey = request.headers[partitionHeader] as string;
  return ask(
    handle,
    request,
    {},
    JSON.stringify(operations.map((operation) => ({ ...operation, partitionKey }))),
  );
}

async function textOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Starts the emulator on a free port, its faults against the service mended (STACK "Cosmos DB without Azure"). */
export async function startCosmosEmulator(): Promise<CosmosEmulator> {
  const server = createHttpServer({ keepAlive: true });
  const handle = server.listeners('request')[0] as RequestListener;
  server.removeAllListeners('request');

  let toLose = 0;
  let toThrottle = 0;
  let answered = 0;
  // One batch at a time: between looking whether it can succeed and applying it nothing may change.
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };

  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    answered += 1;
    if (toThrottle > 0) {
      toThrottle -= 1;
      response.writeHead(429, {
        'content-type': 'application/json',
        'x-ms-retry-after-ms': '1',
        'x-ms-request-charge': '1',
      });
      response.end('{"code":"TooManyRequests","message":"Request rate is large"}');
      return;
    }
    if (request.headers['x-ms-cosmos-is-batch-request']) {
      const operations = JSON.parse(await textOf(request));
      const { status, body } = await alone(() => batch(handle, request, operations));
      if (toLose > 0) {
        toLose -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json', 'x-ms-request-charge': '1' });
      response.end(body);
      return;
    }
    const oneDocument = request.method === 'GET' && /\/docs\/[^/]+\/?$/.test(request.url!);
    if (oneDocument) Object.assign(request.headers, readHeaders(request));
    if (
      request.headers['x-ms-documentdb-isquery'] ||
      request.headers['content-type']?.includes('query+json')
    ) {
      // The emulator doesn't know DISTINCT; the store counts each partition once all the same.
      const text = (await textOf(request)).replace('SELECT DISTINCT', 'SELECT');
      const { method, url, headers } = request;
      const asked = Object.assign(Readable.from([Buffer.from(text)]), { method, url, headers });
      handle(asked as unknown as IncomingMessage, response);
      return;
    }
    handle(request, response);
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    key: 'any',
    loseAnswers: (times) => {
      toLose = times;
    },
    throttle: (times) => {
      toThrottle = times;
    },
    requests: () => answered,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
