import { applyRefusal, findDestination } from '../../src/usecases/destinations.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';

let kent: Kent;
const chat = { id: 'chat', serviceUrl: 'http://127.0.0.1/' };
const council = { tenant: kentTenant, year: null };
const priya = async () =>
  (await kent.store.list(council, 'person')).find(({ data }) => data.name === 'Priya Raman')!;
beforeEach(async () => {
  kent = await openKent();
  const { id, version, data } = await priya();
  const reachable = { ...data, conversation: chat };
  await kent.store.write(council, [{ change: 'replace', kind: 'person', id, version, data: reachable }]);
});
afterEach(() => kent.close());

const refused = (code: string | null) => applyRefusal(kent.deps, kentTenant, chat.id, code);

test.each([
  ['BotNotInConversationRoster', 'removed'],
  ['ConversationBlockedByUser', 'blocked'],
  ['MessageWritesBlocked', 'blocked'],
  ['BotDisabledByAdmin', 'blocked'],
])('a person’s chat that refuses with %s is stopped, and stays known', async (code, why) => {
  await Promise.all([refused(code), refused(code)]);
  const stopped = { why, code, at: '2009-10-14T09:00:00.000Z' };
  expect((await priya()).data.conversation).toEqual({ ...chat, stopped });
  expect(await findDestination(kent.deps, kentTenant, chat.id)).toMatchObject({ kind: 'person', stopped });
});

test('a person’s chat that is gone is forgotten', async () => {
  await refused('ConversationNotFound');
  expect((await priya()).data.conversation).toBeNull();
  expect(await findDestination(kent.deps, kentTenant, chat.id)).toBeNull();
});

test.each(['MessageSizeTooBig', 'toString', null])(
  'a refusal of the message, %s, says nothing about the chat',
  async (code) => {
    await refused(code);
    expect((await priya()).data.conversation).toEqual(chat);
  },
);
