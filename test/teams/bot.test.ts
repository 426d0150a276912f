import { Refused } from '../../src/domain/errors.ts';
import type { Feature, Router } from '../../src/teams/router.ts';
import type { AdaptiveCard, Turn } from '../../src/teams/turn.ts';
import {
  activity,
  botId,
  channelMessage,
  execute,
  installed,
  message,
  priya,
  submit,
} from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

const card = (text: string): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
});

const seen: Turn[] = [];
let running: BotUnderTest;

const saying = (text: string) => async (turn: Turn) => {
  seen.push(turn);
  return card(text);
};

const features: Feature[] = [
  (router: Router) => {
    router.text('status', /^status (.+)$/gi, async (turn, match) => saying(`status of ${match[1]}`)(turn));
    router.verb('save', saying('saved'));
    router.verb('quiet', async () => null);
    router.verb('refuse', async () => {
      throw new Refused('not-allowed', 'This period is locked. Ask your performance officer.');
    });
    router.verb('collide', async () => {
      throw new Refused('busy', 'Press again.');
    });
    router.verb('break', async () => {
      throw new Error('secret table missing');
    });
    router.text('break', /^break$/, async () => {
      throw new Error('secret table missing');
    });
    router.event('installed', saying('welcome'));
  },
  (router: Router) => {
    router.text('status', /^status/i, saying('never reached when a name follows'));
    router.otherwise(saying('help'));
  },
];

beforeEach(async () => {
  seen.length = 0;
  const people = [person('p1', { entraObjectId: priya.aadObjectId })];
  running = await startBot({ features, people });
});
afterEach(() => running.stop());

const texts = () => running.teams.cards().map(({ body }) => body[0]?.text);

test('a typed command is answered with one card and no text beside it', async () => {
  const { serviceUrl, post, teams } = running;
  expect((await post(message(serviceUrl, '  Status\u00a0 highways '))).status).toBe(200);
  expect(texts()).toEqual(['status of highways']);
  const [sent] = teams.received;
  expect(sent!.body).toMatchObject({
    type: 'message',
    attachments: [{ content: card('status of highways') }],
  });
  expect(sent!.body).not.toHaveProperty('text');
  expect(seen[0]).toMatchObject({ via: 'text', text: 'Status highways', data: {} });
});

test('a pattern answers every time, though it was written as global', async () => {
  const { serviceUrl, post } = running;
  for (let time = 0; time < 3; time++) await post(message(serviceUrl, 'status waste'));
  expect(texts()).toEqual(['status of waste', 'status of waste', 'status of waste']);
});

test('the first pattern that matches answers, and unknown words get help', async () => {
  const { serviceUrl, post } = running;
  await post(message(serviceUrl, 'status'));
  await post(message(serviceUrl, 'qwertz'));
  await post(message(serviceUrl, ''));
  expect(texts()).toEqual(['never reached when a name follows', 'help', 'help']);
});

test('in a channel the mention is taken out and the answer goes to the thread', async () => {
  const { serviceUrl, post, teams } = running;
  await post(channelMessage(serviceUrl, 'status waste'));
  expect(seen[0]).toMatchObject({
    text: 'status waste',
    conversation: {
      kind: 'channel',
      id: '19:scrutiny@thread.tacv2;messageid=1795298533117',
      postId: '19:scrutiny@thread.tacv2',
    },
  });
  expect(teams.received.at(-1)!.path).toContain(
    '19:scrutiny@thread.tacv2;messageid=1795298533117/activities',
  );
});

test('a pressed Execute is answered in the same response, with the card', async () => {
  const { serviceUrl, post, teams } = running;
  const { status, body } = await post(execute(serviceUrl, 'save', { form: 'f1', result: '91.2' }));
  expect(status).toBe(200);
  expect(body).toEqual({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: card('saved'),
  });
  expect(teams.received).toEqual([]);
  expect(seen[0]).toMatchObject({ via: 'execute', data: { form: 'f1', result: '91.2' } });
});

test('the same verb from Submit, on clients without Execute, sends the card', async () => {
  const { serviceUrl, post } = running;
  expect((await post(submit(serviceUrl, 'save', { form: 'f1' }))).body).toBeNull();
  expect(texts()).toEqual(['saved']);
  expect(seen[0]).toMatchObject({ via: 'submit', data: { verb: 'save', form: 'f1' } });
});

test('a handler that has nothing to say still answers the press', async () => {
  const { body } = await running.post(execute(running.serviceUrl, 'quiet'));
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
});

