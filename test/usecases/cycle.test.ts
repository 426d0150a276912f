import { askPeople } from '../../src/usecases/ask-people.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
afterEach(() => council.close());

const start = async (...given: Parameters<typeof openSmallCouncil>) => {
  council = await openSmallCouncil(...given);
  return cycleWorkers(council);
};
const monthly = (month: string, who = 'ann') => `kpi/${who}-monthly@2009/10 ${month}`;
const ask = () => askPeople(council.deps, tenant, 'test');

/** A round and its deliveries on each day, in the middle of the morning. */
async function live(workers: ReturnType<typeof cycleWorkers>, ...days: string[]): Promise<void> {
  for (const day of days) {
    council.setNow(`${day}T09:30:00Z`);
    await ask();
    await workers.deliver();
  }
}
const whys = ({ taken }: ReturnType<typeof cycleWorkers>) =>
  taken.map(({ to, at, entries }) => `${at.slice(5, 10)} ${to} ${entries.map(({ why }) => why).join()}`);

const may = Array.from({ length: 31 }, (_, day) => `2009-05-${String(day + 1).padStart(2, '0')}`);
const june = Array.from({ length: 30 }, (_, day) => `2009-06-${String(day + 1).padStart(2, '0')}`);

test('an item is asked for when it opens, reminded of, chased every week, and its head is told once', async () => {
  const workers = await start(['ann'], { remindBeforeDays: [7, 2] });
  await live(workers, ...may);
  await live(workers, ...june.slice(0, 11));
  expect(whys(workers)).toEqual([
    '05-01 chat-ann opens',
    '05-14 chat-ann remind',
    '05-19 chat-ann remind',
    '05-22 chat-ann chase',
    '05-28 chat-head tell',
    '05-29 chat-ann chase',
    '06-01 chat-ann beside,opens',
    '06-08 chat-ann chase,beside',
  ]);
});

test('all of it stops as soon as the item is given', async () => {
  const workers = await start(['ann']);
  await live(workers, '2009-05-01', '2009-05-14');
  await council.give('ann-monthly', '2009/10 M01');
  await live(workers, ...may.slice(14));
  expect(workers.taken).toHaveLength(2);
});

test('what is given between writing and sending is not sent', async () => {
  const workers = await start(['ann']);
  council.setNow('2009-05-01T09:30:00Z');
  await ask();
  await council.give('ann-monthly', '2009/10 M01');
  await workers.deliver();
  expect(workers.taken).toEqual([]);
  expect((await council.deliveries())[0]!.data).toMatchObject({
    state: 'sent',
    activityId: null,
    reason: 'everything had been given',
  });
});

test('a message whose day is over before it can be sent is not sent, and is wanted again', async () => {
  const workers = await start(['ann']);
  council.setNow('2009-05-01T15:59:00Z');
  await ask();
  council.setNow('2009-05-01T16:01:00Z');
  await workers.deliver();
  expect(workers.taken).toEqual([]);
  await live(workers, '2009-05-02', '2009-05-05');
  expect(whys(workers)).toEqual(['05-05 chat-ann opens']);
});

test('on a day off and outside the council’s hours nobody is written to', async () => {
  await start(['ann']);
  for (const [instant, outcome] of [
    ['2009-05-02T09:30:00Z', 'day-off'],
    ['2009-05-04T09:30:00Z', 'day-off'],
    ['2009-05-05T07:59:00Z', 'out-of-hours'],
    ['2009-05-05T16:00:00Z', 'out-of-hours'],
    ['2009-05-05T08:00:00Z', 'asked'],
  ] as const) {
    council.setNow(instant);
    expect((await ask()).outcome).toBe(outcome);
  }
});

test('with reminders off only what opens still comes', async () => {
  const workers = await start(['ann'], {}, { ann: { reminders: 'off' } });
  await live(workers, ...may, '2009-06-01');
  expect(whys(workers).filter((why) => why.includes('ann'))).toEqual([
    '05-01 chat-ann opens',
    '06-01 chat-ann beside,opens',
  ]);
});

test('a snoozed reminder comes on the day that was chosen', async () => {
  const workers = await start(['ann'], {}, { ann: { snoozedUntil: '2009-05-18' } });
  await live(workers, ...may.slice(0, 20));
  expect(whys(workers)).toEqual(['05-01 chat-ann opens', '05-18 chat-ann remind']);
});

test('a deputy gets the messages of the one they cover, from the first day to the last', async () => {
  const deputy = { person: 'bob', from: '2009-05-10', to: '2009-05-18' };
  const workers = await start(['ann', 'bob'], { remindBeforeDays: [7, 2] }, { ann: { deputy } });
  await council.give('bob-monthly', '2009/10 M01');
  await live(workers, ...may.slice(0, 20));
  expect(whys(workers)).toEqual(['05-01 chat-ann opens', '05-14 chat-bob remind', '05-19 chat-ann remind']);
  expect(workers.taken[1]!.items).toEqual([monthly('M01')]);
});

test('who never installed the bot is counted, and is asked once they have', async () => {
  const workers = await start(['ann'], {}, { ann: { conversation: null } });
  council.setNow('2009-05-01T09:30:00Z');
  expect(await ask()).toMatchObject({ written: [], notReachable: ['ann'] });
  await council.amend('ann', { conversation: { id: 'chat-ann', serviceUrl: 'http://127.0.0.1/' } });
  await live(workers, '2009-05-05');
  expect(whys(workers)).toEqual(['05-05 chat-ann opens']);
});

test('several processes at one time write and send one message', async () => {
  const workers = await start(['ann', 'bob']);
  council.setNow('2009-05-01T09:30:00Z');
  await Promise.all([ask(), ask(), ask()]);
  await Promise.all([workers.deliver('one'), workers.deliver('two')]);
  await ask();
  await workers.deliver();
  const of = workers.taken.map(({ to, entries }) => `${to}: ${entries.map((entry) => entry.of).join()}`);
  expect(of.sort()).toEqual(['chat-ann: ann', 'chat-bob: bob']);
});

test('a message that Teams takes later is sent once, as things stand then', async () => {
  council = await openSmallCouncil(['ann']);
  const workers = cycleWorkers(council, [{ outcome: 'later', status: 429, retryAfterSeconds: 60 }]);
  council.setNow('2009-05-01T09:30:00Z');
  await ask();
  await workers.deliver();
  council.setNow('2009-05-01T09:31:01Z');
  await workers.deliver();
  await workers.deliver();
  expect(workers.taken).toHaveLength(1);
});

test('a head of service is shown all that is late, and not only what became so since the last summary', async () => {
  const workers = await start(['ann']);
  await live(workers, ...may, ...june, '2009-07-01');
  const told = workers.taken.filter(({ to }) => to === 'chat-head');
  expect(told.map(({ entries }) => entries.map(({ item }) => item))).toEqual([
    [monthly('M01')],
    [monthly('M02')],
  ]);
  expect(told.map(({ items }) => items)).toEqual([[monthly('M01')], [monthly('M01'), monthly('M02')]]);
});

test('a deputy who is away too is sent nothing for whom they stand in for', async () => {
  const away = (who: string) => ({ person: who, from: '2009-05-01', to: '2009-05-31' });
  const workers = await start(
    ['ann', 'bob'],
    {},
    {
      ann: { deputy: away('bob') },
      bob: { deputy: away('ann') },
    },
  );
  await live(workers, '2009-05-01');
  const of = workers.taken.map(({ to, entries }) => `${to}: ${entries.map((entry) => entry.of).join()}`);
  expect(of.sort()).toEqual(['chat-ann: ann', 'chat-bob: bob']);
});
