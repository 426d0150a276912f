import { type BotUnderTest, startBot } from '../support/bot.ts';
import type { Answer } from '../support/fake-connector.ts';

const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
let running: BotUnderTest;
beforeEach(async () => {
  running = await startBot({ adapterOptions: { sendTimeout: 150 } });
});
afterEach(() => running.stop());

const channel = () => ({ id: '19:scrutiny@thread.tacv2', serviceUrl: running.serviceUrl });
const post = () => running.connector.post(channel(), card);
const edit = () => running.connector.edit(channel(), 'post-1', card);
const whenTeamsAnswers = (answer: Answer) => running.teams.answering(() => answer);

test('a card is posted to the channel and edited where it is', async () => {
  expect(await post()).toEqual({ outcome: 'accepted', activityId: 'post-1' });
  expect(await edit()).toMatchObject({ outcome: 'accepted' });
  expect(running.teams.received).toMatchObject([
    { method: 'POST', path: '/v3/conversations/19:scrutiny@thread.tacv2/activities' },
    { method: 'PUT', path: '/v3/conversations/19:scrutiny@thread.tacv2/activities/post-1' },
  ]);
  expect(running.teams.cards()).toEqual([card, card]);
});

test.each([412, 429, 502, 503])('a %i is for later, and nothing is sent a second time', async (status) => {
  whenTeamsAnswers({ status, headers: { 'retry-after': '7' } });
  expect(await post()).toEqual({ outcome: 'later', status, retryAfterSeconds: 7 });
  expect(running.teams.received).toHaveLength(1);
});

test('a 504 leaves open whether the post is there, and nothing is sent a second time', async () => {
  whenTeamsAnswers({ status: 504 });
  expect(await post()).toMatchObject({ outcome: 'unknown' });
  expect(running.teams.received).toHaveLength(1);
});

test('no answer in time leaves open whether the post is there', async () => {
  whenTeamsAnswers({ status: 0, silent: true });
  expect(await post()).toMatchObject({ outcome: 'unknown' });
  expect(running.teams.received).toHaveLength(1);
});

test('an edit can be made again without harm, so an open end is for later', async () => {
  whenTeamsAnswers({ status: 504 });
  expect(await edit()).toEqual({ outcome: 'later', status: 504, retryAfterSeconds: null });
});

test.each([
  [403, 'BotNotInConversationRoster'],
  [403, 'ConversationBlockedByUser'],
  [404, 'ConversationNotFound'],
  [413, 'MessageSizeTooBig'],
  [500, 'ServiceError'],
])('a %i %s is refused for good, with its code', async (status, code) => {
  whenTeamsAnswers({ status, body: { error: { code, message: 'internal words' } } });
  expect(await post()).toEqual({ outcome: 'refused', status, code });
});

test('where nobody listens nothing was sent', async () => {
  const { serviceUrl } = running;
  await running.teams.stop();
  expect(await running.connector.post({ id: 'c', serviceUrl }, card)).toMatchObject({ outcome: 'later' });
});

test('an address that is not Teams gets nothing', async () => {
  const sent = await running.connector.post({ id: 'c', serviceUrl: 'https://attacker.example/' }, card);
  expect(sent).toMatchObject({ outcome: 'refused', code: 'WrongServiceUrl' });
});

test('Retry-After may be a date', async () => {
  const at = new Date(Date.now() + 60_000).toUTCString();
  whenTeamsAnswers({ status: 429, headers: { 'retry-after': at } });
  const sent = await post();
  expect(sent.outcome === 'later' && sent.retryAfterSeconds).toBeGreaterThan(50);
});
