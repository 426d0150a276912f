import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a container app has in place of a password: an address on the machine itself that gives out tokens. */
export async function startIdentityEndpoint() {
  const asked: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://localhost');
    asked.push({ ...Object.fromEntries(searchParams), header: String(request.headers['x-identity-header']) });
    const inAnHour = Math.floor(Date.now() / 1000) + 3600;
    const token = { access_token: 'of-the-identity', expires_on: String(inAnHour), token_type: 'Bearer' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(token));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    /** What was asked for: `resource`, `client_id` and the secret `header`. */
    asked,
    /** The variables by which Azure's packages find it. */
    environment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`,
      IDENTITY_HEADER: 'only-this-container-knows',
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
