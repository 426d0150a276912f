import fc from 'fast-check';
import { buildReport, type ReportParts } from '../../src/domain/build-report.ts';
import { frequencies, type Kpi, type KpiUpdate } from '../../src/domain/kpi.ts';
import { periodOf, periodsOf } from '../../src/domain/periods.ts';
import { shownRating } from '../../src/domain/rating.ts';
import type { PlanReport } from '../../src/domain/report.ts';
import { aKpi, aMilestone, anUpdate, aPlan, aProject, council, said } from './examples.ts';

const inTime = '2009-10-14';
const dueOn = '2009-10-21';

const report = (own: Partial<ReportParts>): PlanReport =>
  buildReport({
    plan: aPlan,
    kpis: [],
    updates: [],
    projects: [aProject],
    milestones: [],
    milestoneUpdates: [],
    settings: council,
    period: periodOf('2009/10 Q2'),
    today: inTime,
    ...own,
  });

const floor90 = aKpi({ floor: '90' });
const line = (own: Partial<ReportParts>) => report({ kpis: [floor90], ...own }).kpis[0]!;
const given = (result: string | null, period = '2009/10 Q2', own: Partial<KpiUpdate> = {}) =>
  anUpdate(floor90, period, { result, ...own });

describe('a KPI in a period', () => {
  it('is awaited up to and on its due date, and overdue from the day after', () => {
    expect(line({ today: dueOn })).toMatchObject({
      rating: 'awaited',
      dueDate: dueOn,
      because: 'Due by 21 October 2009',
      target: '95',
      floor: '90',
    });
    expect(line({ today: '2009-10-22' })).toMatchObject({
      rating: 'overdue',
      because: 'Was due by 21 October 2009',
    });
  });

  it('stays late for a month that was never given while the next is only awaited', () => {
    const monthly = { ...floor90, frequency: 'monthly' as const };
    const updates = ['M01', 'M02', 'M03', 'M04'].map((month) =>
      anUpdate(monthly, `2009/10 ${month}`, { result: '96' }),
    );
    const late = ({ late: all }: { late: readonly { period: { key: string }; due: string }[] }) =>
      all.map(({ period, due }) => `${period.key} ${due}`);
    const before = line({ kpis: [monthly], updates });
    expect(before.rating).toBe('awaited');
    expect(late(before)).toEqual(['2009/10 M05 2009-09-21']);
    const after = line({
      kpis: [monthly],
      updates: [...updates, anUpdate(monthly, '2009/10 M05', { result: '96' })],
    });
    expect(late(after)).toEqual([]);
    expect(late(line({ kpis: [monthly], updates, today: '2009-10-22' }))).toHaveLength(2);
    const october = { kpis: [monthly], updates, today: '2009-12-30' };
    expect(late(line(october)).at(-1)).toBe('2009/10 M08 2009-12-21');
    expect(late(line({ ...october, period: periodOf('2009/10 Q1') }))).toEqual([]);
  });

  it('has no data when it is said to be unavailable, due or not', () => {
    expect(line({ updates: [given(null)], today: '2010-02-01' })).toMatchObject({
      rating: 'no-data',
      result: null,
      trend: null,
      because: 'Not available: The contractor’s return is late',
    });
  });

  it('is not due in a period in which its frequency reports nothing', () => {
    const annual = aKpi({ frequency: 'annual' });
    const yearEnd = { kpis: [annual], updates: [anUpdate(annual, '2009/10', { result: '96' })] };
    expect(report(yearEnd).kpis[0]).toMatchObject({
      rating: 'not-due',
      period: null,
      result: null,
      target: '95',
    });
    expect(report({ ...yearEnd, period: periodOf('2009/10 Q4') }).kpis[0]).toMatchObject({ rating: 'green' });
  });

  it('is reported by its own last period within the one reported', () => {
    const monthly = aKpi({ frequency: 'monthly' });
    const updates = [anUpdate(monthly, '2009/10 M06', { result: '96' })];
    expect(report({ kpis: [monthly], updates }).kpis[0]).toMatchObject({
      rating: 'green',
      period: { key: '2009/10 M06' },
    });
  });

  it('shows result, rule, trends and year to date', () => {
    const updates = [given('93', '2008/09 Q2'), given('92', '2009/10 Q1'), given('91.2')];
    expect(line({ updates })).toMatchObject({
      result: '91.2',
      rating: 'amber',
      because: '91.2% against a target of 95%; floor 90%',
      trend: 'worse',
      trendFrom: { short: 'worse', long: 'worse' },
      yearToDate: { value: '91.2', periods: 1 },
      persistent: false,
    });
  });

  it('shows the trend that the council has chosen; the first period looks back into last year', () => {
    const updates = [given('93', '2008/09 Q4'), given('90', '2008/09 Q1'), given('92', '2009/10 Q1')];
    const first = { updates, period: periodOf('2009/10 Q1') };
    expect(line(first).trend).toBe('worse');
    expect(line({ ...first, settings: { ...council, trend: 'same-period-last-year' } }).trend).toBe('better');
  });

  it('has no trend when nothing was given before, or what was given had no result', () => {
    expect(line({ updates: [given('92')] }).trendFrom).toEqual({ short: null, long: null });
    expect(line({ updates: [given(null, '2009/10 Q1'), given('92')] }).trend).toBeNull();
  });

  it('counts in the year to date what the year had given by then, and nothing of last year', () => {
    const visits = aKpi({ unit: 'number', yearToDate: 'sum' });
    const updates = ['2008/09 Q4', '2009/10 Q1', '2009/10 Q2', '2009/10 Q3'].map((period) =>
      anUpdate(visits, period, { result: '40' }),
    );
    expect(report({ kpis: [visits], updates }).kpis[0]!.yearToDate).toEqual({ value: '80', periods: 2 });
  });

  it('keeps the rating, target and floor stored with it, whatever the plan says now', () => {
    const updates = [given('91.2')];
    expect(line({ kpis: [{ ...floor90, target: '80', floor: '70' }], updates })).toMatchObject({
      rating: 'amber',
      target: '95',
      floor: '90',
      because: '91.2% against a target of 95%; floor 90%',
    });
  });

  it('shows an approved override, the computed rating and the reason beside it', () => {
    const update = given('91.2');
    const override = {
      rating: 'green',
      reason: 'A flood',
      approvedBy: 'p1',
      approvedAt: '2009-10-12T09:00:00Z',
    } as const;
    expect(line({ updates: [{ ...update, rating: { ...update.rating, override } }] })).toMatchObject({
      rating: 'green',
      computed: 'amber',
      because: '91.2% against a target of 95%; floor 90%. Shown as Green instead of Amber: A flood',
    });
  });

  it('takes the newest revision, in whatever order they come', () => {
    const updates = [given('96', '2009/10 Q2', { revision: 2 }), given('80')];
    expect(line({ updates }).rating).toBe('green');
    expect(line({ updates: updates.toReversed() }).rating).toBe('green');
  });

  it('rates the forecast against the year’s target', () => {
    const profiled = { ...floor90, targets: { '2009/10 Q2': { target: '50', floor: '40' } } };
    const updates = [anUpdate(profiled, '2009/10 Q2', { result: '50', forecast: '90' })];
    expect(line({ kpis: [profiled], updates })).toMatchObject({ rating: 'green', forecastRating: 'amber' });
  });
});

