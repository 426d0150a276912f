import fc from 'fast-check';
import { sampleReport } from '../../scripts/card-gallery/sample-parts.ts';
import { samplesOf, screens } from '../../scripts/card-gallery/screens.ts';
import { periodOf } from '../../src/domain/periods.ts';
import { CARD_LIMIT, sizeOf } from '../../src/teams/cards/fitting.ts';
import { lateCard } from '../../src/teams/cards/late.ts';
import { offTargetCard } from '../../src/teams/cards/off-target.ts';
import { pageOf } from '../../src/teams/cards/pages.ts';
import { planChoicesCard } from '../../src/teams/cards/plan-choices.ts';
import { backToDigest, planStatusCard } from '../../src/teams/cards/plan-status.ts';
import { everythingOn, inputOf, pressesOf, textsOf } from './reading.ts';

const drawn = (screen: string, sample: string) =>
  screens[screen]!(samplesOf(screen).find(({ name }) => name === sample)!.view);

describe('a plan’s status', () => {
  const card = drawn('plan-status', 'off target');

  test('says the status, and counts that add up to the KPIs', () => {
    const said = textsOf(card);
    expect(said).toContain('✖ Off target');
    const counts = said.find((text) => text.startsWith('9 KPIs: '))!;
    const numbers = counts.slice('9 KPIs: '.length).match(/\d+/g)!.map(Number);
    expect(numbers.reduce((sum, count) => sum + count)).toBe(9);
  });

  test('tells Red before Amber before Green with a Red forecast, each with the manager’s own words', () => {
    const said = textsOf(card);
    const at = (words: string) => said.findIndex((text) => text.startsWith(words));
    expect(at('✖ 2 Red')).toBeLessThan(at('▲ 2 Amber'));
    expect(at('▲ 2 Amber')).toBeLessThan(at('✔ 1 Green now'));
    expect(at('“Two gangs were moved')).toBeGreaterThan(at('✖ 2 Red'));
    expect(said).toContain('✖ Red – below floor · two or more periods running');
    expect(said).toContain('87.4% against a target of 95%; floor 90%');
  });

  test('says whose updates are late', () => {
    expect(textsOf(card)).toContain('Gwen Ashby, was due 21 October 2009, 5 days late');
  });

  test('offers other periods and the history of one KPI, the worst chosen', () => {
    expect(inputOf(card, 'kpi')?.value).toBe('KHS-1');
    expect(inputOf(card, 'period')?.value).toBe('2009/10 Q2');
    expect(pressesOf(card, 'kpi-history')).toHaveLength(1);
    expect(pressesOf(card, 'plan-status')).toHaveLength(1);
  });

  test('leads back to the digest it was opened from', () => {
    expect(backToDigest('d', 3)).toMatchObject({ verb: 'digest-page', data: { digest: 'd', page: 3 } });
    expect(pressesOf(drawn('plan-status', 'at risk, opened from a digest'), 'digest-page')).toHaveLength(1);
  });

  test('keeps the way back to its digest through another period and a history', () => {
    const { view } = samplesOf('plan-status').find(({ name }) => name === 'off target')!;
    const opened = screens['plan-status']!({ ...(view as object), back: backToDigest('d', 3) } as never);
    for (const verb of ['plan-status', 'kpi-history']) {
      expect(pressesOf(opened, verb)[0]!.data).toMatchObject({ digest: 'd', page: '3' });
      expect(pressesOf(card, verb)[0]!.data).toMatchObject({ digest: '' });
    }
  });

  test('fits Teams with a thousand KPIs, each with 2,000 characters of words', () => {
    const kpi = {
      title: 'K'.repeat(80),
      target: '9',
      updates: { '2009/10 Q2': { result: '1', commentary: '*'.repeat(2000) } },
    };
    const large = planStatusCard({
      report: sampleReport({ plan: { title: 'Large' }, kpis: [kpi], repeatKpis: 1000 }),
      directorate: 'D',
      comparison: 'previous-period',
      today: '2009-10-26',
      nameOf: () => 'Someone',
      periods: [],
    });
    expect(sizeOf(large)).toBeLessThan(CARD_LIMIT);
    expect(textsOf(large)).toContain('1,000 KPIs: 1,000 Red');
  });
});

describe('plans off target', () => {
  const card = drawn('off-target', 'the council');

  test('come worst first, each a press away, with the worst exception', () => {
    expect(pressesOf(card, 'plan-status').map(({ data }) => data)).toEqual([
      { plan: 'KHS', period: '2009/10 Q2' },
      { plan: 'WM', period: '2009/10 Q2' },
    ]);
    expect(textsOf(card)).toContain('4 plans: 1 off target, 1 at risk, 1 on target, 1 not reported');
  });

  test('are paged', () => {
    const page = drawn('off-target', 'many, second page');
    expect(pressesOf(page, 'plan-status')).toHaveLength(10);
    expect(textsOf(page)).toContain('Page 2 of 4');
    expect(pressesOf(page, 'off-target').map(({ data }) => data)).toEqual([
      { scope: 'council', page: 1 },
      { scope: 'council', page: 3 },
      {},
    ]);
  });

  test('say so when there are none, whatever the scope holds', () => {
    const none = offTargetCard({
      scopeName: 'X',
      scope: 'x',
      scopes: [],
      period: periodOf('2009/10 Q2'),
      reports: [],
    });
    expect(textsOf(none)).toContain('○ No plan is off target');
  });
});

