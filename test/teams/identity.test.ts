import { createLog } from '../../src/log.ts';
import { createIdentity } from '../../src/teams/identity.ts';
import type { Feature } from '../../src/teams/router.ts';
import type { Turn } from '../../src/teams/turn.ts';
import { activity, botId, channelMessage, message, priya, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

const seen: Turn[] = [];
const echo: Feature = (router) => {
  router.otherwise(async (turn) => {
    seen.push(turn);
    return null;
  });
  router.event('removed', async () => null);
};

let running: BotUnderTest;
async function start(given: Parameters<typeof startBot>[0]) {
  running = await startBot({ features: [echo], ...given });
}
beforeEach(() => {
  seen.length = 0;
});
afterEach(() => running.stop());

const say = (over: object = {}) => running.post(message(running.serviceUrl, 'hi', over));
const lookUps = () => running.teams.received.filter(({ path }) => path.includes('/members/'));

test('a person is known by their Entra id, whatever its case, and Teams is not asked', async () => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId.toUpperCase() })] });
  await say();
  expect(seen[0]!.person?.id).toBe('p1');
  expect(lookUps()).toEqual([]);
});

test('on first contact a person is matched by e-mail, whatever its case, and bound once', async () => {
  await start({
    people: [person('p1'), person('p2', { email: 'Priya.Raman@kent.example' })],
    members: { [priya.id]: { email: 'priya.raman@KENT.example' } },
  });
  await say();
  await say();
  expect(seen.map((turn) => turn.person?.id)).toEqual(['p2', 'p2']);
  expect((await running.personStored('p2'))?.entraObjectId).toBe(priya.aadObjectId);
  expect(lookUps()).toHaveLength(1);
});

test('two first messages at once bind one person and lose neither', async () => {
  await start({
    people: [person('p1', { email: 'priya@kent.example' })],
    members: { [priya.id]: { email: 'priya@kent.example' } },
  });
  await Promise.all([say(), say()]);
  expect(seen.map((turn) => turn.person?.id)).toEqual(['p1', 'p1']);
  expect(await running.personStored('p1')).toMatchObject({
    entraObjectId: priya.aadObjectId,
    conversation: { id: 'personal-chat' },
  });
});

test('a person whom the council does not know is nobody, and Teams is asked once a minute', async () => {
  await start({ people: [person('p1')], members: { [priya.id]: { email: 'stranger@elsewhere.example' } } });
  await say();
  await say();
  expect(seen.map((turn) => turn.person)).toEqual([null, null]);
  expect(lookUps()).toHaveLength(1);
  running.clock.now += 60_000;
  await say();
  expect(lookUps()).toHaveLength(2);
});

test('an e-mail that is bound to another account opens nothing', async () => {
  await start({
    people: [person('p1', { email: 'priya@kent.example', entraObjectId: 'someone-else' })],
    members: { [priya.id]: { email: 'priya@kent.example' } },
  });
  await say();
  expect(seen[0]!.person).toBeNull();
  expect((await running.personStored('p1'))?.entraObjectId).toBe('someone-else');
});

test('of two accounts that claim one address at once, one gets it for good', async () => {
  const other = {
    id: 'user-other',
    name: 'Priya Raman',
    aadObjectId: '6b1f0d5e-2009-4010-8a38-0000000001ff',
  };
  await start({
    people: [person('p1', { email: 'priya@kent.example' })],
    members: { [priya.id]: { email: 'priya@kent.example' }, [other.id]: { email: 'priya@kent.example' } },
  });
  await Promise.all([say(), say({ from: other }), say({ from: other }), say()]);
  const bound = (await running.personStored('p1'))?.entraObjectId;
  expect(seen.filter((turn) => turn.person).map((turn) => turn.from.aadObjectId)).toEqual([bound, bound]);
});

test.each([
  [
    'of another organisation, in a shared channel',
    { email: 'priya@kent.example', tenantId: 'somewhere-else' },
  ],
  ['with an empty address', { email: '', userPrincipalName: ' ' }],
  ['whom Teams gives no address', { email: null, userPrincipalName: null } as never],
  [
    'of a guest whose account is named after an address',
    { email: 'g@elsewhere.example', userPrincipalName: 'priya_kent.example#EXT#@kent.example' },
  ],
  ['whose address only looks the same', { email: 'priya@\u212aent.example\u0000' }],
])('an account %s is nobody, and Teams is asked once', async (_what, member) => {
  const erased = { at: '2009-10-14T09:00:00.000Z', reason: 'R', address: 'a' };
  await start({
    people: [person('p1', { email: 'priya@kent.example' }), person('gone', { email: '', roles: [], erased })],
    members: { [priya.id]: member },
  });
  await say();
  await say();
  expect(seen.map((turn) => turn.person)).toEqual([null, null]);
  expect((await running.personStored('p1'))?.entraObjectId).toBeNull();
  expect(await running.personStored('gone')).toMatchObject({ entraObjectId: null, conversation: null });
  expect(lookUps()).toHaveLength(1);
});

