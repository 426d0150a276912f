import { periodOf } from '../../src/domain/periods.ts';
import {
  overrideRating,
  rateForecast,
  rateResult,
  settleRule,
  shownRating,
} from '../../src/domain/rating.ts';
import { aKpi, anUpdate, council, published, quarter2, rate, ruleOf, withinTen } from './examples.ts';

describe('the published rules', () => {
  const kent = published['Kent County Council'];
  const bracknell = published['Bracknell Forest Council'];
  const maidstone = published['Maidstone Borough Council'];
  const belfast = published['Belfast City Council'];
  const havering = published['London Borough of Havering'];

  it.each([
    ['95', 'green', 'the target is met exactly'],
    ['94.9', 'amber', 'the floor is met'],
    ['90', 'amber', 'the floor is met exactly'],
    ['89.999', 'red', 'the floor is missed'],
  ])('Kent: %s%% against 95%% with a floor of 90%% is %s, because %s', (result, rating) => {
    expect(rate(result, { target: '95', floor: '90' }, kent)).toBe(rating);
  });

  it('Kent: an activity indicator has an expected range and is never Red, Amber or Green', () => {
    const calls = { kind: 'activity', target: null, rangeLow: '400', rangeHigh: '500' } as const;
    expect(rate('399', calls, kent)).toBe('below-range');
    expect(rate('400', calls, kent)).toBe('within-range');
    expect(rate('500', calls, kent)).toBe('within-range');
    expect(rate('500.01', calls, kent)).toBe('above-range');
  });

  it.each([
    ['95', 'green'],
    ['94.99', 'amber'],
    ['90', 'amber'],
    ['89.99', 'red'],
  ])('Bracknell Forest: %s against 100 is %s: Green within 5%%, Amber within 10%%', (result, rating) => {
    expect(rate(result, { target: '100' }, bracknell)).toBe(rating);
  });

  it('Maidstone: 61.54 against 70 is 12.1% short, so Red', () => {
    expect(rate('61.54', { target: '70' }, maidstone)).toBe('red');
    expect(rate('63', { target: '70' }, maidstone)).toBe('amber');
  });

  it.each([
    ['99', 'green'],
    ['98.99', 'amber'],
    ['95', 'amber'],
    ['94.99', 'red'],
  ])('Belfast: %s against 100 is %s: Green within 1%%, Amber within 5%%', (result, rating) => {
    expect(rate(result, { target: '100' }, belfast)).toBe(rating);
  });

  it.each<[string, string | null, string, string]>([
    ['90', '95', 'green', 'it is within 10% of the target'],
    ['89', '89', 'amber', 'it is no worse than the same quarter last year'],
    ['89', '88', 'amber', 'it is better than the same quarter last year'],
    ['89', '89.1', 'red', 'it is worse than the same quarter last year'],
    ['89', null, 'red', 'there is nothing to be no worse than'],
  ])('Havering 2014/15: %s against 100, last year %s, is %s, because %s', (result, lastYear, rating) => {
    expect(rate(result, { target: '100' }, havering, lastYear)).toBe(rating);
  });

  it('Havering 2014/15: no worse follows the polarity', () => {
    const sickness = { target: '8', polarity: 'lower' } as const;
    expect(rate('10', sickness, havering, '11')).toBe('amber');
    expect(rate('10', sickness, havering, '9')).toBe('red');
  });
});

describe('what is rated at all', () => {
  it('no result is no data', () => expect(rate(null, {})).toBe('no-data'));

  it('a data-only KPI is never rated, even with a target', () => {
    expect(rate('20', { kind: 'data-only', target: '95' })).toBe('not-rated');
  });

  it('a KPI without a target is not rated', () => expect(rate('20', { target: null })).toBe('not-rated'));

  it.each([
    'Top quartile',
    'Greater than 50%',
    '4 (quarterly target)',
    'Maintain 9% or above',
    '',
    'n/a',
    '1e3',
  ])('a target that is words, such as “%s”, breaks nothing and is not rated', (target) =>
    expect(rate('20', { target, floor: '10' })).toBe('not-rated'),
  );

  it('an activity KPI without a range, or a range KPI without bounds, is not rated', () => {
    expect(rate('20', { kind: 'activity' })).toBe('not-rated');
    expect(rate('20', { polarity: 'range' })).toBe('not-rated');
  });

  it('yes and no are 1 and 0', () => {
    const accredited = { unit: 'yes-no', target: 'Yes', method: 'relative' } as const;
    expect(rate('1', accredited)).toBe('green');
    expect(rate('0', accredited)).toBe('red');
  });
});