test('a refusal is said in its own sentence', async () => {
  const { serviceUrl, post } = running;
  const { body } = await post(execute(serviceUrl, 'refuse'));
  expect(body.value.body[0].text).toBe('This period is locked. Ask your performance officer.');
  await post(submit(serviceUrl, 'refuse'));
  expect(texts()).toEqual(['This period is locked. Ask your performance officer.']);
  expect(running.logged()).toContain('"code":"not-allowed"');
  expect(running.logged()).not.toContain('This period is locked');
});

test('a form that can be pressed again stays, with all that was typed in it', async () => {
  const { body } = await running.post(execute(running.serviceUrl, 'collide'));
  expect(body).toMatchObject({
    type: 'application/vnd.microsoft.activity.message',
    value: 'Press again.',
  });
});

test('a failure is told in plain words with a reference, and its cause stays in the log', async () => {
  const { serviceUrl, post, logged } = running;
  const { status, body, text } = await post(execute(serviceUrl, 'break'));
  expect(status).toBe(200);
  expect(body).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' });
  expect(text).not.toMatch(/secret|Error:|\.ts/);
  const reference = /Reference: (\S+)\./.exec(body.value.message)![1]!;
  expect(logged()).toContain(reference);
  expect((await post(message(serviceUrl, 'break'))).status).toBe(200);
  expect(texts()[0]).toMatch(/^Something went wrong\. .*Reference: /);
});

test('what went wrong is in the log even when Teams takes no word of it', async () => {
  const { teams, serviceUrl, post, logged } = running;
  let refuses = true;
  teams.answering(() => (refuses ? { status: 403 } : undefined));
  const before = logged().length;
  await post(message(serviceUrl, 'break'));
  refuses = false;
  const lines = logged().slice(before).trim().split('\n');
  const failed = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'turn-failed');
  expect(failed.error).toMatchObject({ kind: 'Error' });
  expect(failed.error.at[0]).toContain('bot.test.ts');
});

test('an unknown button is answered, however it was pressed', async () => {
  const { serviceUrl, post } = running;
  for (const verb of ['gone', '__proto__', 'constructor', '']) {
    const { status, body } = await post(execute(serviceUrl, verb));
    expect({ status, code: body.value.code }).toEqual({ status: 200, code: 'unknown-verb' });
  }
  await post(submit(serviceUrl, 'gone'));
  expect(texts()).toEqual([expect.stringContaining('does not know this button')]);
});

test('an installation is welcomed once, in whichever two ways Teams tells of it', async () => {
  const { serviceUrl, post, clock } = running;
  await Promise.all(installed(serviceUrl).map((told) => post(told)));
  expect(texts()).toEqual(['welcome']);
  clock.now += 60_000;
  await post(installed(serviceUrl)[1]);
  expect(texts()).toEqual(['welcome', 'welcome']);
});

test('a person who joins a team, a reaction and typing are let pass', async () => {
  const { serviceUrl, post, teams } = running;
  await post(activity(serviceUrl, { type: 'conversationUpdate', membersAdded: [{ id: 'user-new' }] }));
  await post(activity(serviceUrl, { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }));
  await post(activity(serviceUrl, { type: 'typing' }));
  await post(activity(serviceUrl, { type: 'installationUpdate', action: 'add-upgrade' }));
  await post(activity(serviceUrl, { type: 'conversationUpdate', membersRemoved: [{ id: botId }] }));
  expect(teams.received).toEqual([]);
});

test('a message that is delivered again is not answered twice', async () => {
  const { serviceUrl, post } = running;
  const once = message(serviceUrl, 'status waste');
  await Promise.all([post(once), post(once)]);
  await post(once);
  expect(texts()).toEqual(['status of waste']);
});

test('an Execute that is delivered four times is done once and answered four times alike', async () => {
  const { serviceUrl, post } = running;
  const press = execute(serviceUrl, 'save', { form: 'f1' });
  const answers = [...(await Promise.all([post(press), post(press), post(press)])), await post(press)];
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(seen).toHaveLength(1);
});

test('an id that is used for something else is not taken for a repeat', async () => {
  const { serviceUrl, post } = running;
  await post(message(serviceUrl, 'status waste', { id: 'same' }));
  await post(message(serviceUrl, 'status roads', { id: 'same' }));
  expect(texts()).toEqual(['status of waste', 'status of roads']);
});