describe('my updates', () => {
  const card = drawn('my-updates', 'seven, three given');

  test('come overdue first, then due, then given, and count what is given', () => {
    const headings = textsOf(card).filter((text) => /^(● Overdue|○ Due|✔ Given)/.test(text));
    expect(headings).toEqual(['● Overdue', '○ Due', '✔ Given – you can still correct these']);
    expect(textsOf(card)).toContain('3 of 7 given');
  });

  test('open their form with one press each', () => {
    expect(pressesOf(card, 'open-form')).toHaveLength(7);
  });

  test('are paged past twelve', () => {
    const page = drawn('my-updates', 'second page of many');
    expect(pressesOf(page, 'open-form')).toHaveLength(12);
    expect(pressesOf(page, 'my-updates').map(({ data }) => data)).toEqual([{ page: 1 }, { page: 3 }]);
  });
});

test('pages show everything once, and a page that isn’t there becomes the nearest', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 100 }), fc.integer({ min: 1, max: 12 }), (items, size) => {
      const { pages } = pageOf(items, size);
      const all = Array.from({ length: pages }, (_, at) => pageOf(items, size, at + 1).shown).flat();
      expect(all).toEqual(items);
    }),
  );
  expect(pageOf([1, 2, 3], 2, 99).page).toBe(2);
  expect(pageOf([1, 2, 3], 2, -1).page).toBe(1);
  expect(pageOf([1, 2, 3], 2, Number.NaN).page).toBe(1);
});

describe('the digest', () => {
  test('tells each plan off target with its worst exception open and the rest folded', () => {
    const card = drawn('digest', 'portfolio, since last quarter');
    expect(textsOf(card)).toContain('✖ Kent Highway Services');
    const parts = everythingOn(card).filter(({ id }) => String(id).startsWith('plan-0-'));
    expect(parts.map(({ isVisible }) => isVisible)).toEqual([true, false, false, false, false]);
    expect(pressesOf(card, 'digest-plan').map(({ data }) => data)).toContainEqual({
      digest: 'd',
      plan: 'KHS',
      page: 1,
    });
  });

  test('counts what is still missing, and whose it is', () => {
    const card = drawn('digest', 'portfolio, since last quarter');
    expect(everythingOn(card).map(({ title }) => title)).toContain('● Missing: 6 overdue');
    expect(textsOf(card).join('\n')).toContain('Complaints answered within 20 working days – Gwen Ashby');
  });

  test('for scrutiny goes by directorate, each exception with its plan', () => {
    const card = drawn('digest', 'scrutiny');
    expect(textsOf(card)).toEqual(
      expect.arrayContaining(['Environment and Regeneration', 'Communities', 'Libraries and Archives']),
    );
  });

  test('has its pages a press apart', () => {
    const card = drawn('digest', 'the whole council, second page');
    expect(pressesOf(card, 'digest-page').map(({ data }) => data)).toEqual([
      { digest: 'd', page: 1 },
      ...(textsOf(card).includes('Page 2 of 2') ? [] : [{ digest: 'd', page: 3 }]),
    ]);
  });
});

describe('a KPI’s history', () => {
  test('draws a line and says the same figures, with what was corrected and why', () => {
    const card = drawn('kpi-history', 'four quarters, one corrected');
    const chart = everythingOn(card).find(({ type }) => type === 'Chart.Line');
    expect(chart).toMatchObject({ fallback: 'drop', data: [{ legend: 'Result' }, { legend: 'Target' }] });
    const said = textsOf(card);
    for (const figure of ['87.4%', '88.9%', '92.6%', '95.3%']) expect(said).toContain(figure);
    expect(said).toContain('Quarter 1 2009/10 (April to June): was 90.4%');
    expect(said).toContain('Changed because: June’s late returns are now counted.');
  });
});

describe('the receipt', () => {
  test('says the rating with the rule that made it, where the plan stands and what is next', () => {
    const card = drawn('receipt', 'Amber, next waits');
    expect(textsOf(card)).toEqual(
      expect.arrayContaining([
        '▲ Amber – floor met',
        '91.2% against a target of 95%; floor 90%',
        '✖ Off target',
        '3 of 7 given',
        'Next: Street lights working at any time',
      ]),
    );
    expect(pressesOf(card, 'next-form').map(({ data }) => data)).toEqual([{ item: 'kpi/2@2009/10 Q2' }]);
    expect(pressesOf(card, 'correct').map(({ data }) => data)).toEqual([{ item: 'kpi/1@2009/10 Q2' }]);
  });

  test('of a milestone says how it stands in words', () => {
    expect(textsOf(drawn('receipt', 'milestone'))).toContain('At risk');
  });

  test('of a correction shows the earlier figure and the reason', () => {
    const said = textsOf(drawn('receipt', 'correction'));
    expect(said).toContain('91.2%, ▲ Amber – floor met');
    expect(said).toContain('September’s late returns are now counted.');
  });
});

const foot = { asAt: null, dayLine: null, notice: '' };

test('a list says how many, in whole sentences', () => {
  const item = { planTitle: 'Highways', title: 'Potholes', person: 'Priya Raman', period: 'September' };
  const due = { ...item, due: '2009-10-21', state: 'due' as const };
  const late = { ...item, due: '2009-09-21', state: 'overdue' as const };
  const said = (items: (typeof due | typeof late)[]) =>
    textsOf(lateCard({ ...foot, items, today: '2009-10-14' })).slice(0, 2);
  expect(said([due, due])).toEqual(['No update is late', '2 are awaited.']);
  expect(said([late, due])).toEqual(['1 update is late', '1 more is awaited.']);
  const highways = { ref: 'KHS', title: 'Highways', directorate: 'Environment' };
  const found = planChoicesCard({ ...foot, asked: 'roads', found: 'several', plans: [highways] });
  expect(textsOf(found)).toContain('1 plan matches “roads”.');
});
