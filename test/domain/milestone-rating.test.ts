import fc from 'fast-check';
import { addDays } from '../../src/domain/days.ts';
import { rateMilestone, worstOf } from '../../src/domain/milestone-rating.ts';
import { milestoneRatings, milestoneStates } from '../../src/domain/project.ts';
import { aMilestone, said } from './examples.ts';

const milestone = aMilestone({ start: '2009-06-01', due: '2009-09-30' });
const inJuly = '2009-07-15';
const stands = (own: Parameters<typeof said>[0], today = inJuly) =>
  rateMilestone(milestone, said(own), today);

test('complete on time or late, by how many days', () => {
  expect(stands({ state: 'complete', completed: '2009-09-30' }, '2009-12-01')).toEqual({
    rating: 'complete',
    daysLate: 0,
    because: 'Completed on 30 September 2009, on time',
  });
  expect(stands({ state: 'complete', completed: '2009-10-12' }, '2009-12-01')).toEqual({
    rating: 'complete',
    daysLate: 12,
    because: 'Completed on 12 October 2009, 12 days after it was due',
  });
});

test('Red when overdue, which is from the day after the due date', () => {
  expect(stands({}, '2009-09-30')).toMatchObject({ rating: 'green', daysLate: 0 });
  expect(stands({}, '2009-10-01')).toEqual({
    rating: 'red',
    daysLate: 1,
    because: 'Due 30 September 2009, 1 day overdue',
  });
  expect(rateMilestone(milestone, null, '2009-10-01').rating).toBe('red');
});

test('the baseline never moves: a later forecast doesn’t make it less overdue', () => {
  expect(stands({ forecast: '2009-12-31' }, '2009-10-11')).toMatchObject({ rating: 'red', daysLate: 11 });
});

test('a forecast up to 28 days late is Amber, and one more is Red', () => {
  expect(stands({ forecast: '2009-09-30' })).toMatchObject({ rating: 'green', daysLate: 0 });
  expect(stands({ forecast: '2009-10-01' })).toMatchObject({ rating: 'amber', daysLate: 1 });
  expect(stands({ forecast: '2009-10-28' })).toEqual({
    rating: 'amber',
    daysLate: 28,
    because: 'Forecast for 28 October 2009, 28 days after it is due',
  });
  expect(stands({ forecast: '2009-10-29' })).toMatchObject({ rating: 'red', daysLate: 29 });
});

test('said to be off track is Red, said to be at risk is Amber', () => {
  expect(stands({ state: 'off-track' })).toEqual({
    rating: 'red',
    daysLate: 0,
    because: 'Said to be off track',
  });
  expect(stands({ state: 'at-risk' })).toEqual({
    rating: 'amber',
    daysLate: 0,
    because: 'Said to be at risk',
  });
});

test('not started before its start date, and Green from then on', () => {
  expect(stands({ state: 'not-started' }, '2009-05-31')).toMatchObject({ rating: 'not-started' });
  expect(rateMilestone(milestone, null, '2009-05-31').because).toBe('Starts 1 June 2009');
  expect(stands({ state: 'not-started' }, '2009-06-01')).toMatchObject({ rating: 'green' });
  expect(stands({ state: 'on-track' }, '2009-05-31')).toMatchObject({ rating: 'green' });
});

test('a late forecast shows before the work begins', () => {
  expect(stands({ state: 'not-started', forecast: '2009-12-01' }, '2009-05-01').rating).toBe('red');
});

test('a milestone without a start date of which nothing was said has not started', () => {
  expect(rateMilestone(aMilestone({ start: null }), null, inJuly).rating).toBe('not-started');
});

test('deferred and cancelled only with a recorded decision', () => {
  const decision = { by: 'Cabinet', on: '2009-07-06', reference: 'minute 41/09' };
  expect(stands({ state: 'deferred', decision }, '2010-01-01')).toEqual({
    rating: 'deferred',
    daysLate: 0,
    because: 'Deferred by Cabinet on 6 July 2009 (minute 41/09)',
  });
  expect(stands({ state: 'cancelled', decision }).rating).toBe('cancelled');
  expect(stands({ state: 'deferred' })).toMatchObject({
    rating: 'amber',
    because: 'Said to be deferred, but no decision is recorded',
  });
  expect(stands({ state: 'cancelled' }, '2009-10-01').rating).toBe('red');
});

test('a project takes the worst of its open milestones', () => {
  expect(worstOf(['green', 'amber', 'complete'])).toBe('amber');
  expect(worstOf(['green', 'not-started', 'red'])).toBe('red');
  expect(worstOf(['not-started', 'green'])).toBe('green');
  expect(worstOf(['complete', 'cancelled', 'deferred'])).toBeNull();
  expect(worstOf([])).toBeNull();
});

test('as days pass an open milestone never gets better by itself', () => {
  const severity = (rating: (typeof milestoneRatings)[number]) =>
    ['not-started', 'green', 'amber', 'red'].indexOf(rating);
  const day = fc.integer({ min: -200, max: 200 });
  const open = milestoneStates.filter((state) => !['complete', 'deferred', 'cancelled'].includes(state));
  fc.assert(
    fc.property(
      fc.constantFrom(...open),
      fc.option(day),
      day,
      fc.nat(100),
      (state, forecast, today, later) => {
        const update = { state, forecast: forecast === null ? null : addDays(milestone.due, forecast) };
        const now = stands(update, addDays(milestone.due, today));
        const then = stands(update, addDays(milestone.due, today + later));
        expect(severity(then.rating)).toBeGreaterThanOrEqual(severity(now.rating));
        expect(milestoneRatings).toContain(now.rating);
      },
    ),
  );
});
