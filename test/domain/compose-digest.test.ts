import { composeDigest, digestContentSchema, visibleIn } from '../../src/domain/compose-digest.ts';
import type { Audience } from '../../src/domain/digest.ts';
import type { DigestContent } from '../../src/domain/digest-content.ts';
import type { Period } from '../../src/domain/periods.ts';
import type { PlanReport } from '../../src/domain/report.ts';
import { plan, quarter1, quarter2, report, settings } from './digest-example.ts';

const highways: Audience = { kind: 'portfolio', portfolio: 'highways' };
type Choices = { audience?: Audience; period?: Period; previous?: DigestContent; leftOut?: number };

const compose = (
  reports: PlanReport[],
  { audience = highways, period = quarter2, previous, leftOut = 0 }: Choices = {},
) =>
  composeDigest({
    audience,
    period,
    reports,
    settings,
    previous: previous ?? null,
    people: (id) => (id === 'ann' ? 'Ann Field' : 'no one named'),
    now: '2009-10-14T09:32:10Z',
    leftOut,
  });

const explained = {
  commentary: 'Two gangs were short all summer.',
  action: 'A third gang starts.',
  actionBy: '2009-11-30',
};
const green = { q1: '95', q2: '96' };
const red = { q1: '96', q2: '80', ...explained };
const persistent = { q1: '82', q2: '80', ...explained };
const amber = { q1: '96', q2: '91.2', ...explained };

describe('a Cabinet Member’s digest', () => {
  const reports = [
    report(plan('EW', { title: 'Environment and Waste' }), [green]),
    report(plan('RES', { title: 'Resources' }), [amber, green]),
    report(
      plan('KHS', { title: 'Kent Highway Services' }),
      [green, red, persistent, {}],
      [{ due: '2009-08-31', state: 'off-track', commentary: 'The site flooded.' }, { due: '2010-03-31' }],
    ),
  ];
  const digest = compose(reports);

  test('says how things stand, for which months and as at when', () => {
    expect(digest).toMatchObject({
      audienceName: 'Environment, Highways and Waste',
      periodName: 'Quarter 2 2009/10 (July to September)',
      asAt: '14 October 2009 at 10:32',
      headline: '1 of 3 plans is off target and 1 is at risk.',
      statuses: { 'off-target': 1, 'at-risk': 1, 'on-target': 1, 'not-reported': 0 },
      notice: 'Illustrative figures.',
    });
  });

  test('its counts are all the KPIs', () => {
    expect(digest.kpis).toBe(7);
    expect(Object.values(digest.counts).reduce((sum, count) => sum + count)).toBe(7);
  });

  test('shows each plan that is off target with its worst exceptions, the persistent one first', () => {
    expect(digest.groups).toHaveLength(1);
    const [group] = digest.groups;
    expect(group).toMatchObject({
      heading: 'Kent Highway Services',
      plan: { ref: 'KHS', directorate: 'Environment and Regeneration', statusText: '✖ Off target' },
      more: 0,
    });
    expect(group!.plan!.countsText).toBe('2 Red, 1 Green, 1 awaited');
    expect(group!.exceptions.map(({ ref, persistent }) => [ref, persistent])).toEqual([
      ['KHS-3', true],
      ['KHS-2', false],
      ['KHS-M1', false],
    ]);
  });

  test('an exception carries result, target, trend, and the manager’s own words', () => {
    expect(digest.groups[0]!.exceptions[0]).toMatchObject({
      title: 'KHS-3 repaired in time',
      ratingText: '✖ Red – below floor',
      because: '80% against a target of 95%; floor 90%',
      trendText: '↘ worsening – since the previous period',
      commentary: 'Two gangs were short all summer.',
      action: 'A third gang starts. By 30 November 2009.',
      saidBy: 'Ann Field',
    });
  });

  test('a slipped milestone carries how late it is', () => {
    expect(digest.groups[0]!.exceptions[2]).toMatchObject({
      title: 'New works system: Open depot 1',
      ratingText: '✖ Red – 44 days late',
      commentary: 'The site flooded.',
    });
  });

  test('a plan at risk is told in brief', () => {
    expect(digest.atRisk).toEqual([
      {
        ref: 'RES',
        title: 'Resources',
        statusText: '▲ At risk',
        lines: ['RES-1 repaired in time: ▲ Amber – floor met, 91.2% against a target of 95%; floor 90%'],
        more: 0,
      },
    ]);
  });

  test('updates that are missing are named with whose they are', () => {
    expect(digest.missing).toEqual([
      {
        ref: 'KHS',
        title: 'Kent Highway Services',
        overdue: 1,
        awaited: 1,
        items: [
          {
            title: 'KHS-4 repaired in time, Quarter 1 2009/10 (April to June)',
            manager: 'Ann Field',
            overdue: true,
            dueText: 'Was due by 21 July 2009',
          },
          {
            title: 'KHS-4 repaired in time',
            manager: 'Ann Field',
            overdue: false,
            dueText: 'Due by 21 October 2009',
          },
        ],
        more: 0,
      },
    ]);
  });

  test('can be kept as JSON and read back', () => {
    expect(digestContentSchema.parse(JSON.parse(JSON.stringify(digest)))).toEqual(digest);
  });

  test('a provisional figure is marked and counted', () => {
    const told = compose([report(plan('KHS'), [{ ...red, provisional: true, dataAge: 'June 2009' }, green])]);
    expect(told.provisional).toBe(1);
    expect(told.groups[0]!.exceptions[0]).toMatchObject({ provisional: true, dataAge: 'June 2009' });
  });

  test('a Green whose forecast is Red puts a plan at risk and says so', () => {
    const told = compose([report(plan('KHS'), [{ ...green, forecast: '80' }])]);
    expect(told.atRisk[0]!.lines[0]).toContain('Year-end forecast 80%: ✖ Red');
  });

  test('beyond the worst three KPIs and two milestones the rest is counted', () => {
    const steps = [{ due: '2009-05-31' }, { due: '2009-06-30' }, { due: '2009-07-31' }];
    const [group] = compose([report(plan('KHS'), [red, red, red, red, amber], steps)]).groups;
    expect(group!.exceptions).toHaveLength(5);
    expect(group!.more).toBe(3);
  });

  test('long words are cut', () => {
    const told = compose([report(plan('KHS'), [{ ...red, commentary: 'because '.repeat(250) }])]);
    const { commentary } = told.groups[0]!.exceptions[0]!;
    expect(commentary!.length).toBeLessThanOrEqual(320);
    expect(commentary).toMatch(/because…$/);
  });
});

