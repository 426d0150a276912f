import fc from 'fast-check';
import { checkMilestoneUpdate, milestoneFormFields } from '../../src/domain/check-milestone-update.ts';
import { milestoneStates, milestoneUpdateSchema } from '../../src/domain/project.ts';

const today = '2009-10-14';
const check = (typed: Record<string, unknown>, { due = '2009-12-31', asksReason = false } = {}) =>
  checkMilestoneUpdate({ typed, milestone: { due }, asksReason, today });
const faultsOf = (...given: Parameters<typeof check>): Record<string, string> => {
  const checked = check(...given);
  return checked.ok ? {} : checked.faults;
};

const decided = { decisionBy: 'Cabinet', decisionOn: '12 October 2009', decisionReference: 'Minute 34' };

describe('how a milestone stands', () => {
  test('on track needs no more', () => {
    expect(check({ state: 'on-track', percentComplete: '40%' })).toEqual({
      ok: true,
      values: {
        state: 'on-track',
        percentComplete: 40,
        forecast: null,
        completed: null,
        commentary: '',
        decision: null,
        reason: null,
      },
    });
  });

  test('complete on a day is 100%, with its forecast left behind', () => {
    const checked = check({ state: 'complete', completed: '30/9/2009', forecast: '2009-09-28' });
    expect(checked).toMatchObject({
      ok: true,
      values: { percentComplete: 100, completed: '2009-09-30', forecast: null },
    });
  });

  test('at risk with its reason and a forecast is kept', () => {
    const typed = { state: 'At risk', commentary: 'Tender is late.', forecast: '31 January 2010' };
    expect(check(typed)).toMatchObject({ ok: true, values: { state: 'at-risk', forecast: '2010-01-31' } });
  });

  test('deferred and cancelled keep their decision', () => {
    const checked = check({ ...decided, state: 'deferred', commentary: 'No money this year.' });
    expect(checked.ok && checked.values.decision).toEqual({
      by: 'Cabinet',
      on: '2009-10-12',
      reference: 'Minute 34',
    });
    expect(check({ ...decided, state: 'cancelled', commentary: 'Not needed.' }).ok).toBe(true);
  });

  test('a decision typed for another state is left behind', () => {
    const checked = check({ ...decided, state: 'on-track' });
    expect(checked.ok && checked.values.decision).toBeNull();
  });
});

describe('what contradicts itself is asked about, by the field', () => {
  const cases: [Record<string, unknown>, string, string][] = [
    [{}, 'state', 'Choose how the milestone stands.'],
    [{ state: 'finished' }, 'state', 'Choose how the milestone stands.'],
    [{ state: 'complete' }, 'completed', 'Give the date on which it was completed.'],
    [{ state: 'complete', completed: '2009-10-15' }, 'completed', '15 October 2009 is still to come.'],
    [{ state: 'complete', completed: '31 February 2009' }, 'completed', 'There is no 31 February 2009'],
    [
      { state: 'complete', completed: today, percentComplete: '90' },
      'percentComplete',
      'A complete milestone is 100%.',
    ],
    [{ state: 'on-track', percentComplete: '100' }, 'percentComplete', 'You typed 100% and chose On track.'],
    [
      { state: 'not-started', percentComplete: '10' },
      'percentComplete',
      'You typed 10% and chose Not started.',
    ],
    [{ state: 'on-track', percentComplete: '101' }, 'percentComplete', 'whole number from 0 to 100'],
    [{ state: 'on-track', percentComplete: '50.5' }, 'percentComplete', 'whole number from 0 to 100'],
    [{ state: 'on-track', percentComplete: 'half' }, 'percentComplete', 'isn’t a number'],
    [{ state: 'on-track', completed: '2009-10-01' }, 'completed', 'Choose Complete, or clear the date.'],
    [{ state: 'on-track', forecast: '2009-10-13' }, 'forecast', '13 October 2009 has passed.'],
    [{ state: 'at-risk' }, 'commentary', 'Say why it is at risk'],
    [{ state: 'off-track', commentary: 'n/a' }, 'commentary', 'Say why it is off track'],
    [
      { state: 'on-track', forecast: '2010-01-01' },
      'commentary',
      'Say why it is later than 31 December 2009.',
    ],
    [{ ...decided, state: 'deferred' }, 'commentary', 'Say why it is deferred.'],
    [{ ...decided, state: 'cancelled', commentary: 'Cut', decisionBy: '' }, 'decisionBy', 'Say who decided'],
    [
      { ...decided, state: 'cancelled', commentary: 'Cut', decisionReference: '-' },
      'decisionReference',
      'Give the minute',
    ],
    [
      { ...decided, state: 'deferred', commentary: 'Cut', decisionOn: '' },
      'decisionOn',
      'Give the date of the decision.',
    ],
    [
      { ...decided, state: 'deferred', commentary: 'Cut', decisionOn: '1/11/2009' },
      'decisionOn',
      'is still to come',
    ],
    [{ state: 'on-track', commentary: 'x'.repeat(2001) }, 'commentary', 'Take out 1 character.'],
  ];
  test.each(cases)('%j', (typed, field, part) => {
    const faults = faultsOf(typed);
    expect(Object.keys(faults)).toEqual([field]);
    expect(faults[field]).toContain(part);
  });
});

describe('after the due date', () => {
  const due = '2009-09-30';

  test('an open milestone needs a forecast and the reason it is late', () => {
    expect(faultsOf({ state: 'on-track' }, { due })).toEqual({
      forecast:
        'The due date, 30 September 2009, has passed. Give the date by which it will be done, or choose Complete.',
      commentary: 'Say why it is later than 30 September 2009.',
    });
  });

  test('one completed late needs the reason, one completed in time doesn’t', () => {
    expect(Object.keys(faultsOf({ state: 'complete', completed: '2009-10-05' }, { due }))).toEqual([
      'commentary',
    ]);
    expect(check({ state: 'complete', completed: due }, { due }).ok).toBe(true);
  });
});

test('after the lock a reason is needed', () => {
  expect(Object.keys(faultsOf({ state: 'on-track' }, { asksReason: true }))).toEqual(['reason']);
});

test('whatever a client sends is either kept as a sound update or asked about', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.constantFrom('2009-10-01', '2010-01-31', '50', 100, 'because', null, [], {}),
    fc.string({ unit: 'binary' }),
  );
  const fields = {
    ...Object.fromEntries(milestoneFormFields.map((field) => [field, anything])),
    state: fc.oneof(anything, fc.constantFrom(...milestoneStates)),
  };
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: [] }), (typed) => {
      const checked = check(typed);
      if (checked.ok) {
        const rest = {
          milestone: 'm',
          plan: 'p',
          revision: 1,
          submittedBy: 'p',
          submittedAt: '',
          source: 'form',
        };
        const kept = { ...rest, ...checked.values };
        expect(milestoneUpdateSchema.safeParse(kept).success).toBe(true);
        expect((kept.state === 'complete') === (kept.completed !== null)).toBe(true);
        return;
      }
      for (const [field, sentence] of Object.entries(checked.faults)) {
        expect(milestoneFormFields).toContain(field);
        expect(sentence).toMatch(/\.$/);
      }
    }),
    { numRuns: 2000 },
  );
});
