import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

type Value = { stringValue?: string; boolValue?: boolean; intValue?: number | string; doubleValue?: number };
type Attribute = { key: string; value: Value };

export type CollectedSpan = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  status: { code?: number; message?: string };
  attributes: Record<string, unknown>;
};
export type CollectedPoint = { name: string; attributes: Record<string, unknown>; value: number };

const plain = (attributes: readonly Attribute[] = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

// biome-ignore lint/suspicious/noExplicitAny: OTLP's JSON, of which a few fields are read
type Otlp = any;

const spansIn = (body: Otlp): CollectedSpan[] =>
  body.resourceSpans.flatMap(({ scopeSpans }: Otlp) =>
    scopeSpans.flatMap(({ spans }: Otlp) =>
      spans.map((span: Otlp) => ({ ...span, attributes: plain(span.attributes) })),
    ),
  );

/** A histogram's value is how many it counted; a counter's and a gauge's is the number itself. */
const pointsIn = (body: Otlp): CollectedPoint[] =>
  body.resourceMetrics.flatMap(({ scopeMetrics }: Otlp) =>
    scopeMetrics.flatMap(({ metrics }: Otlp) =>
      metrics.flatMap(({ name, sum, gauge, histogram }: Otlp) =>
        (sum ?? gauge ?? histogram).dataPoints.map(({ attributes, asDouble, asInt, count }: Otlp) => ({
          name,
          attributes: plain(attributes),
          value: Number(asDouble ?? asInt ?? count),
        })),
      ),
    ),
  );

const instancesIn = (body: Otlp): unknown[] =>
  body.resourceMetrics.map(({ resource }: Otlp) => plain(resource.attributes)['service.instance.id']);

type Given = {
  /** What it says of whatever it takes. */
  answer?: string;
  /** Its certificate and key, for HTTPS. */
  tls?: { cert: string; key: string };
};

/** An OpenTelemetry collector's receiving end: a real HTTP server that keeps what it is sent. */
export async function startCollector({ answer = '{}', tls }: Given = {}) {
  const received: { path: string; text: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  let silent = false;
  let status = 200;
  const take: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ path: request.url!, text, headers: request.headers });
      if (silent) return;
      // One after the other: restify, where it is loaded, takes the response back from every `writeHead`.
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(answer);
    });
  };
  const server = tls ? createTlsServer(tls, take) : createServer(take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = (path: string) => received.filter((each) => each.path === path);
  return {
    endpoint: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${(server.address() as AddressInfo).port}`,
    received,
    spans: () => at('/v1/traces').flatMap(({ text }) => spansIn(JSON.parse(text))),
    points: () => at('/v1/metrics').flatMap(({ text }) => pointsIn(JSON.parse(text))),
    /** Which instances have sent measures. */
    instances: () => new Set(at('/v1/metrics').flatMap(({ text }) => instancesIn(JSON.parse(text)))),
    /** From now on it takes what it is sent and never answers. */
    fallSilent() {
      silent = true;
    },
    /** From now on it takes nothing. */
    refuse() {
      status = 400;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type Collector = Awaited<ReturnType<typeof startCollector>>;
