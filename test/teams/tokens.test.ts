import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, priya, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

const botId = '6b1f0d5e-2009-4010-8a38-0000000000b0';
const issuer = 'https://api.botframework.com';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const microsoft = generateKeyPairSync('rsa', { modulusLength: 2048 });
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

/** A token as the Bot Connector sends it, with `claims` replaced. */
function token(claims: object = {}, key = microsoft.privateKey, header: object = {}): string {
  const head = encode({ alg: 'RS256', typ: 'JWT', kid: 'k1', x5t: 'k1', ...header });
  const body = encode({
    ...{ iss: issuer, aud: botId, serviceurl: serviceUrl, nbf: seconds(-60), exp: seconds(3600) },
    ...claims,
  });
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(key).toString('base64url');
  return `Bearer ${head}.${body}.${signature}`;
}

let keys: Server;
let bot: BotUnderTest;
let handled = 0;

beforeAll(async () => {
  // The SDK prints each refusal's reason; the bot logs it too.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  const jwk = { ...microsoft.publicKey.export({ format: 'jwk' }), use: 'sig', kid: 'k1', x5t: 'k1' };
  keys = createServer((request, response) => {
    const { port } = keys.address() as AddressInfo;
    const metadata = { issuer, jwks_uri: `http://127.0.0.1:${port}/keys` };
    const body = request.url === '/keys' ? { keys: [{ ...jwk, endorsements: ['msteams'] }] } : metadata;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  const { port } = keys.address() as AddressInfo;
  bot = await startBot({
    credentials: { id: botId, tenantId: tenant, type: 'SingleTenant', password: 'secret' },
    admission: { mode: 'teams', tenants: [tenant] },
    people: [person('p1', { entraObjectId: priya.aadObjectId })],
    adapterOptions: {
      cloud: {
        ToBotFromChannelOpenIdMetadataUrl: `http://127.0.0.1:${port}/metadata`,
        ToBotFromChannelTokenIssuer: issuer,
      },
    },
    features: [
      (router) =>
        router.verb('save', async () => {
          handled += 1;
          return { type: 'AdaptiveCard' };
        }),
    ],
  });
});
afterAll(async () => {
  await bot?.stop();
  keys?.close();
  keys?.closeAllConnections();
  jest.restoreAllMocks();
});
beforeEach(() => {
  handled = 0;
});

const press = (authorization: string, over: object = {}) =>
  bot.post(execute(serviceUrl, 'save', {}, over), { authorization });

test('a token that Microsoft signed for this bot is answered', async () => {
  expect(await press(token())).toMatchObject({ status: 200, body: { statusCode: 200 } });
  expect(handled).toBe(1);
});

test.each([
  ['signed by someone else', () => token({}, attacker.privateKey)],
  ['not signed', () => token({}, microsoft.privateKey, { alg: 'none' })],
  ['signed with a key nobody knows', () => token({}, microsoft.privateKey, { kid: 'k2' })],
  ['of another issuer', () => token({ iss: 'https://attacker.example' })],
  ['for another bot', () => token({ aud: '6b1f0d5e-2009-4010-8a38-0000000000b1' })],
  ['for nobody', () => token({ aud: undefined })],
  ['that has expired', () => token({ exp: seconds(-3600) })],
  ['for another service URL', () => token({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
])('a token %s is refused, and nothing is done', async (_what, make) => {
  const reply = await press(make());
  expect([reply.status, reply.text, handled]).toEqual([401, '', 0]);
});

test('a good token opens no other tenant and no other channel', async () => {
  const other = {
    channelData: { tenant: { id: 'another' } },
    conversation: { id: 'c', tenantId: 'another' },
  };
  expect((await press(token(), other)).body.value.code).toBe('wrong-tenant');
  expect((await press(token(), { channelId: 'webchat' })).status).toBe(401);
  expect(handled).toBe(0);
});
