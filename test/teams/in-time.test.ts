import { createInTime } from '../../src/teams/features/in-time.ts';
import type { AdaptiveCard } from '../../src/teams/turn.ts';
import { type Kent, openKent } from '../support/kent.ts';
import { pressesOf, wordsOf } from '../support/kent-bot.ts';

let kent: Kent;
beforeEach(async () => {
  kent = await openKent();
});
afterEach(() => kent.close());

const again = { verb: 'held-about', data: { person: 'someone' } };
const card = (text: string): AdaptiveCard =>
  ({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] }) as never;
const start = (patience: number) =>
  createInTime({ ...kent.deps, dayLine: () => null, nudge: () => {} }, patience);
/** More than any test takes. */
const ages = 60_000;

test('an answer that comes in time is given, and asked for anew it is worked out anew', async () => {
  const inTime = start(ages);
  const sam = await kent.as('Sam Whitlock');
  let worked = 0;
  const work = async () => card(`answer ${++worked}`);
  expect(wordsOf((await inTime(sam, again, work)) as never)).toContain('answer 1');
  expect(wordsOf((await inTime(sam, again, work)) as never)).toContain('answer 2');
});

test('one that takes too long is worked on, and the same press gives it once it is there', async () => {
  const inTime = start(1);
  const sam = await kent.as('Sam Whitlock');
  const { promise, resolve } = Promise.withResolvers<AdaptiveCard>();
  let worked = 0;
  const work = () => {
    worked += 1;
    return promise;
  };
  const said = (await inTime(sam, again, work)) as never;
  expect(wordsOf(said)).toContain('This takes a little longer');
  expect(pressesOf(said)).toMatchObject([{ verb: again.verb, data: again.data }]);
  expect(wordsOf((await inTime(sam, again, work)) as never)).toContain('This takes a little longer');
  resolve(card('the answer'));
  await promise;
  expect(wordsOf((await inTime(sam, again, work)) as never)).toContain('the answer');
  expect(worked).toBe(1);
});

test('what fails is told, at once or to whoever asks again, and is tried anew after that', async () => {
  const sam = await kent.as('Sam Whitlock');
  await expect(start(ages)(sam, again, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  const inTime = start(1);
  const { promise, reject } = Promise.withResolvers<AdaptiveCard>();
  await inTime(sam, again, () => promise);
  reject(new Error('down'));
  await expect(inTime(sam, again, () => promise)).rejects.toThrow('down');
  expect(wordsOf((await inTime(sam, again, async () => card('up again'))) as never)).toContain('up again');
});

test('nobody gets what another asked for', async () => {
  const inTime = start(1);
  const never = new Promise<AdaptiveCard>(() => {});
  await inTime(await kent.as('Sam Whitlock'), again, () => never);
  const other = await inTime(await kent.as('Grace Adeyemi'), again, async () => card('their own'));
  expect(wordsOf(other as never)).toContain('their own');
  const page = { verb: again.verb, data: { person: 'someone else' } };
  const another = await inTime(await kent.as('Sam Whitlock'), page, async () => card('another'));
  expect(wordsOf(another as never)).toContain('another');
});
