import fc from 'fast-check';
import { Refused } from '../../src/domain/errors.ts';
import type { Feature } from '../../src/teams/router.ts';
import { channelMessage, execute, installed, message, priya, submit, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';
import { change, hostileText, hostileValue, put } from '../support/hostile-values.ts';

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'ok' }] };
const feature: Feature = (router) => {
  router.verb('save', async ({ data }) => {
    JSON.stringify(data);
    return { ...card, ...(data.again === true ? card : {}) };
  });
  router.verb('refuse', async () => {
    throw new Refused('bad-input', 'Write a number.');
  });
  router.verb('break', async () => {
    throw new TypeError('Cannot read properties of undefined (reading secret)');
  });
  router.text('status', /^status\s+(.+)$/i, async (_turn, match) => ({ ...card, shown: match[1] }));
  router.event('installed', async () => card);
  router.otherwise(async () => card);
};

let running: BotUnderTest;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => void rejections.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  const people = [person('p1', { entraObjectId: priya.aadObjectId })];
  running = await startBot({ features: [feature], people, adapterOptions: { sendTimeout: 1000 } });
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await running.stop();
});

const activities = fc
  .record({
    kind: fc.nat(6),
    changes: fc.array(change, { maxLength: 2 }),
    verb: hostileText,
    data: fc.dictionary(hostileText, hostileValue, { maxKeys: 4 }),
  })
  .map(({ kind, changes, verb, data }) => {
    const { serviceUrl } = running;
    const made = [
      execute(serviceUrl, 'save', data),
      execute(serviceUrl, verb, data),
      submit(serviceUrl, 'save', data),
      submit(serviceUrl, verb, data),
      message(serviceUrl, verb),
      channelMessage(serviceUrl, 'status waste'),
      installed(serviceUrl)[1]!,
    ][kind]!;
    for (const { place, value } of changes) put(made, place, value);
    return JSON.stringify(made);
  });

/** Bodies that no serialiser would make: keys that mean something to JavaScript, and JSON without end. */
const bodies = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '{"type":"invoke","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    '{"type":"invoke","value":{"action":{"verb":"save","data":{"__proto__":{"polluted":true}}}}}',
    `${'['.repeat(200_000)}`,
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    '{"type":"invoke","type":"message","type":7}',
    '{"type":"\\ud800"}',
  ),
);

const internals = /node_modules|\.[jt]s:|\bat \w|Error\b|undefined|Cannot |secret|stack/;

async function expectCalmAnswer(body: string, isInvoke = false): Promise<void> {
  const reply = await running.post(body);
  expect(reply.status).toBe(200);
  if (reply.body === null && !isInvoke) return;
  expect(reply.body).toEqual({
    statusCode: expect.any(Number),
    type: expect.stringMatching(/^application\/vnd\.microsoft\.(card\.adaptive|activity\.message|error)$/),
    value: expect.anything(),
  });
  expect(reply.text).not.toMatch(internals);
}

test('thousands of malformed activities are answered with 200 and never with internals', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(activities, { minLength: 10, maxLength: 10 }), async (some) => {
      await Promise.all(some.map((body) => expectCalmAnswer(body, JSON.parse(body).type === 'invoke')));
    }),
    { numRuns: 300 },
  );
}, 120_000);

test.each([
  ['id', { id: '\ud800' }],
  ['conversation', { conversation: { id: '\udc00', tenantId: tenant } }],
  ['sender', { from: { ...priya, id: '\ud800x' } }],
])('half a character in the %s is no failure of the bot', async (_what, over) => {
  const { body } = await running.post(message(running.serviceUrl, 'hello', over));
  expect(body.value.code).toBe('not-an-activity');
});

test('half a character in a name, where Teams cut it, is nothing to mind', async () => {
  const from = { ...priya, name: 'Priya \ud83d' };
  expect(await running.post(message(running.serviceUrl, 'hello', { from }))).toMatchObject({
    status: 200,
    body: null,
  });
});

test('bodies that are no activities at all are answered the same way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bodies, { minLength: 5, maxLength: 5 }), async (some) => {
      await Promise.all(some.map((body) => expectCalmAnswer(body)));
    }),
    { numRuns: 100 },
  );
}, 120_000);

test('after all of it the bot works, and nothing of JavaScript was changed', async () => {
  const { body } = await running.post(execute(running.serviceUrl, 'save'));
  expect(body).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(rejections).toEqual([]);
});
