import { askPeople } from '../../src/usecases/ask-people.ts';
import { movePeriodIn } from '../../src/usecases/move-period.ts';
import { openYear } from '../../src/usecases/session.ts';
import { cycleWorkers } from '../support/cycle-worker.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
let workers: ReturnType<typeof cycleWorkers>;
afterEach(() => council.close());

const start = async (...given: Parameters<typeof openSmallCouncil>) => {
  council = await openSmallCouncil(...given);
  workers = cycleWorkers(council);
};

/** Two rounds and their deliveries on each day. */
async function live(...days: string[]): Promise<void> {
  for (const day of days) {
    for (const hour of ['09', '14']) {
      council.setNow(`${day}T${hour}:30:00Z`);
      await askPeople(council.deps, tenant, 'test');
      await workers.deliver();
    }
  }
}
async function move(at: string, period: string, typed: object): Promise<void> {
  council.setNow(at);
  const open = await openYear(council.deps, tenant, 'test');
  await movePeriodIn(council.deps, open, period, { reason: `Because of ${at}.`, ...typed });
}
const days = (month: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `2009-${month}-${String(from + at).padStart(2, '0')}`);
/** Who was written to why, in the order of days and names. */
const whys = () =>
  workers.taken
    .map(({ to, at, entries }) => `${at.slice(5, 10)} ${to} ${entries.map(({ why }) => why).join()}`)
    .sort();
const movesSaid = () => workers.taken.map(({ moves }) => moves).filter((moves) => moves.length > 0);
const withMoves = () => whys().filter((line) => line.includes('moved'));

