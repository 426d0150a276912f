import fc from 'fast-check';
import { buildReport } from '../../src/domain/build-report.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { percentOf, ratedShares, rollUp } from '../../src/domain/roll-up.ts';
import { aKpi, aMilestone, anUpdate, aPlan, aProject, council } from './examples.ts';

const planWith = (...results: (string | null)[]) => {
  const kpis = results.map((_, at) => aKpi({ ref: `K${at}`, floor: '90' }));
  return buildReport({
    plan: aPlan,
    kpis,
    updates: kpis.flatMap((kpi, at) => [
      ...(results[at] === null ? [] : [anUpdate(kpi, '2009/10 Q2', { result: results[at]! })]),
      anUpdate(kpi, '2009/10 Q1', { result: '80' }),
    ]),
    projects: [aProject],
    milestones: [aMilestone({ due: '2009-10-01' })],
    milestoneUpdates: [],
    settings: council,
    period: periodOf('2009/10 Q2'),
    today: '2009-09-15',
  });
};

test('plans add up: statuses, counts, milestones and directions of travel', () => {
  expect(rollUp([planWith('96', '91', null), planWith('80', '70')])).toMatchObject({
    plans: 2,
    statuses: { 'off-target': 1, 'at-risk': 1, 'on-target': 0, 'not-reported': 0 },
    kpis: 5,
    counts: { green: 1, amber: 1, red: 2, awaited: 1 },
    milestones: 2,
    milestoneCounts: { green: 2 },
    trends: { better: 2, same: 1, worse: 1, none: 1 },
    persistent: 2,
  });
});

test('no plans come to nothing', () => {
  expect(rollUp([])).toMatchObject({ plans: 0, kpis: 0 });
  expect(ratedShares(rollUp([]).counts)).toBeNull();
});

test('totals reconcile with the number of KPIs and of plans', () => {
  const result = fc.option(fc.integer({ min: 70, max: 100 }).map(String));
  fc.assert(
    fc.property(fc.array(fc.array(result, { maxLength: 5 }), { maxLength: 5 }), (plans) => {
      const { kpis, counts, trends, statuses } = rollUp(plans.map((results) => planWith(...results)));
      const total = (all: Record<string, number>) =>
        Object.values(all).reduce((sum, count) => sum + count, 0);
      expect(kpis).toBe(plans.flat().length);
      expect(total(counts)).toBe(kpis);
      expect(total(trends)).toBe(kpis);
      expect(total(statuses)).toBe(plans.length);
    }),
  );
});

test('shares are printed to whole percents that are not forced to add up to 100', () => {
  expect(ratedShares({ green: 20, amber: 10, red: 12 })).toEqual({ green: 48, amber: 24, red: 29 });
  expect(ratedShares({ green: 31, amber: 1, red: 3 })).toEqual({ green: 89, amber: 3, red: 9 });
  expect(ratedShares({ green: 1, amber: 1, red: 1 })).toEqual({ green: 33, amber: 33, red: 33 });
});

test('half a percent is rounded up, without a floating-point accident', () => {
  expect(percentOf(1, 200)).toBe(1);
  expect(percentOf(29, 200)).toBe(15);
  expect(percentOf(0, 7)).toBe(0);
  expect(percentOf(7, 7)).toBe(100);
  expect(percentOf(0, 0)).toBeNull();
});
