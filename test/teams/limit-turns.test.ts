import fc from 'fast-check';
import { createLog } from '../../src/log.ts';
import { createTurnLimit, tooManyTurns, turnLimits } from '../../src/teams/limit-turns.ts';
import type { Feature } from '../../src/teams/router.ts';
import { activity, execute, message, priya, tenant } from '../support/activities.ts';
import { type BotUnderTest, person, startBot } from '../support/bot.ts';

const martin = { id: 'user-martin', name: 'Martin', aadObjectId: '6b1f0d5e-2009-4010-8a38-000000000102' };
const limits = { person: 3, tenant: 5, within: 10_000 };
let saved = 0;
let removed = 0;
const feature: Feature = (router) => {
  router.verb('save', async () => {
    saved += 1;
    return { type: 'AdaptiveCard', version: '1.5', body: [] };
  });
  router.event('removed', async () => {
    removed += 1;
    return null;
  });
  router.otherwise(async () => ({ type: 'AdaptiveCard', version: '1.5', body: [] }));
};

describe('a flood', () => {
  let bot: BotUnderTest;
  beforeEach(async () => {
    saved = 0;
    removed = 0;
    bot = await startBot({
      features: [feature],
      limits,
      people: [person('p1', { entraObjectId: priya.aadObjectId })],
    });
  });
  afterEach(() => bot.stop());

  const press = async (from = priya) => (await bot.post(execute(bot.serviceUrl, 'save', {}, { from }))).body;
  const polite = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: tooManyTurns };

  test('of presses is answered politely, beside the card, and nothing more is done', async () => {
    for (let at = 0; at < 3; at++) expect(await press()).toMatchObject({ value: { type: 'AdaptiveCard' } });
    for (let at = 0; at < 20; at++) expect(await press()).toEqual(polite);
    expect(saved).toBe(3);
    expect(bot.logged().match(/too-many-turns/g)).toHaveLength(1);
    expect(bot.logged().match(/"msg":"turn"/g)).toHaveLength(3);
  });

  test('is over after ten seconds', async () => {
    for (let at = 0; at < 4; at++) await press();
    bot.clock.now += limits.within;
    expect(await press()).toMatchObject({ value: { type: 'AdaptiveCard' } });
  });

  test('of one person leaves the others their turns', async () => {
    for (let at = 0; at < 20; at++) await press();
    expect(await press(martin)).toMatchObject({ value: { type: 'AdaptiveCard' } });
  });

  test('of one person by accounts written in another case is still one', async () => {
    for (let at = 0; at < 3; at++) await press();
    expect(await press({ ...priya, aadObjectId: priya.aadObjectId.toUpperCase() })).toEqual(polite);
  });

  test('of messages is answered once', async () => {
    for (let at = 0; at < 10; at++) {
      expect(await bot.post(message(bot.serviceUrl, 'hello'))).toMatchObject({ status: 200, body: null });
    }
    const cards = bot.teams.cards().map((card) => JSON.stringify(card));
    expect(cards).toHaveLength(4);
    expect(cards.filter((card) => card.includes(tooManyTurns))).toHaveLength(1);
  });

  test('never keeps the bot from hearing that it was removed', async () => {
    for (let at = 0; at < 10; at++) await press();
    await bot.post(activity(bot.serviceUrl, { type: 'installationUpdate', action: 'remove' }));
    expect(removed).toBe(1);
  });
});

describe('the count', () => {
  function counted(over: Partial<typeof limits> = {}) {
    const lines: string[] = [];
    const clock = { now: 0 };
    const log = createLog('info', { write: (line: string) => void lines.push(line) });
    const limit = createTurnLimit({ limits: { ...limits, ...over }, clock: () => clock.now, log });
    return { limit, clock, lines };
  }

  test('a council’s ceiling holds for all its people, and for no other council', () => {
    const { limit } = counted();
    const taken = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => limit({ tenant, person: id }).refused);
    expect(taken).toEqual([false, false, false, false, false, true, true]);
    expect(limit({ tenant: 'another', person: 'a' }).refused).toBe(false);
  });

  test('nobody is allowed more than the limit in a window, whatever comes when', () => {
    const turns = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), wait: fc.nat(4000) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(turns, (all) => {
        const { limit, clock } = counted();
        const allowed: Record<string, number[]> = { a: [], b: [], c: [] };
        for (const { who, wait } of all) {
          clock.now += wait;
          if (!limit({ tenant, person: who }).refused) allowed[who]!.push(clock.now);
        }
        // Windows follow on each other, so any stretch as long as one touches two of them at the most.
        for (const times of Object.values(allowed)) {
          for (const from of times) {
            const within = times.filter((time) => time >= from && time < from + limits.within);
            expect(within.length).toBeLessThanOrEqual(2 * limits.person);
          }
        }
      }),
    );
  });

  test('a refused turn is told in the log at once, and how many more there were when the minute is over', () => {
    jest.useFakeTimers();
    const { limit, lines } = counted({ person: 0 });
    for (let at = 0; at < 5000; at++) limit({ tenant, person: 'a' });
    const facts = () => lines.map((line) => JSON.parse(line));
    expect(facts()).toEqual([expect.objectContaining({ msg: 'too-many-turns', refused: 1 })]);
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    expect(facts().map(({ refused }) => refused)).toEqual([1, 4999]);
    expect(facts()[1]).toMatchObject({ msg: 'too-many-turns', limit: 'person', tenant });
  });

  test('a clock that is set back lets people in again', () => {
    const { limit, clock } = counted({ person: 1 });
    clock.now = 1e9;
    limit({ tenant, person: 'a' });
    clock.now = 0;
    expect(limit({ tenant, person: 'a' }).refused).toBe(false);
  });

  test('a million people are counted without keeping a million counts', () => {
    const { limit } = counted({ person: 1, tenant: 1e9 });
    limit({ tenant, person: 'first' });
    expect(limit({ tenant, person: 'first' }).refused).toBe(true);
    for (let at = 0; at < 20_000; at++) limit({ tenant, person: `p${at}` });
    expect(limit({ tenant, person: 'first' }).refused).toBe(false);
  });

  test('a council’s ceiling holds however many accounts a flood has', () => {
    const { limit } = counted();
    let allowed = 0;
    for (let at = 0; at < 50_000; at++) if (!limit({ tenant, person: `p${at}` }).refused) allowed += 1;
    expect(allowed).toBe(limits.tenant);
  });

  test('a council of 5,000 that all press at nine in the morning is under its ceiling', () => {
    const { limit } = counted(turnLimits.teams);
    for (let at = 0; at < 5000; at++) expect(limit({ tenant, person: `p${at}` }).refused).toBe(false);
  });
});