describe('what changed, in one sentence', () => {
  const then = (...given: [string, { q1: string }[]][]) =>
    compose(
      given.map(([ref, kpis]) => report(plan(ref, { title: ref }), kpis, [], quarter1)),
      { period: quarter1 },
    );
  const now = (...given: [string, { q2?: string }[]][]) =>
    given.map(([ref, kpis]) => report(plan(ref, { title: ref }), kpis));
  const since = (previous: DigestContent, reports: PlanReport[]) => compose(reports, { previous }).headline;

  const before = then(['Highways', [{ q1: '96' }]], ['Waste', [{ q1: '80' }]], ['Parks', [{ q1: '80' }]]);

  test('plans that went off target, that came back and that stayed', () => {
    expect(
      since(before, now(['Highways', [{ q2: '80' }]], ['Waste', [{ q2: '96' }]], ['Parks', [{ q2: '80' }]])),
    ).toBe(
      'Since Quarter 1 2009/10 (April to June), Highways has gone off target, Waste is no longer off target and 1 plan is still off target.',
    );
  });

  test('no change', () => {
    expect(
      since(before, now(['Highways', [{ q2: '96' }]], ['Waste', [{ q2: '80' }]], ['Parks', [{ q2: '80' }]])),
    ).toBe(
      'Since Quarter 1 2009/10 (April to June), no plan has gone off target or come back: 2 of 3 plans are off target and none is at risk.',
    );
  });

  test('a plan that hasn’t reported is not said to be back on target', () => {
    expect(since(before, now(['Highways', [{ q2: '96' }]], ['Waste', [{}]], ['Parks', [{ q2: '80' }]]))).toBe(
      'Since Quarter 1 2009/10 (April to June), Waste has not been reported since and 1 plan is still off target.',
    );
  });

  test('many plans are counted', () => {
    const all = ['A', 'B', 'C', 'D', 'E'];
    const fine = then(...all.map((ref): [string, { q1: string }[]] => [ref, [{ q1: '96' }]]));
    expect(since(fine, now(...all.map((ref): [string, { q2: string }[]] => [ref, [{ q2: '80' }]])))).toBe(
      'Since Quarter 1 2009/10 (April to June), A, B, C and 2 others have gone off target.',
    );
  });

  test('since an earlier post about the same period it says since when', () => {
    const earlier = compose(now(['Highways', [{ q2: '96' }]]));
    expect(since(earlier, now(['Highways', [{ q2: '80' }]]))).toBe(
      'Since 14 October 2009 at 10:32, Highways has gone off target.',
    );
  });

  test('nothing reported before is no comparison, and nothing reported now is said', () => {
    const silent = compose([report(plan('A'), [{}])]);
    expect(silent.headline).toBe('Nothing has been reported yet for 1 plan.');
    expect(since(silent, now(['A', [{ q2: '80' }]]))).toBe('The one plan is off target.');
    expect(compose([]).headline).toBe('There are no plans to report here.');
    expect(compose(now(['A', [{ q2: '96' }]])).headline).toBe('The one plan is on target.');
  });
});

