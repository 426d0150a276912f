import fc from 'fast-check';
import {
  explainMissing,
  explainNotDue,
  explainResult,
  explainUnavailable,
  sayProvisional,
} from '../../src/domain/explain.ts';
import type { Kpi } from '../../src/domain/kpi.ts';
import { aKpi, council, ruleOf, withinTen } from './examples.ts';

const explain = (
  result: string,
  own: Partial<Kpi>,
  settings = council.rating,
  lastYear: string | null = null,
) => explainResult(result, ruleOf(own, settings, lastYear), aKpi(own));

test('the result, the target and the floor', () => {
  expect(explain('91.2', { target: '95', floor: '90' })).toBe('91.2% against a target of 95%; floor 90%');
  expect(explain('91.2', { target: '95', method: 'floor' })).toBe('91.2% against a target of 95%');
});

test('how far short it is, and the tolerances it is held to', () => {
  const number = { unit: 'number', decimals: 2 } as const;
  expect(explain('61.54', { ...number, target: '70' }, withinTen)).toBe(
    '61.54 against a target of 70: 12.1% short; Amber within 10%',
  );
  expect(explain('73.4', { target: '75' }, { ...withinTen, greenWithin: '5' })).toBe(
    '73.4% against a target of 75%: 2.1% short; Green within 5%, Amber within 10%',
  );
  expect(explain('96', { target: '95' }, withinTen)).toBe('96% against a target of 95%');
});

test('lower is better: over, not short', () => {
  const days = { unit: 'days', decimals: 1, polarity: 'lower', target: '8' } as const;
  expect(explain('8.8', days, withinTen)).toBe(
    '8.8 days against a target of 8 days: 10% over; Amber within 10%',
  );
});

test('tolerances in the KPI’s own unit, percentage points for percentages', () => {
  expect(explain('48', { target: '50', method: 'absolute', greenWithin: '1', amberWithin: '2.5' })).toBe(
    '48% against a target of 50%: 2 percentage points short; Green within 1 percentage point, Amber within 2.5 percentage points',
  );
  const late = {
    unit: 'days',
    polarity: 'lower',
    target: '10',
    method: 'absolute',
    amberWithin: '1',
  } as const;
  expect(explain('11', late)).toBe('11 days against a target of 10 days: 1 day over; Amber within 1 day');
});

test('compared with last year where the rule says so', () => {
  const improving = { method: 'relative-or-improving', greenWithin: '10', target: '100' } as const;
  expect(explain('89', improving, council.rating, '88.5')).toBe(
    '89% against a target of 100%: 11% short; Green within 10%; 88.5% in the same period last year',
  );
  expect(explain('89', improving)).toBe(
    '89% against a target of 100%: 11% short; Green within 10%; no result for the same period last year',
  );
});

test('a range, and which side of it', () => {
  const range = {
    unit: 'number',
    polarity: 'range',
    target: null,
    rangeLow: '80',
    rangeHigh: '120',
  } as const;
  expect(explain('100', range, withinTen)).toBe('100 against a range of 80 to 120');
  expect(explain('72', range, withinTen)).toBe(
    '72 against a range of 80 to 120: 10% below it; Amber within 10%',
  );
  expect(explain('126', range, withinTen)).toBe(
    '126 against a range of 80 to 120: 5% above it; Amber within 10%',
  );
  const calls = {
    kind: 'activity',
    unit: 'number',
    target: null,
    rangeLow: '400',
    rangeHigh: '500',
  } as const;
  expect(explain('1234', calls)).toBe('1,234 against an expected range of 400 to 500');
});

test('a target of 0', () => {
  const complaints = { unit: 'number', polarity: 'lower', target: '0' } as const;
  expect(explain('3', complaints, withinTen)).toBe(
    '3 against a target of 0: any miss of 0 is outside every percentage',
  );
});

test('yes and no', () => {
  expect(explain('0', { unit: 'yes-no', target: '1', method: 'floor' })).toBe('No against a target of Yes');
});

test('why something is not rated', () => {
  expect(explain('71', { target: 'Top quartile' })).toBe(
    '71%; not rated, because the target “Top quartile” is not a number',
  );
  expect(explain('71', { target: null })).toBe('71%; not rated, because no target is set');
  expect(explain('71', { kind: 'activity', target: null })).toBe('71%; not rated, because no range is set');
  expect(explain('71', { kind: 'data-only' })).toBe('71%; shown for information and not rated');
});

test('a miss never prints as if it were met: 97.93 against 98 with no decimals', () => {
  const whole = { decimals: 0, target: '98' } as const;
  expect(explain('97.93', { ...whole, floor: '90' })).toBe('97.9% against a target of 98%; floor 90%');
  expect(explain('97.996', { ...whole, floor: '90' })).toBe('97.996% against a target of 98%; floor 90%');
  expect(explain('89.6', { ...whole, floor: '90' })).toBe('89.6% against a target of 98%; floor 90%');
  expect(explain('97.5', { decimals: 0, target: '97.8', floor: '90' })).toBe(
    '97.5% against a target of 97.8%; floor 90%',
  );
  expect(explain('89.9999', { ...whole, target: '100' }, withinTen)).toBe(
    '89.9999% against a target of 100%: 10.0001% short; Amber within 10%',
  );
});

test('whatever is printed is on the same side of the target and the floor as the result itself', () => {
  const thousandths = fc.integer({ min: -200_000, max: 200_000 });
  const text = (figure: number) => (figure / 1000).toFixed(3);
  const printed = /^(-?[\d.,]+) against a target of (-?[\d.,]+); floor (-?[\d.,]+)$/;
  fc.assert(
    fc.property(
      thousandths,
      fc.integer({ min: -600, max: 600 }),
      fc.nat(900),
      fc.nat(3),
      (target, off, gap, decimals) => {
        const own = { unit: 'number', decimals, target: text(target), floor: text(target - gap) } as const;
        const words = explain(text(target + off), own);
        const [result, aim, floor] = printed
          .exec(words)!
          .slice(1)
          .map((figure) => Number(figure.replaceAll(',', '')));
        expect(aim).toBe(target / 1000);
        expect(floor).toBe((target - gap) / 1000);
        expect(Math.sign(result! - aim!)).toBe(Math.sign(off));
        expect(Math.sign(result! - floor!)).toBe(Math.sign(off + gap));
      },
    ),
    { numRuns: 500 },
  );
});

test('a figure that may still change says so first, so that no one takes the floor for provisional', () => {
  expect(sayProvisional('176 against a target of 170; floor 183', true)).toBe(
    'Provisional: 176 against a target of 170; floor 183',
  );
  expect(sayProvisional('176 against a target of 170; floor 183')).not.toContain('rovisional');
});

test('why there is no figure', () => {
  expect(explainUnavailable({ reason: 'The survey is late', expected: '2010-01-12' })).toBe(
    'Not available: The survey is late; expected by 12 January 2010',
  );
  expect(explainUnavailable({ reason: 'The survey is late', expected: null })).toBe(
    'Not available: The survey is late',
  );
  expect(explainMissing('2009-10-21', false)).toBe('Due by 21 October 2009');
  expect(explainMissing('2009-10-21', true)).toBe('Was due by 21 October 2009');
  expect(explainNotDue('annual')).toBe('Not due in this period: reported once a year');
});
