import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { execute, priya, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';
import { change, hostileText, put } from '../support/hostile-values.ts';

const botId = '6b1f0d5e-2009-4010-8a38-0000000000b0';
const issuer = 'https://api.botframework.com';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const microsoft = generateKeyPairSync('rsa', { modulusLength: 2048 });
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

type Head = { alg?: string; kid?: string; crit?: string[] };

function parts(claims: object, header: Head): string {
  const head = encode({ alg: 'RS256', typ: 'JWT', kid: 'k1', x5t: 'k1', ...header });
  const body = encode({
    ...{ iss: issuer, aud: botId, serviceurl: serviceUrl, nbf: seconds(-60), exp: seconds(3600) },
    ...claims,
  });
  return `${head}.${body}`;
}

/** A token as the Bot Connector sends it, with `claims` replaced. */
function token(claims: object = {}, key = microsoft.privateKey, header: Head = {}): string {
  const signed = parts(claims, header);
  return `Bearer ${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
}

/** Signed with Microsoft's public key, which everyone has, as if it were a secret that the two share. */
function signedAsShared(): string {
  const signed = parts({}, { alg: 'HS256' });
  const secret = microsoft.publicKey.export({ type: 'pkcs1', format: 'pem' });
  return `Bearer ${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
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
    const key = (kid: string, endorsements?: string[]) => ({ ...jwk, kid, x5t: kid, endorsements });
    const all = [key('k1', ['msteams']), key('for-webchat', ['webchat']), key('for-none', []), key('bare')];
    const body = request.url === '/keys' ? { keys: all } : metadata;
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
        ToBotFromEmulatorOpenIdMetadataUrl: `http://127.0.0.1:${port}/metadata`,
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

test('what was refused is in the log by its code, and nothing of the token', async () => {
  const forged = token({ iss: 'https://attacker.example\nforged-line' });
  await press(forged);
  expect(bot.logged()).toContain('token-refused');
  expect(bot.logged()).not.toContain('attacker.example');
  expect(bot.logged()).not.toContain(forged.slice(-40));
});

const ownKey = attacker.publicKey.export({ format: 'jwk' });
const keysOfAttacker = 'http://127.0.0.1:1/keys';
const ofEmulator = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
const elsewhere = 'https://smba.trafficmanager.net/amer/';
const signedBy = (kid: string) => token({}, microsoft.privateKey, { kid });

test.each<[string, () => string]>([
  ['that is none', () => ''],
  ['that is empty', () => 'Bearer '],
  ['that is only the first part', () => token().split('.')[0]!],
  ['without its signature', () => token().replace(/[^.]+$/, '')],
  [
    'of which one claim was changed',
    () => token().replace(/\.[^.]+\./, `.${parts({ aud: 'x' }, {}).split('.')[1]}.`),
  ],
  ['in another scheme', () => token().replace('Bearer', 'Basic')],
  ['signed by someone else', () => token({}, attacker.privateKey)],
  ['with the algorithm none', () => token({}, microsoft.privateKey, { alg: 'none' })],
  ['with the algorithm none and no signature', () => `Bearer ${parts({}, { alg: 'none' })}.`],
  ['with HS256 and the public key as the secret', signedAsShared],
  ['that brings its own key', () => token({}, attacker.privateKey, { jwk: ownKey } as Head)],
  ['that says where its key is', () => token({}, attacker.privateKey, { jku: keysOfAttacker } as Head)],
  [
    'with a condition that nobody here knows',
    () => token({}, microsoft.privateKey, { crit: ['http://example.com/only-on-tuesdays'] }),
  ],
  [
    'whose signature is of another algorithm than it says',
    () => token({}, microsoft.privateKey, { alg: 'RS384' }),
  ],
  ['signed with a key nobody knows', () => signedBy('k2')],
  ['signed with a key named as a part of JavaScript', () => signedBy('__proto__')],
  ['signed with a key that is for another channel', () => signedBy('for-webchat')],
  ['signed with a key that is for no channel', () => signedBy('for-none')],
  ['signed with a key that names no channels', () => signedBy('bare')],
  ['of another issuer', () => token({ iss: 'https://attacker.example' })],
  ['of the issuer for trying bots out', () => token({ iss: ofEmulator, ver: '1.0', appid: botId })],
  ['of no issuer', () => token({ iss: undefined })],
  ['for another bot', () => token({ aud: '6b1f0d5e-2009-4010-8a38-0000000000b1' })],
  ['for nobody', () => token({ aud: undefined })],
  ['that has expired', () => token({ exp: seconds(-3600) })],
  ['that never expires', () => token({ exp: undefined })],
  ['that is not valid yet', () => token({ nbf: seconds(3600), exp: seconds(7200) })],
  ['for another service URL', () => token({ serviceurl: elsewhere })],
  ['for no service URL', () => token({ serviceurl: undefined })],
])('a token %s is refused, and nothing is done', async (_what, make) => {
  const reply = await press(make());
  expect([reply.status, reply.text, handled]).toEqual([401, '', 0]);
});

test.each([
  ['another service URL than the token’s', { serviceUrl: elsewhere }, 401],
  ['an empty service URL', { serviceUrl: '' }, 401],
  ['no service URL', { serviceUrl: undefined }, 401],
  ['another channel', { channelId: 'webchat' }, 401],
  ['another tenant', { channelData: { tenant: { id: 'x' } }, conversation: { id: 'c', tenantId: 'x' } }, 403],
  ['two tenants', { channelData: { tenant: { id: 'x' } } }, 403],
  ['no tenant', { channelData: {}, conversation: { id: 'c' } }, 403],
])('a good token with %s in the body is refused, and nothing is done', async (_what, over, status) => {
  const reply = await press(token(), over);
  expect([reply.status, reply.text, handled]).toEqual([status, '', 0]);
});

test('even Microsoft’s own token opens only the addresses of Teams', async () => {
  const reply = await press(token({ serviceurl: 'https://attacker.example/' }), {
    serviceUrl: 'https://attacker.example/',
  });
  expect([reply.status, reply.text, handled]).toEqual([403, '', 0]);
});

test('a body that cannot be read tells whoever has no good token nothing', async () => {
  for (const body of ['hello', '7', '[]', '{}', JSON.stringify({ serviceUrl }), 'x'.repeat(1_100_000)]) {
    const reply = await bot.post(body, { authorization: token({}, attacker.privateKey) });
    expect([reply.status, reply.text]).toEqual([401, '']);
  }
});

test('a broken activity that Microsoft did send is answered as an invoke is', async () => {
  const { status, body } = await bot.post({ channelId: 'msteams', serviceUrl }, { authorization: token() });
  expect([status, body.value.code]).toEqual([200, 'not-an-activity']);
});

test('hundreds of bad tokens fill no log', async () => {
  const before = bot.logged().length;
  for (let at = 0; at < 200; at++) await press(token({ iss: 'https://attacker.example' }));
  const lines = bot
    .logged()
    .slice(before)
    .match(/"msg":"token-refused"/g);
  expect(lines?.length ?? 0).toBeLessThanOrEqual(20);
});

describe('thousands of bodies', () => {
  const bodies = fc.array(change, { maxLength: 3 }).map((changes) => {
    const made = execute(serviceUrl, 'save', {});
    for (const { place, value } of changes) put(made, place, value);
    return made;
  });
  const isHeader = (text: string) => /^[\t\x20-\x7e]*$/.test(text) && text.length < 8000;
  const forged = fc.oneof(
    hostileText.filter(isHeader).map((text) => `Bearer ${text}`),
    fc
      .dictionary(fc.constantFrom('iss', 'aud', 'serviceurl', 'exp', 'nbf', 'sub'), fc.jsonValue(), {
        maxKeys: 3,
      })
      .map((claims) => token(claims, attacker.privateKey)),
    fc.constant(token().slice(0, -4)),
  );

  test('without a good token get 401 and nothing more, and nothing is done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(bodies, forged), { minLength: 10, maxLength: 10 }), async (some) => {
        const replies = await Promise.all(
          some.map(([body, authorization]) => bot.post(body, { authorization })),
        );
        expect(replies.map(({ status, text }) => [status, text])).toEqual(some.map(() => [401, '']));
      }),
      { numRuns: 100 },
    );
    expect(handled).toBe(0);
  }, 120_000);

  test('with a good token get an answer only where they are the council’s own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bodies, { minLength: 10, maxLength: 10 }), async (some) => {
        for (const body of some) {
          const before = handled;
          const { status, text } = await bot.post(body, { authorization: token() });
          expect([200, 401, 403]).toContain(status);
          if (status !== 200) expect(text).toBe('');
          const { channelId, channelData, serviceUrl: address } = body as Record<string, unknown>;
          const isOurs =
            channelId === 'msteams' &&
            address === serviceUrl &&
            JSON.stringify([channelData, body.conversation]).includes(tenant);
          if (handled > before) expect(isOurs).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
