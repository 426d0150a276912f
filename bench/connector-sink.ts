import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ConnectorSink = { serviceUrl: string; received: () => number; close: () => void };

/** Takes what a bot sends as Teams' connector does, gives each post an id and forgets it. */
export async function startConnectorSink(): Promise<ConnectorSink> {
  let posts = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      posts += 1;
      const body = JSON.stringify({ id: `1:${posts}` });
      response
        .writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': body.length })
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    received: () => posts,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