test('everyone with something in the period hears of a move once, in the next day’s message, and nobody else', async () => {
  await start(['ann', 'bob', 'cid'], {}, { bob: { reminders: 'off' } });
  await live('2009-05-01');
  await council.give('ann-monthly', '2009/10 M01');
  await move('2009-05-01T15:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  await live(...days('05', 2, 12));
  expect(withMoves()).toEqual([
    '05-05 chat-ann moved',
    '05-05 chat-bob beside,moved',
    '05-05 chat-cid beside,moved',
    '05-05 chat-head moved',
  ]);
});

test('a deputy hears of it as well as the one they cover', async () => {
  const deputy = { person: 'officer', from: '2009-05-01', to: '2009-05-04' };
  await start(['ann'], {}, { ann: { deputy } });
  await move('2009-05-01T06:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  await live('2009-05-01', '2009-05-05', '2009-05-06');
  expect(withMoves()).toEqual([
    '05-01 chat-ann moved',
    '05-01 chat-head moved',
    '05-01 chat-officer opens,moved',
  ]);
});

test('whoever begins to cover later hears of it then', async () => {
  const deputy = { person: 'officer', from: '2009-05-06', to: '2009-05-20' };
  await start(['ann'], {}, { ann: { deputy } });
  await move('2009-05-01T06:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  await live('2009-05-01', '2009-05-05', '2009-05-06', '2009-05-07');
  expect(withMoves()).toEqual([
    '05-01 chat-ann opens,moved',
    '05-01 chat-head moved',
    '05-06 chat-officer beside,moved',
  ]);
});

test('of two moves before the message goes out the newest is told, once', async () => {
  await start(['ann']);
  await live('2009-05-01');
  await move('2009-05-01T12:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  council.setNow('2009-05-05T09:30:00Z');
  await askPeople(council.deps, tenant, 'test');
  await move('2009-05-05T09:31:00Z', '2009/10 M01', { due: '2009-05-29' });
  await workers.deliver();
  await live(...days('05', 5, 8));
  expect(withMoves()).toEqual(['05-05 chat-ann beside,moved', '05-05 chat-head moved']);
  expect(movesSaid().at(-1)!).toMatchObject([
    { was: { due: '2009-05-21' }, now: { due: '2009-05-29' }, move: { number: 2 } },
  ]);
});

test('a period that was moved back before anyone heard is no news', async () => {
  await start(['ann']);
  await live('2009-05-01');
  await move('2009-05-01T12:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  council.setNow('2009-05-05T09:30:00Z');
  await askPeople(council.deps, tenant, 'test');
  await move('2009-05-05T09:31:00Z', '2009/10 M01', { due: '2009-05-21' });
  await workers.deliver();
  await live(...days('05', 5, 8));
  expect(withMoves()).toEqual([]);
});

test('whoever heard of a move hears that it was moved back', async () => {
  await start(['ann']);
  await move('2009-05-01T06:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  await live('2009-05-01');
  await move('2009-05-05T06:00:00Z', '2009/10 M01', { due: '2009-05-21' });
  await live(...days('05', 5, 8));
  expect(withMoves()).toHaveLength(4);
  expect(movesSaid().at(-1)!).toMatchObject([{ was: { due: '2009-05-28' }, now: { due: '2009-05-21' } }]);
});

test('a message that is given up is told anew on the next day', async () => {
  council = await openSmallCouncil(['ann']);
  workers = cycleWorkers(council);
  await move('2009-05-01T06:00:00Z', '2009/10 M01', { due: '2009-05-28' });
  council.setNow('2009-05-01T15:59:00Z');
  await askPeople(council.deps, tenant, 'test');
  council.setNow('2009-05-01T16:01:00Z');
  await workers.deliver();
  await live('2009-05-05', '2009-05-06');
  expect(whys()).toEqual(['05-05 chat-ann opens,moved', '05-05 chat-head moved']);
});

test('reminders count from the new due date, and nothing is chased until it has passed', async () => {
  await start(['ann'], { remindBeforeDays: [7, 2] });
  await live(...days('05', 1, 22));
  await move('2009-05-22T15:00:00Z', '2009/10 M01', { due: '2009-06-05', locks: '2009-07-01' });
  await live(...days('05', 23, 31), ...days('06', 1, 16));
  expect(whys()).toEqual([
    '05-01 chat-ann opens',
    '05-14 chat-ann remind',
    '05-19 chat-ann remind',
    '05-22 chat-ann chase',
    '05-26 chat-ann beside,moved',
    '05-26 chat-head moved',
    '05-29 chat-ann remind',
    '06-01 chat-ann beside,opens',
    '06-03 chat-ann remind,beside',
    '06-08 chat-ann chase,beside',
    '06-12 chat-head tell',
    '06-15 chat-ann chase,remind',
  ]);
});

test('what was to be chased or told as late isn’t, when its period is moved before the message goes out', async () => {
  await start(['ann'], { tellHeadAfterDays: 1 });
  await live('2009-05-01');
  council.setNow('2009-05-22T09:30:00Z');
  await askPeople(council.deps, tenant, 'test');
  await move('2009-05-22T09:31:00Z', '2009/10 M01', { due: '2009-06-05' });
  await workers.deliver();
  expect(whys()).toEqual(['05-01 chat-ann opens']);
  expect((await council.deliveries()).map(({ data }) => data.reason)).toContain(
    'what it would have said is so no more',
  );
  await live('2009-05-26');
  expect(withMoves()).toEqual(['05-26 chat-ann beside,moved', '05-26 chat-head moved']);
});

test('a snooze ends where a due date is moved before it', async () => {
  await start(['ann'], { remindBeforeDays: [2] }, { ann: { snoozedUntil: '2009-05-20' } });
  await live('2009-05-01');
  await move('2009-05-01T15:00:00Z', '2009/10 M01', { due: '2009-05-14' });
  await live(...days('05', 5, 14));
  expect(whys().filter((line) => line.includes('ann'))).toEqual([
    '05-01 chat-ann opens',
    '05-05 chat-ann beside,moved',
    '05-12 chat-ann remind',
  ]);
});

test('an opening that is moved is asked for on its new day', async () => {
  await start(['ann']);
  await move('2009-04-24T09:00:00Z', '2009/10 M01', { opens: '2009-05-06' });
  await live(...days('04', 27, 30), ...days('05', 1, 8));
  expect(whys()).toEqual(['04-27 chat-ann moved', '04-27 chat-head moved', '05-06 chat-ann opens']);
});
