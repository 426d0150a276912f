import fc from 'fast-check';
import { type CheckedKpiUpdate, checkKpiUpdate, kpiFormFields } from '../../src/domain/check-kpi-update.ts';
import type { Kpi } from '../../src/domain/kpi.ts';
import { kpiUpdateSchema } from '../../src/domain/kpi.ts';
import { settleRule } from '../../src/domain/rating.ts';
import { aKpi, quarter2 as period, withinTen } from './examples.ts';

const potholes = aKpi({ floor: '90' });
const visits: Kpi = { ...potholes, unit: 'number', decimals: 0, target: '1000', floor: '900' };

const today = '2009-10-14';

const check = (
  typed: Record<string, unknown>,
  { kpi = potholes, asksReason = false } = {},
): CheckedKpiUpdate =>
  checkKpiUpdate({ typed, kpi, period, rule: settleRule(kpi, period, withinTen, null), asksReason, today });

const faultsOf = (checked: CheckedKpiUpdate) => (checked.ok ? {} : checked.faults);
const ratingOf = (checked: CheckedKpiUpdate) => (checked.ok ? null : checked.ratingSoFar);

const explained = {
  commentary: 'Two gangs were short.',
  action: 'A third gang starts.',
  actionBy: '2009-11-30',
};

describe('a result', () => {
  test('that meets the target is kept without commentary', () => {
    expect(check({ result: '95%', provisional: 'true' })).toEqual({
      ok: true,
      values: {
        result: '95',
        numerator: null,
        denominator: null,
        provisional: true,
        unavailable: null,
        forecast: null,
        commentary: '',
        action: '',
        actionBy: null,
        dataAge: null,
        reason: null,
      },
    });
  });

  test('with everything is kept as it was typed', () => {
    const checked = check({
      ...explained,
      result: '85.5',
      forecast: '92',
      commentary: ' Two gangs\r\nwere short. ',
      actionBy: '30 November 2009',
      dataAge: 'June 2009',
    });
    expect(checked).toMatchObject({
      ok: true,
      values: {
        result: '85.5',
        forecast: '92',
        commentary: 'Two gangs\nwere short.',
        actionBy: '2009-11-30',
        dataAge: 'June 2009',
      },
    });
  });

  test('that is missing is asked for with the months it is about', () => {
    expect(faultsOf(check({}))).toEqual({
      result:
        'Type the result for Quarter 2 2009/10 (July to September), or say that there is no result yet and why.',
    });
  });

  test('that can’t be read keeps its sentence by the field', () => {
    expect(faultsOf(check({ result: '12,5' })).result).toBe(
      'Do you mean 12.5 or 125? Type “12,5” again without the comma.',
    );
    expect(faultsOf(check({ result: '95', forecast: 'abc' })).forecast).toContain('isn’t a number');
  });

  test('a figure below zero is asked about unless the commentary says why', () => {
    expect(faultsOf(check({ ...explained, commentary: '', result: '-3' }, { kpi: visits })).result).toContain(
      'If -3 is right, say why in the commentary',
    );
    expect(check({ ...explained, result: '-3' }, { kpi: visits }).ok).toBe(true);
    const errors: Kpi = { ...visits, unit: 'rate:1000', polarity: 'lower', target: '2', floor: '3' };
    expect(faultsOf(check({ result: '-1' }, { kpi: errors })).result).toContain('isn’t usually below zero');
    const change = { ...visits, target: '-10', floor: '-20' };
    expect(check({ result: '-3' }, { kpi: change }).ok).toBe(true);
  });
});

