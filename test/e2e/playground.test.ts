import { networkInterfaces } from 'node:os';
import { Refused } from '../../src/domain/errors.ts';
import type { Feature } from '../../src/teams/router.ts';
import type { Turn } from '../../src/teams/turn.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';
import { type Playground, personalChat, portfolioChannel, startPlayground } from '../support/playground.ts';

const card = (body: object[], actions: object[] = []) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  actions,
});
const line = (text: string) => ({ type: 'TextBlock', text, wrap: true });

const form = card(
  [
    line('Street lights mended in 28 days'),
    { type: 'Input.Text', id: 'result', label: 'Result' },
    { type: 'Input.Date', id: 'on', label: 'On' },
    { type: 'Input.Toggle', id: 'provisional', title: 'Provisional', valueOn: 'true', valueOff: 'false' },
    {
      type: 'Input.ChoiceSet',
      id: 'state',
      label: 'State',
      choices: [
        { title: 'On track', value: 'on-track' },
        { title: 'At risk', value: 'at-risk' },
      ],
    },
  ],
  [
    { type: 'Action.Execute', title: 'Save', verb: 'save', data: { form: 'f1' } },
    { type: 'Action.Execute', title: 'Lock', verb: 'lock' },
    { type: 'Action.Execute', title: 'Break', verb: 'break' },
  ],
);

const turns: Turn[] = [];
const feature: Feature = (router) => {
  router.event('installed', async () => card([line('Welcome to Planwatch')]));
  router.text('my-updates', /^my updates$/i, async () => form);
  router.text('connect', /^connect$/i, async (turn) => {
    turns.push(turn);
    return card([line('Connected')]);
  });
  router.verb('save', async (turn) => {
    turns.push(turn);
    return card([
      line(`Kept: ${turn.data.result}, ${turn.data.on}, ${turn.data.provisional}, ${turn.data.state}`),
    ]);
  });
  router.verb('lock', async () => {
    throw new Refused('busy', 'Someone else is changing this. Press again.');
  });
  router.verb('break', async () => {
    throw new Error('secret');
  });
  router.otherwise(async ({ person: who }) => card([line(`Hello, ${who?.name ?? 'stranger'}`)]));
};

let bot: BotUnderTest;
let playground: Playground;
beforeAll(async () => {
  const people = [person('p1', { name: 'Priya', email: 'priya.raman@kent.example' })];
  bot = await startBot({ features: [feature], people });
  playground = await startPlayground(bot.port);
}, 120_000);
afterAll(async () => {
  await playground?.stop();
  await bot?.stop();
});

test('opening the chat installs the bot, and it says hello once', async () => {
  await playground.see('Welcome to Planwatch');
  expect(await playground.page.getByText('Welcome to Planwatch').count()).toBe(1);
});

test('a typed message is answered for the person whom Teams says it is', async () => {
  await playground.say('good morning');
  expect(await playground.text()).toBe('Hello, Priya');
});

test('a form is filled in and saved, and its receipt takes its place', async () => {
  await playground.say('my updates');
  await playground.fill('Result', '91.2');
  await playground.fill('On', '2009-10-14');
  await playground.fill('Provisional', 'true');
  await playground.fill('State', 'At risk');
  await playground.screenshot('playground-form');
  await playground.press('Save');
  expect(await playground.text()).toBe('Kept: 91.2, 2009-10-14, true, at-risk');
  expect(turns.at(-1)).toMatchObject({ via: 'execute', conversation: { kind: 'personal' } });
  expect(await playground.page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

test('a refusal and a failure are told in plain words under the card that was pressed', async () => {
  await playground.say('my updates');
  await playground.press('Lock');
  await playground.page.getByText('Someone else is changing this. Press again.').waitFor();
  await playground.press('Break');
  await playground.page.getByText(/^Something went wrong\. .*Reference: /).waitFor();
  expect(await playground.text()).toContain('Street lights mended in 28 days');
});

test('the Playground hears this machine alone', async () => {
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === 'IPv4');
  const { port } = new URL(playground.url);
  for (const { address } of others as { address: string }[]) {
    await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
    await expect(fetch(`http://${address}:${bot.port}/livez`)).rejects.toThrow();
  }
  expect((await fetch(playground.url)).status).toBe(200);
});

test('a post reaches a channel without being asked for, and is edited where it is', async () => {
  await playground.open(portfolioChannel);
  await playground.say('connect');
  const { conversation } = turns.at(-1)!;
  expect(conversation).toMatchObject({
    kind: 'channel',
    postId: '19:environment-highways-waste@thread.tacv2',
  });
  const to = { id: conversation.postId, serviceUrl: conversation.serviceUrl };
  const posted = await bot.connector.post(to, card([line('Two plans are off target')]));
  await playground.see('Two plans are off target');
  if (posted.outcome !== 'accepted') throw new Error(posted.outcome);
  const edited = await bot.connector.edit(to, posted.activityId, card([line('Three plans are off target')]));
  expect(edited).toEqual(posted);
  await playground.see('Three plans are off target');
  expect(await playground.page.getByText('Two plans are off target').count()).toBe(0);
  await playground.screenshot('playground-channel');
  await playground.open(personalChat);
});
