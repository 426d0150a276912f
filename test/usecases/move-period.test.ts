import { datesOf } from '../../src/domain/calendar.ts';
import type { Refused } from '../../src/domain/errors.ts';
import { roles } from '../../src/domain/people.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { movePeriod, movePeriodIn, openMoveForm } from '../../src/usecases/move-period.ts';
import { openYear } from '../../src/usecases/session.ts';
import { movesOf } from '../../src/usecases/show-calendar.ts';
import { openSmallCouncil, type SmallCouncil, tenant } from '../support/small-council.ts';

let council: SmallCouncil;
beforeEach(async () => {
  council = await openSmallCouncil(['ann', 'bob']);
  council.setNow('2009-10-08T09:00:00Z');
});
afterEach(() => council.close());

const year = { tenant, year: '2009/10' };
const move = async (data: object) =>
  movePeriod(council.deps, await council.as('officer'), {
    period: '2009/10 Q2',
    seen: 0,
    due: '2009-10-28',
    reason: 'The survey is late.',
    ...data,
  });
const calendarNow = async () => (await council.deps.store.read(year, 'settings', 'settings'))!.data.calendar;
const dueNow = async (key = '2009/10 Q2') => datesOf(periodOf(key), await calendarNow()).due;
const history = async () => movesOf(council.deps, await openYear(council.deps, tenant, 'test'));

test('a move is kept in the settings and for good in the history, and counts whom it concerns', async () => {
  expect(await move({})).toMatchObject({ outcome: 'moved', affected: 3, now: { due: '2009-10-28' } });
  expect(await dueNow()).toBe('2009-10-28');
  expect(await dueNow('2009/10 M06')).toBe('2009-10-21');
  expect(await history()).toEqual([
    {
      period: '2009/10 Q2',
      number: 1,
      from: { opens: '2009-10-01', due: '2009-10-21', locks: expect.any(String) },
      to: { opens: '2009-10-01', due: '2009-10-28', locks: expect.any(String) },
      reason: 'The survey is late.',
      by: 'officer',
      at: '2009-10-08T09:00:00Z',
    },
  ]);
});

test('the same form sent twice, at once or later, is one move with one answer', async () => {
  const [one, other] = await Promise.all([move({}), move({})]);
  expect(other).toEqual(one);
  expect(await move({})).toEqual(one);
  expect(await history()).toHaveLength(1);
});

test('of two officers’ moves at once one is kept, and the other is shown it', async () => {
  const answers = await Promise.all([move({}), move({ due: '2009-10-27', reason: 'Another reason.' })]);
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['asked', 'moved']);
  const asked = answers.find(({ outcome }) => outcome === 'asked');
  expect(asked).toMatchObject({ form: { seen: 1, movedBy: 'officer' } });
  expect(await history()).toHaveLength(1);
});

test('moving back is a move as well', async () => {
  await move({});
  expect(await move({ seen: 1, due: '2009-10-21', reason: 'It came in time.' })).toMatchObject({
    outcome: 'moved',
    was: { due: '2009-10-28' },
  });
  expect(await dueNow()).toBe('2009-10-21');
  expect((await history()).map(({ number, reason }) => [number, reason])).toEqual([
    [1, 'The survey is late.'],
    [2, 'It came in time.'],
  ]);
});

test('a form with a fault comes back with everything that was typed, and nothing is kept', async () => {
  expect(await move({ due: '2009-10-25' })).toMatchObject({
    outcome: 'asked',
    form: {
      typed: { due: '2009-10-25', reason: 'The survey is late.' },
      faults: { due: expect.any(String) },
    },
  });
  expect((await calendarNow()).moves).toBeUndefined();
});

test('a period that is over, of a year that isn’t loaded, or that is none can’t be moved', async () => {
  const refusal = (data: object) => move(data).catch((error: Refused) => error.sentence);
  expect(await refusal({ period: '2009/10 Q1' })).toMatch(/Quarter 1 .* was locked after/);
  expect(await refusal({ period: '2011/12 Q1' })).toMatch(/no plans for 2011\/12/);
  expect(await refusal({ period: 'Q9' })).toMatch(/don’t know the period/);
  expect(await refusal({ period: { not: 'text' } })).toMatch(/don’t know the period/);
  expect(await history()).toEqual([]);
});

test.each(roles.filter((role) => role !== 'performance-officer'))(
  'a %s can’t move a period',
  async (role) => {
    await council.amend('officer', { roles: [role] });
    await expect(move({})).rejects.toMatchObject({ code: 'not-allowed' });
    const session = await council.as('officer');
    await expect(openMoveForm(council.deps, session, '2009/10 Q2')).rejects.toMatchObject({
      code: 'not-allowed',
    });
  },
);

test('on the command line what isn’t given stays, all faults are told, and the same again is once', async () => {
  const open = await openYear(council.deps, tenant, 'command-line');
  const moveIn = (typed: object) => movePeriodIn(council.deps, open, 'Q2', typed);
  await expect(moveIn({ due: '2009-10-25' })).rejects.toMatchObject({
    sentence: expect.stringMatching(/due: .*closed.*\nreason: Say why/),
  });
  const one = await moveIn({ due: '2009-10-28', reason: 'Late.' });
  expect(await moveIn({ due: '2009-10-28', reason: 'Late.' })).toEqual(one);
  expect(await history()).toHaveLength(1);
});