describe('a result that comes out Amber or Red', () => {
  test('is asked for its cause and a dated action, and says how it comes out', () => {
    const checked = check({ result: '91.2' });
    expect(ratingOf(checked)).toBe('amber');
    expect(faultsOf(checked)).toEqual({
      commentary: 'This result comes out as ▲ Amber – floor met. Say what caused it.',
      action: 'This result comes out as ▲ Amber – floor met. Say what is being done about it.',
      actionBy: 'Give the date by which the action will be done.',
    });
    expect(ratingOf(check({ result: '80' }))).toBe('red');
    expect(check({ ...explained, result: '80' }).ok).toBe(true);
  });

  test('a dash or n/a is no commentary', () => {
    for (const commentary of ['-', '.', 'n/a', 'TBC', '…']) {
      expect(faultsOf(check({ ...explained, result: '80', commentary })).commentary).toContain(
        'what caused it',
      );
    }
  });

  test('an action by a day that has passed is asked about at first, not in a correction', () => {
    const typed = { ...explained, result: '80', actionBy: '2009-10-13', reason: 'Recounted' };
    expect(faultsOf(check(typed)).actionBy).toContain('This date has passed');
    expect(check(typed, { asksReason: true }).ok).toBe(true);
    expect(check({ ...typed, actionBy: today }).ok).toBe(true);
  });

  test('an action on 31 February is asked about', () => {
    expect(faultsOf(check({ ...explained, result: '80', actionBy: '31/2/2010' })).actionBy).toContain(
      'There is no 31 February 2010',
    );
  });

  test('out of an activity’s range is no reason to ask', () => {
    const activity = { ...visits, kind: 'activity', rangeLow: '10', rangeHigh: '20' } as const;
    expect(check({ result: '80' }, { kpi: activity }).ok).toBe(true);
  });
});

describe('numerator and denominator', () => {
  test('are asked for where the year to date is worked out from them', () => {
    const share = { ...potholes, yearToDate: 'ratio' } as const;
    expect(Object.keys(faultsOf(check({}, { kpi: share })))).toEqual(['numerator']);
    expect(faultsOf(check({}, { kpi: share })).numerator).toContain('Type the numerator and denominator for');
  });

  test('give the exact result', () => {
    const checked = check({ ...explained, numerator: '14', denominator: '30' });
    expect(checked.ok && checked.values).toMatchObject({ numerator: '14', denominator: '30' });
    expect(checked.ok && checked.values.result).toMatch(/^46\.66666/);
  });

  test('may give more than 100%, as councils have printed', () => {
    const checked = check({ numerator: '10,503', denominator: '9,099' });
    expect(checked.ok && checked.values.result).toMatch(/^115\.43/);
  });

  test('pounds of pounds are understood', () => {
    const checked = check({ numerator: '£3.9m', denominator: '£4m' });
    expect(checked.ok && checked.values.result).toBe('97.5');
  });

  test.each([
    [{ numerator: '14' }, 'denominator', 'Type the denominator as well'],
    [{ denominator: '30' }, 'numerator', 'Type the numerator as well'],
    [{ numerator: '14', denominator: '0' }, 'denominator', 'The denominator is 0'],
    [{ numerator: '14', denominator: '-3' }, 'denominator', 'can’t be below zero'],
    [{ numerator: '1..4', denominator: '30' }, 'numerator', 'more than one decimal point'],
    [{ numerator: '4000', denominator: '30' }, 'numerator', 'the right way round'],
    [
      { numerator: '96', denominator: '100', result: '95' },
      'result',
      'The numerator and denominator give 96%',
    ],
  ])('%j is asked about', (typed, field, part) => {
    expect(faultsOf(check(typed))[field]).toContain(part);
  });

  test('a result beside them is taken when it says the same', () => {
    expect(check({ ...explained, numerator: '14', denominator: '30', result: '46.7%' }).ok).toBe(true);
    const first = check({ ...explained, numerator: '14', denominator: '30' });
    const result = first.ok ? first.values.result : null;
    expect(check({ ...explained, numerator: '14', denominator: '30', result }).ok).toBe(true);
  });
});

