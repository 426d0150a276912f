import type { Parts } from '../../src/domain/due-items.ts';
import { itemsAskedFor } from '../../src/domain/due-items.ts';
import { affectedBy, movedPeriods } from '../../src/domain/period-moves.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { aKpi, aMilestone, aPlan, council, said } from './examples.ts';

const plans = new Map([[aPlan.ref, aPlan]]);
const parts: Parts = {
  kpis: [
    aKpi({ ref: 'M', frequency: 'monthly', accountableManager: 'monthly' }),
    aKpi({ ref: 'Q', frequency: 'quarterly', accountableManager: 'quarterly' }),
    aKpi({ ref: 'H', frequency: 'half-yearly', accountableManager: 'half-yearly' }),
  ],
  updates: [],
  milestones: [
    aMilestone({ ref: 'open', accountableManager: 'builder' }),
    aMilestone({ ref: 'done', accountableManager: 'finished' }),
    aMilestone({ ref: 'later', accountableManager: 'planner', start: '2009-11-01' }),
  ],
  milestoneUpdates: [said({ milestone: 'done', state: 'complete', submittedAt: '2009-07-10T09:00:00Z' })],
};
const concerned = (key: string, today = '2009-10-14') =>
  affectedBy(periodOf(key), parts, plans, council, today).map(({ manager }) => manager);

test('a period concerns the KPIs of its own frequency, and a quarter its milestones as well', () => {
  expect(concerned('2009/10 M06')).toEqual(['monthly']);
  expect(concerned('2009/10 H1')).toEqual(['half-yearly']);
  expect(concerned('2009/10 Q2')).toEqual(['quarterly', 'builder']);
});

test('milestones that begin later belong to a later quarter, and to none that a newer one has followed', () => {
  expect(concerned('2009/10 Q3')).toEqual(['quarterly', 'builder', 'planner']);
  expect(concerned('2009/10 Q1')).toEqual(['quarterly']);
});

const settings = (due: string, locks: string) => ({
  ...council,
  calendar: {
    ...council.calendar,
    moves: {
      '2009/10 Q2': {
        number: 1,
        opens: '2009-10-01',
        due,
        locks,
        reason: 'Because.',
        by: null,
        at: '2009-10-08T09:00:00Z',
        was: { opens: '2009-10-01', due: '2009-10-21', locks: '2009-11-11' },
      },
    },
  },
});

test('quarterly KPIs and milestones are due when their moved quarter is, the others when they were', () => {
  const items = itemsAskedFor(parts, settings('2009-10-28', '2009-11-18'), '2009-10-22');
  const newest = items.filter(({ period }) => period.end === '2009-09-30');
  expect(newest.map(({ ref, dates, state }) => [ref, dates.due, state])).toEqual([
    ['M', '2009-10-21', 'overdue'],
    ['Q', '2009-10-28', 'due'],
    ['H', '2009-10-21', 'overdue'],
    ['open', '2009-10-28', 'due'],
  ]);
});

test('a move is news until a week after the lock', () => {
  const news = (today: string) =>
    movedPeriods(parts, plans, settings('2009-10-28', '2009-11-18'), today).length;
  expect([news('2009-10-09'), news('2009-11-25'), news('2009-11-26')]).toEqual([1, 1, 0]);
});