describe('a boundary belongs to the better side', () => {
  it('63 against 70 with 10% is Amber, never a floating-point accident', () => {
    expect(rate('63', { target: '70' }, withinTen)).toBe('amber');
    expect(rate('62.99999999999999999999', { target: '70' }, withinTen)).toBe('red');
  });

  it('97.93 against 98 is a miss although it prints as 98%', () => {
    expect(rate('97.93', { target: '98', decimals: 0 }, withinTen)).toBe('amber');
    expect(rate('97.99999999999999999999', { target: '98', method: 'floor' })).toBe('red');
  });

  it('exactly the tolerance short is within it, in the unit’s own measure too', () => {
    const wait = {
      unit: 'days',
      polarity: 'lower',
      target: '10',
      method: 'absolute',
      greenWithin: '0.1',
    } as const;
    expect(rate('10.1', { ...wait, amberWithin: '0.3' })).toBe('green');
    expect(rate('10.3', { ...wait, amberWithin: '0.3' })).toBe('amber');
    expect(rate('10.31', { ...wait, amberWithin: '0.3' })).toBe('red');
  });

  it('absolute tolerances of a percentage are percentage points', () => {
    expect(rate('48', { target: '50', method: 'absolute', amberWithin: '2' })).toBe('amber');
    expect(rate('48', { target: '50', method: 'relative', amberWithin: '2' })).toBe('red');
  });
});

describe('the direction of a shortfall', () => {
  it('lower is better: over the target is the miss', () => {
    const sickness = { target: '8', floor: '9', polarity: 'lower' } as const;
    expect(rate('7', sickness)).toBe('green');
    expect(rate('8', sickness)).toBe('green');
    expect(rate('9', sickness)).toBe('amber');
    expect(rate('9.01', sickness)).toBe('red');
    expect(rate('8.8', { target: '8', polarity: 'lower' }, withinTen)).toBe('amber');
    expect(rate('8.81', { target: '8', polarity: 'lower' }, withinTen)).toBe('red');
  });

  it('a target of 0: any shortfall is beyond every relative tolerance', () => {
    const complaints = { target: '0', polarity: 'lower' } as const;
    expect(rate('0', complaints, withinTen)).toBe('green');
    expect(rate('0.0001', complaints, { ...withinTen, amberWithin: '1000' })).toBe('red');
    expect(rate('1', { ...complaints, method: 'absolute', amberWithin: '1' })).toBe('amber');
    expect(rate('50', { ...complaints, floor: '50' })).toBe('amber');
    expect(rate('-1', { target: '0' }, withinTen)).toBe('red');
  });

  it('a negative target: the tolerance is a share of its size', () => {
    expect(rate('-110', { target: '-100' }, withinTen)).toBe('amber');
    expect(rate('-110.1', { target: '-100' }, withinTen)).toBe('red');
    expect(rate('-90', { target: '-100' }, withinTen)).toBe('green');
    expect(rate('-90', { target: '-100', polarity: 'lower' }, withinTen)).toBe('amber');
    expect(rate('-89.9', { target: '-100', polarity: 'lower' }, withinTen)).toBe('red');
  });

  const range = { polarity: 'range', target: null, rangeLow: '80', rangeHigh: '120' } as const;

  it('a range: inside is Green, outside the nearer bound is what counts', () => {
    for (const inside of ['80', '100', '120']) expect(rate(inside, range, withinTen)).toBe('green');
    expect(rate('72', range, withinTen)).toBe('amber');
    expect(rate('71.99', range, withinTen)).toBe('red');
    expect(rate('132', range, withinTen)).toBe('amber');
    expect(rate('132.01', range, withinTen)).toBe('red');
    const absolute = { ...range, method: 'absolute', amberWithin: '5' } as const;
    expect(rate('75', absolute)).toBe('amber');
    expect(rate('125', absolute)).toBe('amber');
    expect(rate('125.1', absolute)).toBe('red');
  });

  it('a range with a floor: the floor stands for its own side alone', () => {
    expect(rate('70', { ...range, floor: '70' })).toBe('amber');
    expect(rate('69', { ...range, floor: '70' })).toBe('red');
    expect(rate('121', { ...range, floor: '70' })).toBe('red');
    expect(rate('130', { ...range, floor: '130' })).toBe('amber');
    expect(rate('79', { ...range, floor: '130' })).toBe('red');
  });

  it('a range compared with last year: nearer to the bounds is no worse', () => {
    const improving = { ...range, method: 'relative-or-improving', greenWithin: '0' } as const;
    expect(rate('70', improving, council.rating, '135')).toBe('amber');
    expect(rate('70', improving, council.rating, '125')).toBe('red');
  });
});

