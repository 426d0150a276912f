import { readFileSync } from 'node:fs';
import { commandsFor } from '../../src/teams/cards/role-guide.ts';
import type { Activity } from '../support/activities.ts';
import { kentTenant } from '../support/kent.ts';
import { inChannel, startKentBot } from '../support/kent-bot.ts';

type CommandList = { scopes: string[]; commands: { title: string; description: string }[] };
const manifest = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8'));
const lists: CommandList[] = manifest.bots[0].commandLists;
const listed = lists.flatMap(({ scopes, commands }) =>
  commands.map(({ title, description }) => ({ scope: scopes[0]!, title, description })),
);
const sentence = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** What help says of the command, without its further ways of being typed and where it belongs. */
const guide = new Map(
  commandsFor(['manager', 'clerk', 'performance-officer', 'cabinet-member']).map(({ type, does }) => [
    type,
    sentence(does.replace(/^in a channel: /, '').replace(/; (also|“).*$/, '')),
  ]),
);
const guideOf = (title: string) =>
  [...guide].find(([type]) => type === title || type.startsWith(`${title} `));

test.each(listed.filter(({ title }) => title !== 'help'))(
  '“$title” ($scope) is described in Teams as help describes it',
  ({ title, description }) => {
    expect(guideOf(title)?.[1]).toBe(description);
  },
);

test('every command that a clerk or a manager is told of in help can be chosen in Teams', () => {
  const titles = new Set(listed.map(({ title }) => title));
  // These two take a name; “reminders” and “cover” lead to them.
  const notOffered = [...guide.keys()].filter(
    (type) => ![...titles].some((title) => `${type} `.startsWith(`${title} `)),
  );
  // Teams takes ten commands; what performance officers alone use is in help.
  const officersAlone = ['pre-election on', 'audit', 'holds', 'held about NAME', 'erase NAME', 'retention'];
  expect(notOffered).toEqual(['deputy NAME from DATE to DATE', ...officersAlone]);
});

describe('the bot', () => {
  const inGroup: Activity = {
    conversation: {
      isGroup: true,
      conversationType: 'groupChat',
      tenantId: kentTenant,
      id: '19:group@thread.v2',
    },
    channelData: { tenant: { id: kentTenant } },
  };
  const where: Record<string, Activity> = {
    personal: {},
    team: inChannel('19:cabinet@thread.tacv2'),
    groupChat: inGroup,
  };
  let kent: Awaited<ReturnType<typeof startKentBot>>;
  beforeAll(async () => {
    kent = await startKentBot();
  });
  afterAll(() => kent.stop());

  /** An officer is a clerk's equal and more; only managers have updates to give. */
  const asks = (title: string) => (/^(my updates|reminders)$/.test(title) ? 'Priya Raman' : 'Grace Adeyemi');

  test.each(listed)('answers “$title” where Teams offers it: $scope', async ({ scope, title }) => {
    const card = JSON.stringify(await kent.say(asks(title), title, where[scope]));
    expect(card).not.toContain('I didn’t understand');
    expect(card).not.toContain('in our own chat');
    expect(card).not.toContain('You can’t see');
    expect(card).not.toMatch(/Only (a |clerks)/);
  });

  test.each(['my updates', 'reminders', 'cover', 'unreachable'])(
    'keeps “%s” out of channels, so Teams doesn’t offer it there',
    async (title) => {
      expect(JSON.stringify(await kent.say(asks(title), title, where.team))).toContain('in our own chat');
      expect(listed.filter((each) => each.title === title).map(({ scope }) => scope)).toEqual(['personal']);
    },
  );
});