describe('a result that is not available', () => {
  const missing = { unavailable: 'true', unavailableReason: 'The survey is late.', expected: '30/11/2009' };

  test('is kept with its reason and the date it is expected', () => {
    const checked = check({ ...missing, provisional: 'true' });
    expect(checked.ok && checked.values).toMatchObject({
      result: null,
      provisional: false,
      unavailable: { reason: 'The survey is late.', expected: '2009-11-30' },
    });
  });

  test.each([
    [{ ...missing, result: '95' }, 'unavailable', 'Clear one of them'],
    [{ ...missing, numerator: '95' }, 'unavailable', 'Clear one of them'],
    [{ ...missing, unavailableReason: '' }, 'unavailableReason', 'Say why'],
    [{ ...missing, expected: '' }, 'expected', 'Give the date on which you expect'],
    [{ ...missing, expected: '31/2/2010' }, 'expected', 'There is no 31 February 2010'],
    [{ ...missing, expected: today }, 'expected', 'must be after today'],
  ])('%j is asked about', (typed, field, part) => {
    const checked = check(typed);
    expect(Object.keys(faultsOf(checked))).toEqual([field]);
    expect(faultsOf(checked)[field]).toContain(part);
  });

  test('a reason and a date without a figure say so without the tick', () => {
    const checked = check({ ...missing, unavailable: 'false' });
    expect(checked.ok && checked.values.unavailable?.expected).toBe('2009-11-30');
    expect(Object.keys(faultsOf(check({ unavailableReason: 'The survey is late.' })))).toEqual(['expected']);
  });

  test('a reason left over from before doesn’t stand in the way of the result', () => {
    const checked = check({ ...missing, unavailable: 'false', result: '96' });
    expect(checked.ok && checked.values.unavailable).toBeNull();
  });
});

test('a correction needs a reason', () => {
  expect(faultsOf(check({ result: '96' }, { asksReason: true }))).toEqual({
    reason: 'Say why you are giving or changing this figure now.',
  });
  const checked = check({ result: '96', reason: 'Recounted.' }, { asksReason: true });
  expect(checked.ok && checked.values.reason).toBe('Recounted.');
});

test('a text that is too long says by how much', () => {
  expect(faultsOf(check({ result: '96', commentary: 'x'.repeat(2134) })).commentary).toBe(
    'This is 2,134 characters and the most is 2,000. Take out 134 characters.',
  );
  expect(check({ result: '96', commentary: '👍'.repeat(2000) }).ok).toBe(true);
});

test('every fault is told at once', () => {
  const checked = check({ result: '80', forecast: 'x', commentary: 'y'.repeat(2001) }, { asksReason: true });
  expect(Object.keys(faultsOf(checked)).sort()).toEqual([
    'action',
    'actionBy',
    'commentary',
    'forecast',
    'reason',
  ]);
});

test('whatever a client sends is either kept as a sound update or asked about', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.constantFrom('95', 'true', '2010-01-31', 'because', 80, true, null, [], {}, Number.NaN),
    fc.string({ unit: 'binary' }),
  );
  const fields = Object.fromEntries(kpiFormFields.map((field) => [field, anything]));
  const shape = kpiUpdateSchema.omit({ rating: true });
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: [] }), fc.boolean(), (typed, asksReason) => {
      const checked = check(typed, { asksReason });
      if (!checked.ok) {
        for (const [field, sentence] of Object.entries(checked.faults)) {
          expect(kpiFormFields).toContain(field);
          expect(sentence).toMatch(/[.?]$/);
        }
        expect(Object.keys(checked.faults).length).toBeGreaterThan(0);
        return;
      }
      const { values } = checked;
      const update = {
        kpi: 'a',
        plan: 'b',
        period: period.key,
        revision: 1,
        submittedBy: 'p',
        submittedAt: '',
        source: 'form',
      };
      expect(shape.safeParse({ ...update, ...values }).success).toBe(true);
      expect((values.result === null) !== (values.unavailable === null)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
