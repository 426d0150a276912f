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
