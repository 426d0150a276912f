import { kentTenant } from '../support/kent.ts';
import { inChannel, type KentBot, startKentBot, wordsOf } from '../support/kent-bot.ts';

let bot: KentBot;
beforeEach(async () => {
  bot = await startKentBot();
});
afterEach(() => bot.stop());

const council = { tenant: kentTenant, year: null };
const year = { tenant: kentTenant, year: '2009/10' };
const channels = async () => (await bot.store.list(council, 'channel')).map(({ id }) => id);

/** A channel of a team, as Teams tells of it. */
const channelOf = (team: string, id: string) => ({
  ...inChannel(id),
  channelData: { tenant: { id: kentTenant }, team: { id: team }, channel: { id, name: id } },
});
const connect = (team: string, id: string) =>
  bot.press(
    'Grace Adeyemi',
    'connect-channel',
    { audience: 'council', cleared: 'false' },
    channelOf(team, id),
  );
/** Teams tells of a whole team in the conversation that has its id. */
const removedFrom = (team: string, id = team) =>
  bot.tell('Grace Adeyemi', { type: 'installationUpdate', action: 'remove', ...channelOf(team, id) });
const chatOf = async (name: string) =>
  (await bot.store.list(council, 'person')).find(({ data }) => data.name === name)!.data.conversation;

test('removed from a team, the bot forgets all its channels and no other’s, and posts there no more', async () => {
  await connect('19:team', '19:team');
  await connect('19:team', '19:cabinet');
  await connect('19:other', '19:scrutiny');
  await removedFrom('19:team');
  expect(await channels()).toEqual(['19:scrutiny']);
  for (const id of ['19:team', '19:cabinet']) {
    expect(wordsOf(await bot.say('Grace Adeyemi', 'digest', channelOf('19:team', id)))).toContain(
      'isn’t connected',
    );
  }
  const trail = await bot.store.list(council, 'audit-entry');
  expect(trail.filter(({ data }) => data.act === 'channel-forgotten').map(({ data }) => data.about)).toEqual([
    { channel: '19:cabinet' },
    { channel: '19:team' },
  ]);
});

test('removed from one channel, it keeps the others of the team', async () => {
  await connect('19:team', '19:cabinet');
  await connect('19:team', '19:private');
  await removedFrom('19:team', '19:private');
  expect(await channels()).toEqual(['19:cabinet']);
});

test('a schedule and a waiting digest of a forgotten channel post nothing', async () => {
  await connect('19:team', '19:cabinet');
  await bot.press('Grace Adeyemi', 'set-schedule', { channel: '19:cabinet', words: 'every friday at 9' });
  await removedFrom('19:team');
  const before = bot.teams.cards().length;
  await bot.say('Sam Whitlock', 'clock 26 October 2009');
  const posted = bot.teams.cards().slice(before).map(wordsOf);
  expect(posted.filter((text) => text.includes('KPIs:'))).toEqual([]);
  expect(await bot.store.list(year, 'digest')).toEqual([]);
});

test('whoever removes the bot from their chat is forgotten there, and is told nothing any more', async () => {
  await bot.say('Martin Hollis', 'hi');
  await bot.tell('Martin Hollis', { type: 'installationUpdate', action: 'remove' });
  expect(await chatOf('Martin Hollis')).toBeNull();
  const [person, deputy] = ['Priya Raman', 'Martin Hollis'].map(
    (name) => bot.people.find((each) => each.name === name)!.id,
  );
  const days = { from: '2009-10-19', to: '2009-10-23' };
  await bot.press('Sam Whitlock', 'set-cover', { person, deputy, ...days });
  const sent = (await bot.store.list(council, 'delivery')).filter(
    ({ data }) => data.message.kind === 'notice',
  );
  expect(sent).toEqual([]);
});
