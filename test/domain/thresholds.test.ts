import fc from 'fast-check';
import type { Kpi } from '../../src/domain/kpi.ts';
import { checkRatingSettings, checkThresholds } from '../../src/domain/thresholds.ts';
import { aKpi, council, published, withinTen } from './examples.ts';

const faults = (own: Partial<Kpi>, settings = council.rating) => checkThresholds(aKpi(own), settings);
const columns = (own: Partial<Kpi>, settings = council.rating) =>
  faults(own, settings).map(({ column }) => column);

test('every council’s published settings are in order', () => {
  for (const settings of Object.values(published)) expect(checkRatingSettings(settings)).toEqual([]);
});

test('the council’s own tolerances are checked too', () => {
  expect(checkRatingSettings({ ...withinTen, greenWithin: '-1' })).toMatchObject([{ column: 'greenWithin' }]);
  expect(checkRatingSettings({ ...withinTen, greenWithin: '11' })).toMatchObject([{ column: 'amberWithin' }]);
});

test('a floor above the target is refused where higher is better, with what to do', () => {
  expect(faults({ target: '95', floor: '97' })).toEqual([
    {
      period: null,
      column: 'floor',
      sentence:
        'The floor of 97 is above the target of 95, but higher is better. Put the floor at or below the target, or change polarity to lower.',
    },
  ]);
  expect(faults({ target: '95', floor: '95' })).toEqual([]);
});

test('a floor below the target is refused where lower is better', () => {
  expect(faults({ target: '8', floor: '7', polarity: 'lower' })).toMatchObject([
    { column: 'floor', sentence: expect.stringContaining('change polarity to higher') },
  ]);
  expect(faults({ target: '0', floor: '50', polarity: 'lower' })).toEqual([]);
});

test('each period of the target profile is checked, with the year’s floor where it has none', () => {
  const targets = {
    '2009/10 Q1': { target: '30', floor: null },
    '2009/10 Q2': { target: '60', floor: '70' },
    '2009/10 Q3': { target: '110', floor: null },
  };
  expect(faults({ target: '120', floor: '100', targets })).toMatchObject([
    {
      period: '2009/10 Q1',
      column: 'floor',
      sentence: expect.stringContaining('Give 2009/10 Q1 a floor of its own'),
    },
    { period: '2009/10 Q2', column: 'floor', sentence: expect.stringContaining('The floor of 70') },
  ]);
});

test('a floor inside a range is refused; outside it is fine', () => {
  const range = { polarity: 'range', target: null, rangeLow: '80', rangeHigh: '120' } as const;
  expect(columns({ ...range, floor: '90' })).toEqual(['floor']);
  for (const floor of ['70', '80', '120', '130']) expect(columns({ ...range, floor })).toEqual([]);
});

test('a negative tolerance is refused', () => {
  expect(columns({ greenWithin: '-1' }, withinTen)).toEqual(['green_within']);
  expect(columns({ amberWithin: '-0.5', greenWithin: '-1' }, withinTen)).toEqual([
    'green_within',
    'amber_within',
  ]);
});

test('a green band wider than the amber one is refused, the council’s tolerance counted in', () => {
  expect(columns({ greenWithin: '12', amberWithin: '11' }, withinTen)).toEqual(['amber_within']);
  expect(columns({ greenWithin: '12' }, withinTen)).toEqual(['green_within']);
  expect(columns({ greenWithin: '10' }, withinTen)).toEqual([]);
});

test('what the council’s own settings get wrong is not said again for every KPI', () => {
  const overlapping = { ...withinTen, greenWithin: '20' };
  expect(columns({}, overlapping)).toEqual([]);
  expect(columns({ amberWithin: '15' }, overlapping)).toEqual(['amber_within']);
});

test('a floor and an amber tolerance that draw two lines are refused, unless they are the same line', () => {
  expect(columns({ target: '100', floor: '90', amberWithin: '5' })).toEqual(['amber_within']);
  expect(columns({ target: '100', floor: '90', amberWithin: '10' })).toEqual([]);
  expect(
    columns({ target: '95', floor: '90', amberWithin: '5' }, { ...withinTen, method: 'absolute' }),
  ).toEqual([]);
  expect(columns({ target: '95', floor: '90', amberWithin: '5' }, withinTen)).toEqual(['amber_within']);
  expect(columns({ target: '100', floor: '90', amberWithin: '5', method: 'relative' })).toEqual([]);
});

test('a tolerance that the method would never use is refused rather than ignored', () => {
  expect(columns({ target: '100', floor: '90', greenWithin: '2' })).toEqual(['green_within']);
  expect(columns({ target: '100', floor: '90', greenWithin: '0' })).toEqual([]);
  expect(columns({ target: '100', method: 'floor', amberWithin: '5' })).toEqual(['amber_within']);
});

test('method floor without a floor is fine', () => expect(faults({ method: 'floor' })).toEqual([]));

test('a range or activity KPI needs both bounds, the lower one first', () => {
  expect(columns({ polarity: 'range' })).toEqual(['range_low', 'range_high']);
  expect(columns({ kind: 'activity', rangeLow: '1' })).toEqual(['range_high']);
  expect(columns({ kind: 'activity', rangeLow: '9', rangeHigh: '10' })).toEqual([]);
  expect(faults({ kind: 'activity', rangeLow: '10', rangeHigh: '9' })).toEqual([
    {
      period: null,
      column: 'range_low',
      sentence: 'The low bound of 10 is above the high bound of 9. Swap them.',
    },
  ]);
});

test('a data-only KPI and a target in words have no thresholds to be wrong', () => {
  expect(faults({ kind: 'data-only', floor: '97' })).toEqual([]);
  expect(faults({ target: 'Top quartile', floor: '97' })).toEqual([]);
});

test('every fault has a remedy, whatever the thresholds', () => {
  const figure = fc.option(fc.integer({ min: -20, max: 120 }).map(String));
  const any = fc.record({
    kind: fc.constantFrom('target' as const, 'activity' as const, 'data-only' as const),
    polarity: fc.constantFrom('higher' as const, 'lower' as const, 'range' as const),
    method: fc.option(fc.constantFrom('floor' as const, 'relative' as const, 'absolute' as const)),
    target: fc.oneof(figure, fc.constant('Top quartile')),
    floor: figure,
    greenWithin: figure,
    amberWithin: figure,
    rangeLow: figure,
    rangeHigh: figure,
  });
  fc.assert(
    fc.property(any, (own) => {
      for (const { sentence } of faults(own)) {
        expect(sentence).toMatch(/\. (Put|Swap|Write|Give|Leave|Make) .*\.$/);
      }
    }),
  );
});
