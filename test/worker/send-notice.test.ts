import type { Notice } from '../../src/domain/notice.ts';
import { noticePost } from '../../src/teams/notice-post.ts';
import { endCover, setCover } from '../../src/usecases/set-cover.ts';
import type { Connector } from '../../src/worker/connector.ts';
import { sendNotice } from '../../src/worker/send-notice.ts';
import { type Kent, kentTenant, openKent } from '../support/kent.ts';
import { wordsOf } from '../support/kent-bot.ts';

let kent: Kent;
beforeAll(async () => {
  kent = await openKent();
  const people = await kent.store.list(council, 'person');
  for (const { id, version, data } of people) {
    const conversation = { id: data.name, serviceUrl: 'http://127.0.0.1/' };
    await kent.store.write(council, [
      { change: 'replace', kind: 'person', id, version, data: { ...data, conversation } },
    ]);
  }
});
afterAll(() => kent.close());

const council = { tenant: kentTenant, year: null };
const idOf = async (name: string) => (await kent.as(name)).actor.person.id;

/** Sends everything that waits, and gives what each was told. */
async function deliver(repeat = false) {
  const told: { to: string; words: string }[] = [];
  const connector = {
    post: async ({ id }: { id: string }, card: object) => {
      told.push({ to: id, words: wordsOf(card) });
      return { outcome: 'accepted', activityId: 'post' };
    },
  } as unknown as Connector;
  const features = { ...kent.deps, dayLine: () => null, nudge: () => {} };
  const states: string[] = [];
  for (const delivery of await kent.store.list(council, 'delivery')) {
    const { notice } = delivery.data.message as { notice: Notice };
    const sent = await sendNotice(kent.deps, connector, noticePost(features), delivery, notice, repeat);
    states.push(sent.state);
    const { id, version } = delivery;
    if (!repeat) await kent.store.write(council, [{ change: 'remove', kind: 'delivery', id, version }]);
  }
  return { told, states };
}

test('each person concerned is told in a sentence what is new for them', async () => {
  const officer = await kent.as('Sam Whitlock');
  const of = await idOf('Priya Raman');
  const days = { from: '2009-10-19', to: '2009-10-23' };
  await setCover(kent.deps, officer, { of }, { ...days, deputy: await idOf('Martin Hollis') });
  const { told } = await deliver();
  expect(told.map(({ to }) => to)).toEqual(['Martin Hollis', 'Priya Raman']);
  expect(told[0]!.words).toContain('You stand in for Priya Raman');
  expect(told[0]!.words).toContain(
    'Sam Whitlock has set this up. From 19 October 2009 to 23 October 2009 I ask you for Priya Raman’s updates',
  );
  expect(told[1]!.words).toContain('Martin Hollis stands in for you');

  const martin = await kent.as('Martin Hollis');
  await setCover(
    kent.deps,
    martin,
    {},
    { from: '2009-10-20', to: '2009-10-20', deputy: await idOf('Fiona Abernathy') },
  );
  const warned = (await deliver()).told.find(({ to }) => to === 'Priya Raman')!;
  expect(warned.words).toContain('On 20 October 2009 nobody gives your updates unless');

  await endCover(kent.deps, officer, { of });
  const ended = (await deliver()).told.map(({ words }) => words).join();
  expect(ended).toContain('You don’t stand in for Priya Raman any more');
  expect(ended).toContain('Nobody stands in for you any more');
});

test('what may have been sent already isn’t sent again, and nothing is sent once its days are over', async () => {
  const priya = await kent.as('Priya Raman');
  const days = { from: '2009-10-19', to: '2009-10-23' };
  await setCover(kent.deps, priya, {}, { ...days, deputy: await idOf('Joanne Threlfall') });
  expect(await deliver(true)).toEqual({ told: [], states: ['unknown'] });
  kent.setNow('2009-10-24T09:00:00.000Z');
  expect(await deliver()).toEqual({ told: [], states: ['dead'] });
});
