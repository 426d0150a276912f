import { deliveriesIn, listDeliveries } from '../../src/usecases/list-deliveries.ts';
import { sendAgain } from '../../src/usecases/send-again.ts';
import type { Answer } from '../support/fake-connector.ts';
import { type KentOutbox, openKentOutbox } from '../support/outbox.ts';

let kent: KentOutbox;
beforeEach(async () => {
  kent = await openKentOutbox();
});
afterEach(() => kent.close());

const as = (name: string) => kent.kent.as(name);
const list = async () => listDeliveries(kent.kent.deps, await as('Grace Adeyemi'));
const again = async (id: string) => sendAgain(kent.kent.deps, await as('Grace Adeyemi'), id);
const teamsAnswers = (...answers: Answer[]) => kent.teams.answering(() => answers.shift());

test('a clerk sees what was sent, to whom, when, what failed and why', async () => {
  teamsAnswers({ status: 504 });
  await kent.post('Highways');
  await kent.deliver(60);
  await kent.post('Members');
  await kent.deliver(60);
  expect(await list()).toMatchObject(
    [
      {
        what: 'Digest of Quarter 2 2009/10 (July to September), Cabinet Member: Environment, Highways and Waste',
        to: 'Members',
        state: 'sent',
        createdAt: '2009-10-14T09:01:00.000Z',
        settledAt: '2009-10-14T09:02:00.000Z',
        reason: null,
      },
      { to: 'Highways', state: 'unknown', settledAt: '2009-10-14T09:01:00.000Z', attempts: 1, reason: /./ },
    ].map(({ reason, ...line }) => ({ ...line, reason: reason && expect.stringMatching(reason) })),
  );
});

test('nobody but clerks and performance officers sees it or sends anything again', async () => {
  await kent.post('Highways');
  const { id } = (await kent.deliveries())[0]!;
  for (const name of ['Priya Raman', 'Tom Okafor', 'Cllr Helen Marsh', 'Cllr David Lin']) {
    await expect(as(name).then((session) => listDeliveries(kent.kent.deps, session))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const press = async () => sendAgain(kent.kent.deps, await as(name), id);
    await expect(press()).rejects.toMatchObject({ code: 'not-allowed' });
  }
});

test('a message in doubt is sent again by a press, once however often it is pressed', async () => {
  teamsAnswers({ status: 504 });
  await kent.post('Highways');
  await kent.deliver();
  const { id } = (await list())[0]!;
  const presses = await Promise.all([again(id), again(id)]);
  expect(presses.map(({ outcome }) => outcome).sort()).toEqual(['already', 'sending']);
  expect((await again(id)).outcome).toBe('already');
  await kent.deliver(1);
  expect(kent.requests()).toEqual(['POST Highways', 'POST Highways']);
  const lines = await list();
  expect(lines.map(({ state, sentAgain }) => [state, sentAgain]).sort()).toEqual([
    ['sent', false],
    ['unknown', true],
  ]);
  const { activityId, revision, sentRevision } = await kent.digest('Highways');
  expect([activityId, sentRevision]).toEqual(['post-2', revision]);
});

test('two messages in doubt about one digest, both sent again, are one post', async () => {
  teamsAnswers({ status: 504 });
  await kent.post('Highways');
  await kent.deliver();
  await kent.correct();
  await kent.deliver(1);
  const doubts = await list();
  expect(doubts.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  for (const { id } of doubts) await again(id);
  await kent.deliver(1);
  expect(kent.requests()).toEqual(['POST Highways', 'POST Highways']);
});

test('a message that Teams refused is sent again by a press', async () => {
  teamsAnswers({ status: 500 });
  await kent.post('Highways');
  await kent.deliver();
  const { id } = (await list())[0]!;
  await again(id);
  await kent.deliver(1);
  expect((await kent.digest('Highways')).activityId).toBe('post-2');
});

test('what did not fail, and what is not there, is not sent again', async () => {
  await kent.post('Highways');
  const { id } = (await list())[0]!;
  await expect(again(id)).rejects.toMatchObject({ code: 'bad-input' });
  await kent.deliver();
  await expect(again(id)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(again('nothing')).rejects.toMatchObject({ code: 'not-found' });
  expect(await kent.deliveries()).toHaveLength(1);
});

test('in a channel nobody is named whose own chat a message went to', async () => {
  const { kent: council } = kent;
  const grace = await as('Grace Adeyemi');
  const people = await council.store.list(grace.council, 'person');
  const { partition, id, version, data } = people.find((each) => each.data.name === 'Priya Raman')!;
  const conversation = { id: 'chat', serviceUrl: kent.teams.serviceUrl };
  await council.store.write(partition, [
    { change: 'replace', kind: 'person', id, version, data: { ...data, conversation } },
  ]);
  await kent.post('Highways');
  const [sent] = await council.store.list(grace.year, 'delivery');
  await council.store.write(grace.year, [
    { change: 'create', kind: 'delivery', id: 'to-priya', data: { ...sent!.data, conversation } },
  ]);
  const to = async (names: boolean) =>
    (await deliveriesIn(council.deps, grace, names)).map((line) => line.to).sort();
  expect(await to(true)).toEqual(['Highways', 'Priya Raman']);
  expect(await to(false)).toEqual(['Highways', 'Someone’s own chat']);
  const inChannel = await listDeliveries(council.deps, await council.as('Grace Adeyemi', 'channel'));
  expect(JSON.stringify(inChannel)).not.toContain('Priya');
});