describe('which rule a KPI is rated by', () => {
  it('the council’s, unless the KPI says otherwise', () => {
    expect(ruleOf({}, withinTen)).toMatchObject({ method: 'relative', greenWithin: '0', amberWithin: '10' });
    const own = { method: 'absolute', greenWithin: '1', amberWithin: '2' } as const;
    expect(ruleOf(own, withinTen)).toMatchObject(own);
  });

  it('a KPI with a floor uses it unless it says otherwise, and then no tolerance', () => {
    const bracknell = { method: 'relative', greenWithin: '5', amberWithin: '10' } as const;
    expect(ruleOf({ floor: '90' }, bracknell)).toMatchObject({ method: 'floor', greenWithin: '0' });
    expect(rate('94', { floor: '94.5' }, bracknell)).toBe('red');
    expect(rate('94', { floor: '94.5', method: 'relative' }, bracknell)).toBe('green');
  });

  it('method floor without a floor: the target is the only line', () => {
    expect(rate('95', { method: 'floor' })).toBe('green');
    expect(rate('94.99', { method: 'floor' })).toBe('red');
  });

  it('the period’s own target and floor where the profile has them, else the year’s', () => {
    const kpi = aKpi({
      target: '120',
      floor: '100',
      targets: { '2009/10 Q1': { target: '30', floor: '25' }, '2009/10 Q2': { target: '110', floor: null } },
    });
    const lines = (period: string) => settleRule(kpi, periodOf(period), council.rating, null);
    expect(lines('2009/10 Q1')).toMatchObject({ target: '30', floor: '25' });
    expect(lines('2009/10 Q2')).toMatchObject({ target: '110', floor: '100' });
    expect(lines('2009/10 Q3')).toMatchObject({ target: '120', floor: '100' });
  });

  it('is kept whole with the rating, so that the same rule gives the same rating for ever', () => {
    const update = anUpdate(aKpi({ floor: '90' }), '2009/10 Q2', { result: '91.2' });
    expect(update.rating).toEqual({
      computed: 'amber',
      override: null,
      rule: {
        ruleVersion: 1,
        kind: 'target',
        method: 'floor',
        polarity: 'higher',
        target: '95',
        targetText: '95',
        floor: '90',
        greenWithin: '0',
        amberWithin: '0',
        rangeLow: null,
        rangeHigh: null,
        lastYear: null,
      },
    });
  });

  it('last year’s result is kept only where it decides', () => {
    expect(ruleOf({}, withinTen, '80').lastYear).toBeNull();
    expect(ruleOf({ method: 'relative-or-improving' }, withinTen, '80').lastYear).toBe('80');
  });
});

describe('a year-end forecast', () => {
  const kpi = aKpi({ target: '120', floor: '100', targets: { '2009/10 Q2': { target: '60', floor: '50' } } });
  const rule = settleRule(kpi, quarter2, council.rating, null);

  it('is rated by the same rule against the year’s target and the KPI’s floor', () => {
    expect(rateForecast('120', kpi, '2009/10', rule, null)).toBe('green');
    expect(rateForecast('100', kpi, '2009/10', rule, null)).toBe('amber');
    expect(rateForecast('99', kpi, '2009/10', rule, null)).toBe('red');
    expect(rateResult('99', rule)).toBe('green');
  });

  it('is compared with last year’s outturn where the rule asks for it', () => {
    const improving = settleRule(aKpi(), quarter2, published['London Borough of Havering']!, '50');
    expect(rateForecast('80', aKpi(), '2009/10', improving, '80')).toBe('amber');
    expect(rateForecast('80', aKpi(), '2009/10', improving, '81')).toBe('red');
  });
});

describe('overriding a rating', () => {
  const stored = anUpdate(aKpi({ floor: '90' }), '2009/10 Q2', { result: '89' }).rating;
  const override = {
    rating: 'amber',
    reason: 'One depot was flooded for the whole of July',
    approvedBy: 'p7',
    approvedAt: '2009-10-12T10:00:00Z',
  } as const;

  it('puts it beside the computed rating, which stays', () => {
    const overridden = overrideRating(stored, override);
    expect(overridden).toEqual({ ok: true, rating: { ...stored, override } });
    expect(overridden.ok && shownRating(overridden.rating)).toBe('amber');
    expect(overridden.ok && overridden.rating.computed).toBe('red');
    expect(shownRating(stored)).toBe('red');
  });

  it('needs a reason and an approver', () => {
    expect(overrideRating(stored, { ...override, reason: '  ' })).toMatchObject({ fault: 'needs-reason' });
    expect(overrideRating(stored, { ...override, approvedBy: '' })).toMatchObject({
      fault: 'needs-approver',
    });
  });

  it('is not for what is never Red, Amber or Green', () => {
    const activity = anUpdate(aKpi({ kind: 'activity', rangeLow: '1', rangeHigh: '2' }), '2009/10 Q2', {
      result: '3',
    });
    const nothing = anUpdate(aKpi(), '2009/10 Q2', { result: null });
    expect(overrideRating(activity.rating, override)).toMatchObject({ fault: 'never-rated' });
    expect(overrideRating(nothing.rating, override)).toMatchObject({ fault: 'never-rated' });
  });

  it('may rate by judgement a result whose target is words', () => {
    const words = anUpdate(aKpi({ target: 'Top quartile' }), '2009/10 Q2', { result: '71' });
    expect(words.rating.computed).toBe('not-rated');
    expect(overrideRating(words.rating, override)).toMatchObject({ ok: true });
  });
});