describe('persistent', () => {
  const persists = (...updates: KpiUpdate[]) => line({ updates }).persistent;

  it('is Red in two consecutive reported periods', () => {
    expect(persists(given('80', '2009/10 Q1'), given('80'))).toBe(true);
    expect(persists(given('92', '2009/10 Q1'), given('80'))).toBe(false);
    expect(persists(given('80', '2009/10 Q1'), given('92'))).toBe(false);
    expect(persists(given('80'))).toBe(false);
  });

  it('passes over a period that was not reported or had no result', () => {
    expect(persists(given('80', '2008/09 Q4'), given('80'))).toBe(true);
    expect(persists(given('80', '2008/09 Q4'), given(null, '2009/10 Q1'), given('80'))).toBe(true);
    expect(persists(given('80', '2008/09 Q4'), given('95', '2009/10 Q1'), given('80'))).toBe(false);
  });

  it('follows what was shown, an override included', () => {
    const before = given('80', '2009/10 Q1');
    const override = {
      rating: 'amber',
      reason: 'A flood',
      approvedBy: 'p1',
      approvedAt: '2009-07-12T09:00:00Z',
    } as const;
    expect(persists({ ...before, rating: { ...before.rating, override } }, given('80'))).toBe(false);
  });
});

describe('a plan’s status', () => {
  const status = (...updates: KpiUpdate[]) => report({ kpis: [floor90], updates }).status;
  const late = aMilestone({ due: '2009-10-01' });
  const running = aMilestone({ due: '2009-12-01' });

  it('is off target with a Red KPI or a Red milestone', () => {
    expect(status(given('80'))).toBe('off-target');
    expect(report({ kpis: [floor90], updates: [given('96')], milestones: [late] }).status).toBe('off-target');
  });

  it('is at risk with an Amber, or with a Red forecast', () => {
    expect(status(given('91'))).toBe('at-risk');
    expect(status(given('96', '2009/10 Q2', { forecast: '89' }))).toBe('at-risk');
    const forecast = said({ forecast: '2009-12-05' });
    expect(report({ milestones: [running], milestoneUpdates: [forecast] }).status).toBe('at-risk');
  });

  it('is on target when something is rated and nothing is Red or Amber', () => {
    expect(status(given('96'))).toBe('on-target');
    expect(report({ milestones: [running], milestoneUpdates: [said()] }).status).toBe('on-target');
  });

  it('is not reported when nothing is rated: overdue, no data, or a milestone nobody has reported on', () => {
    expect(status()).toBe('not-reported');
    expect(report({ kpis: [floor90], today: '2010-01-01' }).status).toBe('not-reported');
    expect(status(given(null))).toBe('not-reported');
    expect(report({ milestones: [running] }).status).toBe('not-reported');
  });
});