test('scrutiny gets every exception by directorate, persistent ones first', () => {
  const digest = compose(
    [
      report(plan('LIB', { directorate: 'CMY', portfolio: 'communities' }), [red, amber]),
      report(plan('YTH', { directorate: 'CMY', portfolio: 'communities' }), [persistent]),
      report(plan('KHS'), [{ ...green, forecast: '80' }], [{ due: '2009-08-31' }]),
      report(plan('OLD', { directorate: 'GONE' }), [red]),
    ],
    { audience: { kind: 'scrutiny' } },
  );
  expect(
    digest.groups.map(({ heading, plan, exceptions }) => [heading, plan, exceptions.map(({ ref }) => ref)]),
  ).toEqual([
    ['Environment and Regeneration', null, ['KHS-M1', 'KHS-1']],
    ['Communities', null, ['YTH-1', 'LIB-1', 'LIB-2']],
    ['GONE', null, ['OLD-1']],
  ]);
  expect(digest.groups[1]!.exceptions[0]!.plan).toEqual({ ref: 'YTH', title: 'YTH plan' });
  expect(digest.atRisk).toEqual([]);
});

test('the same reports say the same, in whatever order and at whatever time', () => {
  const reports = [report(plan('A'), [red]), report(plan('B'), [red]), report(plan('C'), [amber])];
  const later = composeDigest({
    audience: highways,
    period: quarter2,
    reports: reports.toReversed(),
    settings,
    previous: null,
    people: () => 'Ann Field',
    now: '2009-10-15T09:00:00Z',
  });
  expect({ ...later, asAt: '', standing: null }).toEqual({ ...compose(reports), asAt: '', standing: null });
  expect(JSON.stringify({ ...later, asAt: '' })).toBe(JSON.stringify({ ...compose(reports), asAt: '' }));
});

describe('which plans a channel may see', () => {
  const exempt = plan('X', { classification: 'exempt' });
  const elsewhere = plan('Y', { portfolio: 'schools' });

  test('a portfolio sees its own, scrutiny and council see all', () => {
    expect(visibleIn(plan('K'), highways, false)).toBe(true);
    expect(visibleIn(elsewhere, highways, true)).toBe(false);
    expect(visibleIn(elsewhere, { kind: 'scrutiny' }, false)).toBe(true);
    expect(visibleIn(elsewhere, { kind: 'council' }, false)).toBe(true);
  });

  test('exempt and confidential plans are seen in a cleared channel alone', () => {
    for (const hidden of [exempt, { ...exempt, classification: 'confidential' } as const]) {
      expect(visibleIn(hidden, highways, false)).toBe(false);
      expect(visibleIn(hidden, { kind: 'council' }, false)).toBe(false);
      expect(visibleIn(hidden, highways, true)).toBe(true);
    }
  });

  test('how many are left out is said, which ones is not', () => {
    expect(compose([report(plan('K'), [green])], { leftOut: 2 }).leftOut).toBe(2);
  });
});
