import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeCertificate } from '../support/certificate.ts';
import { startCosmosEmulator } from '../support/cosmos-emulator.ts';
import { startIdentityEndpoint } from '../support/identity-endpoint.ts';

const clientId = '6b1f0d5e-2009-4010-8a38-0000000000b0';

/** The emulator behind HTTPS, for no token is sent without; keeps how each request signs itself. */
async function startAccount() {
  const emulator = await startCosmosEmulator();
  const certificate = await makeCertificate();
  const signatures: string[] = [];
  const server = createServer(certificate.tls, (request, response) => {
    const { method, url, headers } = request;
    signatures.push(decodeURIComponent(String(headers.authorization)));
    const passed = forward(new URL(url!, emulator.endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    signatures,
    environment: {
      ...certificate.environment,
      COSMOS_ENDPOINT: `https://localhost:${(server.address() as AddressInfo).port}/`,
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await emulator.close();
      certificate.remove();
    },
  };
}

test('without a key the database is used as the managed identity, and no other way to sign in is tried', async () => {
  const account = await startAccount();
  const identity = await startIdentityEndpoint();
  const command = async (...args: string[]) => {
    const child = spawn(process.execPath, [join(__dirname, '../../src/cli/index.ts'), ...args], {
      env: {
        PLANWATCH_STORE: 'cosmos',
        ...account.environment,
        ...identity.environment,
        AZURE_CLIENT_ID: clientId,
        AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [out, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    return { out, exitCode };
  };
  expect(await command('import', 'samples/kent-2009-10')).toMatchObject({ exitCode: 0 });
  const { out } = await command('status', 'highways', '--json');
  expect(JSON.parse(out).plans).toHaveLength(1);
  await Promise.all([account.stop(), identity.stop()]);
  expect(new Set(account.signatures)).toEqual(new Set(['type=aad&ver=1.0&sig=of-the-identity']));
  for (const asked of identity.asked) expect(asked).toMatchObject({ client_id: clientId });
  expect(identity.asked.length).toBeGreaterThan(0);
}, 60_000);
