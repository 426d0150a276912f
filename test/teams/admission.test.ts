import { isServiceUrlAllowed } from '../../src/teams/admission.ts';
import type { Feature } from '../../src/teams/router.ts';
import { execute, message, priya, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

let handled = 0;
const echo: Feature = (router) => {
  router.verb('save', async () => {
    handled += 1;
    return { type: 'AdaptiveCard' };
  });
};

let running: BotUnderTest;
beforeAll(async () => {
  running = await startBot({ features: [echo] });
});
afterAll(() => running.stop());
beforeEach(() => {
  handled = 0;
});

test.each([
  ['another channel', { channelId: 'directline' }, 'wrong-channel'],
  ['the emulator', { channelId: 'emulator' }, 'wrong-channel'],
  ['no tenant', { channelData: {}, conversation: { id: 'c' } }, 'wrong-tenant'],
  ['two tenants', { channelData: { tenant: { id: 'other' } } }, 'wrong-tenant'],
  ['no service URL', { serviceUrl: undefined }, 'not-an-activity'],
  ['an empty service URL', { serviceUrl: '' }, 'wrong-service-url'],
  ['a service URL elsewhere', { serviceUrl: 'https://attacker.example/' }, 'wrong-service-url'],
])('an activity with %s is refused before anything is done or sent', async (_what, over, code) => {
  const { status, body } = await running.post(execute(running.serviceUrl, 'save', {}, over));
  expect({ status, code: body.value.code }).toEqual({ status: 200, code });
  expect(handled).toBe(0);
  expect(running.teams.received).toEqual([]);
});

test('teams mode answers the enabled tenants alone', async () => {
  const admission = { mode: 'teams', tenants: ['6b1f0d5e-2009-4010-8a38-000000000009'] } as const;
  const teams = await startBot({ features: [echo], admission });
  const { status, text } = await teams.post(execute('https://smba.trafficmanager.net/emea/', 'save'));
  expect([status, text, handled]).toEqual([403, '', 0]);
  expect(teams.logged()).toContain('"code":"wrong-tenant"');
  await teams.stop();
});

test('teams mode knows a tenant whatever its case', async () => {
  const people = [person('p1', { entraObjectId: priya.aadObjectId })];
  const teams = await startBot({ features: [echo], people, admission: { mode: 'teams', tenants: [tenant] } });
  const over = { channelData: { tenant: { id: tenant.toUpperCase() } } };
  const { body } = await teams.post(execute('https://smba.trafficmanager.net/emea/', 'save', {}, over));
  expect(body.statusCode).toBe(200);
  await teams.stop();
});

test.each([
  ['https://smba.trafficmanager.net/emea/', true],
  ['https://smba.infra.gcc.teams.microsoft.com/', true],
  ['https://smba.infra.gov.teams.microsoft.us/', true],
  ['http://smba.trafficmanager.net/emea/', false],
  ['https://smba.trafficmanager.net.attacker.example/', false],
  ['https://attacker.example/?smba.trafficmanager.net', false],
  ['https://smba.trafficmanager.net@attacker.example/', false],
  ['https://user@smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net:8443/', false],
  ['https://smba.trafficmanager.net.', false],
  ['https://smba.trafficmanager.net.:443/', false],
  ['HTTPS://SMBA.TRAFFICMANAGER.NET/emea/', true],
  ['https://smba.trafficmanager.net\\@attacker.example/', false],
  ['https:\\\\smba.trafficmanager.net/', false],
  ['https://smba.traffic\tmanager.net/', false],
  ['https://smba.trafficmanager.net/\r\nHost: attacker.example', false],
  [' https://smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net%2f@attacker.example/', false],
  ['https://smba.trafficmanager.net#@attacker.example/', false],
  ['https://\u0455mba.trafficmanager.net/', false],
  ['https://xn--mba-4ad.trafficmanager.net/', false],
  ['https://attacker.smba.trafficmanager.net/', false],
  ['https://trafficmanager.net/', false],
  ['javascript://smba.trafficmanager.net/%0aalert(1)', false],
  ['https://169.254.169.254/metadata', false],
  ['http://localhost:56150/_connector', false],
  ['//smba.trafficmanager.net', false],
])('in teams mode the service URL %s: %s', (url, allowed) => {
  expect(isServiceUrlAllowed(url, 'teams')).toBe(allowed);
});

test.each([
  ['http://localhost:56150/_connector', true],
  ['http://127.0.0.1:9/', true],
  ['http://[::1]:9/', true],
  ['http://localhost.attacker.example/', false],
  ['https://smba.trafficmanager.net/emea/', false],
])('in playground mode the service URL %s: %s', (url, allowed) => {
  expect(isServiceUrlAllowed(url, 'playground')).toBe(allowed);
});

test('a refused message gets no answer in its chat', async () => {
  await running.post(message(running.serviceUrl, 'hi', { channelId: 'webchat' }));
  expect(running.teams.received).toEqual([]);
});