describe('projects', () => {
  const milestones = [
    aMilestone({ ref: 'A', due: '2009-10-01' }),
    aMilestone({ ref: 'B', due: '2009-12-01' }),
    aMilestone({ ref: 'C', due: '2009-08-01' }),
    aMilestone({ ref: 'D', due: '2010-03-01', start: '2010-01-01' }),
  ];
  const milestoneUpdates = [
    said({ milestone: 'B', state: 'at-risk', revision: 1 }),
    said({ milestone: 'B', state: 'on-track', revision: 2 }),
    said({ milestone: 'C', state: 'complete', completed: '2009-07-30' }),
  ];

  it('take the worst of their open milestones and show all counts', () => {
    const { projects, milestoneCounts } = report({ milestones, milestoneUpdates });
    const counts = { complete: 1, green: 1, amber: 0, red: 1, 'not-started': 1, deferred: 0, cancelled: 0 };
    expect(projects).toEqual([{ project: aProject, rating: 'red', counts }]);
    expect(milestoneCounts).toEqual(counts);
  });

  it('have no rating when none is open', () => {
    expect(report({ milestones: [] }).projects[0]!.rating).toBeNull();
  });
});

test('exceptions come worst first, persistent ones before all', () => {
  const kpis = ['forecast', 'amber', 'red', 'persistent', 'green'].map((ref) => aKpi({ ref, floor: '90' }));
  const [forecast, amber, red, persistent, green] = kpis as [Kpi, Kpi, Kpi, Kpi, Kpi];
  const q2 = '2009/10 Q2';
  const { exceptions } = report({
    kpis,
    updates: [
      anUpdate(forecast, q2, { result: '96', forecast: '80' }),
      anUpdate(amber, q2, { result: '91' }),
      anUpdate(red, q2, { result: '10' }),
      anUpdate(persistent, q2, { result: '80' }),
      anUpdate(persistent, '2009/10 Q1', { result: '80' }),
      anUpdate(green, q2, { result: '96' }),
    ],
    milestones: [
      aMilestone({ ref: 'slips', due: '2009-12-01' }),
      aMilestone({ ref: 'late', due: '2009-10-01' }),
      aMilestone({ ref: 'later', due: '2009-09-01' }),
    ],
    milestoneUpdates: [said({ milestone: 'slips', forecast: '2009-12-05' })],
  });
  expect(exceptions.map((one) => ('kpi' in one ? one.kpi.kpi.ref : one.milestone.milestone.ref))).toEqual([
    'persistent',
    'red',
    'later',
    'late',
    'amber',
    'slips',
    'forecast',
  ]);
});

