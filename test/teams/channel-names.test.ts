import type { Feature } from '../../src/teams/router.ts';
import { activity, botId, channelMessage, priya } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

let seen: (string | null)[];
const echo: Feature = (router) => {
  const note = async ({ conversation }: { conversation: { name: string | null } }) => {
    seen.push(conversation.name);
    return null;
  };
  router.event('installed', note);
  router.otherwise(note);
};

let running: BotUnderTest;
beforeEach(async () => {
  seen = [];
  running = await startBot({
    features: [echo],
    people: [person('p1', { entraObjectId: priya.aadObjectId })],
  });
});
afterEach(() => running.stop());

const say = () => running.post(channelMessage(running.serviceUrl, 'hi'));
const asked = () => running.teams.received.filter(({ path }) => path.startsWith('/v3/teams/')).length;

test('Teams is asked once for the names of a team’s channels', async () => {
  const conversations = [
    { id: '19:general@thread.tacv2', name: null },
    { id: '19:scrutiny@thread.tacv2', name: 'Cabinet Scrutiny Committee' },
  ];
  running.teams.answering(({ path }) =>
    path === '/v3/teams/19:general@thread.tacv2/conversations'
      ? { status: 200, body: { conversations } }
      : undefined,
  );
  await say();
  await say();
  expect(seen).toEqual(['Cabinet Scrutiny Committee', 'Cabinet Scrutiny Committee']);
  expect(asked()).toBe(1);
});

test('a name that came with the installation is remembered', async () => {
  const { conversation, channelData } = channelMessage(running.serviceUrl, '') as Record<string, object>;
  await running.post(
    activity(running.serviceUrl, {
      type: 'conversationUpdate',
      membersAdded: [{ id: botId }],
      conversation: { ...conversation, name: 'Scrutiny' },
      channelData,
    }),
  );
  await say();
  expect(seen).toEqual(['Scrutiny', 'Scrutiny']);
  expect(asked()).toBe(0);
});

test('a person is answered all the same when Teams will not tell', async () => {
  running.teams.answering(({ path }) => (path.startsWith('/v3/teams/') ? { status: 403 } : undefined));
  await say();
  await say();
  expect(seen).toEqual([null, null]);
  expect(asked()).toBe(1);
});