test('the main address decides, and the name of the account only where no one has that', async () => {
  await start({
    people: [
      person('a', { email: 'priya.raman@kent.example' }),
      person('b', { email: 'priya@kent.example' }),
    ],
    members: { [priya.id]: { email: 'priya@kent.example', userPrincipalName: 'priya.raman@kent.example' } },
  });
  await say();
  expect(seen[0]!.person?.id).toBe('b');
});

test('someone who is erased while they write leaves nothing behind', async () => {
  await start({ people: [person('p1', { email: 'priya@kent.example' })] });
  const council = { tenant, year: null };
  const { store } = running;
  const before = (await store.read(council, 'person', 'p1'))!;
  const erased = { at: '2009-10-14T09:00:00.000Z', reason: 'R', address: 'a' };
  const data = { ...before.data, name: 'Former officer', email: '', roles: [], erased };
  await store.write(council, [
    { change: 'replace', kind: 'person', id: 'p1', version: before.version, data },
  ]);
  // As another process still has it, which is a moment behind.
  const behind = { ...store, list: async () => [before] as never };
  const identity = createIdentity({ store: behind, clock: () => 0, log: createLog('silent') });
  await identity.remember(before, { id: 'chat', serviceUrl: running.serviceUrl });
  const account = { tenant, aadObjectId: priya.aadObjectId, emails: async () => ['priya@kent.example'] };
  expect(await identity.personOf(account)).toBeNull();
  expect(await running.personStored('p1')).toEqual(data);
});

test('an account without an Entra id is nobody', async () => {
  await start({ people: [person('p1', { entraObjectId: '' })] });
  await say({ from: { id: priya.id, name: 'Priya Raman' } });
  expect(seen[0]!.person).toBeNull();
});

test('a person is still answered when Teams will not say who they are', async () => {
  await start({ people: [person('p1')] });
  running.teams.answering(({ path }) => (path.includes('/members/') ? { status: 503 } : undefined));
  expect((await say()).status).toBe(200);
  expect(seen[0]!.person).toBeNull();
  expect(running.logged()).toContain('member-lookup-failed');
});

test('the newest address of a personal chat is kept, and written only when it changed', async () => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId })] });
  await say();
  const { serviceUrl } = running;
  expect((await running.personStored('p1'))?.conversation).toEqual({ id: 'personal-chat', serviceUrl });
  const version = async () => (await running.store.read({ tenant, year: null }, 'person', 'p1'))?.version;
  const first = await version();
  await say();
  expect(await version()).toBe(first);
  await say({ conversation: { conversationType: 'personal', tenantId: tenant, id: 'newer-chat' } });
  expect((await running.personStored('p1'))?.conversation?.id).toBe('newer-chat');
});

test.each([
  ['a kind that Teams may have one day', { conversationType: 'meeting' }],
  ['a word of JavaScript', { conversationType: 'constructor' }],
  ['nothing, and says that it is a group', { isGroup: true }],
  ['nothing, and has the id of a group', { id: '19:meeting_x@thread.v2' }],
  ['their own, and has the id of a channel', { conversationType: 'personal', id: '19:x@thread.tacv2' }],
])('a place whose type is %s is no one’s own chat', async (_what, over) => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId })] });
  await say({ conversation: { tenantId: tenant, id: 'some-place', ...over } });
  expect(seen[0]!.conversation.kind).toBe('group');
  expect((await running.personStored('p1'))?.conversation).toBeNull();
});

test('their own chat, said to be so in a channel, is the channel', async () => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId })] });
  const channelData = { tenant: { id: tenant }, team: { id: 'team' }, channel: { id: 'c', name: 'c' } };
  await say({ channelData });
  expect(seen[0]!.conversation.kind).toBe('channel');
  expect((await running.personStored('p1'))?.conversation).toBeNull();
});

test('a channel is not taken for where a person can be reached', async () => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId })] });
  await running.post(channelMessage(running.serviceUrl, 'hi'));
  expect((await running.personStored('p1'))?.conversation).toBeNull();
});

test('a person who removes the bot is not reached any more', async () => {
  await start({ people: [person('p1', { entraObjectId: priya.aadObjectId })] });
  await say();
  await running.post(activity(running.serviceUrl, { type: 'installationUpdate', action: 'remove' }));
  expect((await running.personStored('p1'))?.conversation).toBeNull();
  await running.post(
    activity(running.serviceUrl, { type: 'conversationUpdate', membersAdded: [{ id: botId }] }),
  );
  expect((await running.personStored('p1'))?.conversation?.id).toBe('personal-chat');
});