describe('whatever is reported', () => {
  const kpi = fc.record({
    kind: fc.constantFrom('target' as const, 'activity' as const, 'data-only' as const),
    frequency: fc.constantFrom(...frequencies),
    polarity: fc.constantFrom('higher' as const, 'lower' as const, 'range' as const),
    yearToDate: fc.constantFrom('latest' as const, 'sum' as const, 'average' as const, 'ratio' as const),
    target: fc.constantFrom('95', 'Top quartile', null),
    floor: fc.constantFrom('90', null),
    rangeLow: fc.constantFrom('80', null),
    rangeHigh: fc.constantFrom('90', null),
  });
  const figure = fc.option(fc.integer({ min: 700, max: 1000 }).map((tenths) => String(tenths / 10)));
  const anything = fc.record({
    kpis: fc.array(fc.tuple(kpi, fc.array(figure, { maxLength: 8 }), figure), { maxLength: 6 }),
    milestones: fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.boolean()), { maxLength: 4 }),
    period: fc.constantFrom('2009/10 Q1', '2009/10 Q2', '2009/10 M05', '2009/10 H1', '2009/10'),
    today: fc.constantFrom('2009-07-01', inTime, '2010-06-01'),
  });

  const build = ({
    kpis,
    milestones,
    period,
    today,
  }: typeof anything extends fc.Arbitrary<infer T> ? T : never) => {
    const all = kpis.map(([own], at) => aKpi({ ...own, ref: `K${at}` }));
    return report({
      kpis: all,
      updates: kpis.flatMap(([own, figures, forecast], at) => {
        const periods = ['2008/09', '2009/10'].flatMap((year) => periodsOf(year, own.frequency));
        return figures.flatMap((result, nth) => {
          const period = periods.at(-1 - nth);
          return period ? anUpdate(all[at]!, period.key, { result, forecast }) : [];
        });
      }),
      milestones: milestones.map(([days], at) =>
        aMilestone({ ref: `M${at}`, due: days < 0 ? '2009-09-01' : '2010-02-01' }),
      ),
      milestoneUpdates: milestones.flatMap(([days, isSaid], at) =>
        isSaid ? said({ milestone: `M${at}`, state: days > 30 ? 'at-risk' : 'on-track' }) : [],
      ),
      period: periodOf(period),
      today,
    });
  };

  test('counts reconcile with the number of KPIs and milestones', () => {
    fc.assert(
      fc.property(anything, (any) => {
        const { counts, kpis, milestoneCounts, milestones, projects } = build(any);
        const total = (all: Record<string, number>) =>
          Object.values(all).reduce((sum, count) => sum + count, 0);
        expect(total(counts)).toBe(kpis.length);
        expect(total(milestoneCounts)).toBe(milestones.length);
        expect(total(projects[0]!.counts)).toBe(milestones.length);
      }),
    );
  });

  test('the status follows from its definition, and every plan that isn’t on target says why', () => {
    fc.assert(
      fc.property(anything, (any) => {
        const { status, kpis, milestones, exceptions } = build(any);
        const ratings: string[] = [...kpis, ...milestones].map(({ rating }) => rating);
        const redForecast = kpis.some(({ forecastRating }) => forecastRating === 'red');
        const reported = [...kpis, ...milestones.filter(({ update }) => update)].map(({ rating }) => rating);
        expect(status).toBe(
          ratings.includes('red')
            ? 'off-target'
            : ratings.includes('amber') || redForecast
              ? 'at-risk'
              : reported.some((rating) => rating === 'green' || rating === 'complete')
                ? 'on-target'
                : 'not-reported',
        );
        expect(exceptions.length > 0).toBe(status === 'off-target' || status === 'at-risk');
      }),
    );
  });

  test('what is stored is shown, and every line has words', () => {
    fc.assert(
      fc.property(anything, (any) => {
        for (const { update, rating, because, kpi } of build(any).kpis) {
          if (update) expect(rating).toBe(shownRating(update.rating));
          expect(because).not.toBe('');
          if (kpi.kind === 'activity') expect(rating).not.toMatch(/green|amber|red/);
        }
      }),
    );
  });
});
