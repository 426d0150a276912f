import { samplesOf, screens } from '../../scripts/card-gallery/screens.ts';
import { CARD_LIMIT, sizeOf } from '../../src/teams/cards/fitting.ts';
import type { Card } from '../../src/teams/cards/render.ts';
import { everythingOn, inputOf, textsOf } from './reading.ts';

const kpiForm = (changes: object): Card =>
  screens['kpi-form']!({ ...samplesOf('kpi-form')[0]!.view, ...changes });
const milestoneForm = (changes: object): Card =>
  screens['milestone-form']!({ ...samplesOf('milestone-form')[0]!.view, ...changes });
const isOpen = (card: Card, section: string) =>
  everythingOn(card).find(({ id }) => id === section)?.isVisible !== false;

describe('the KPI form', () => {
  test('shows the plan, the period with its months, target, floor, which way is better and the last result', () => {
    const said = textsOf(kpiForm({})).join('\n');
    for (const words of [
      'Potholes repaired within 28 days',
      'Kent Highway Services · Quarter 2 2009/10 (July to September)',
      '21 October 2009',
      '95%',
      '90%',
      'Higher is better',
      '93.4%, ▲ Amber – floor met, in Quarter 1 2009/10 (April to June)',
    ]) {
      expect(said).toContain(words);
    }
  });

  test('keeps every value that was typed, as it was typed', () => {
    const typed = {
      result: '12..5',
      provisional: 'true',
      commentary: 'Why **not**\nsecond line',
      action: 'Something',
      actionBy: '2009-11-02',
      forecast: '£3.2m',
      dataAge: 'June',
      unavailable: 'true',
      unavailableReason: 'The survey is late',
      expected: '2009-12-01',
      reason: 'Late returns',
    };
    const card = kpiForm({ typed, asksReason: true });
    for (const [field, value] of Object.entries(typed))
      expect([field, inputOf(card, field)?.value]).toEqual([field, value]);
  });

  test('says what is wrong by the field, and opens the part that it is in', () => {
    const card = kpiForm({
      typed: { forecast: 'abc' },
      faults: { forecast: 'Type a percentage, for example 91.2.' },
    });
    expect(isOpen(card, 'ahead')).toBe(true);
    expect(isOpen(card, 'why')).toBe(false);
    const all = everythingOn(card);
    const fault = all.findIndex(({ text }) => text === '⚠ Type a percentage, for example 91.2.');
    expect(all[fault + 1]?.id).toBe('forecast');
    expect(textsOf(card)).toContain('⚠ One answer needs another look');
  });

  test('tells the rating first when it asks for the cause', () => {
    const card = kpiForm({ ratingSoFar: 'red', because: '88.7% against a target of 95%; floor 90%' });
    expect(textsOf(card).slice(3, 5)).toEqual([
      '✖ Red – below floor',
      '88.7% against a target of 95%; floor 90%',
    ]);
    expect(isOpen(card, 'why')).toBe(true);
  });

  test('asks by the unit', () => {
    expect(inputOf(kpiForm({}), 'result')).toMatchObject({ type: 'Input.Text', label: 'Result, in percent' });
    const money = kpiForm({ kpi: { title: 'Cost', unit: 'gbp', target: '60' } });
    expect(inputOf(money, 'result')).toMatchObject({
      label: 'Result, in pounds',
      placeholder: 'For example 3,200,000 or £3.2m',
    });
    const rate = kpiForm({ kpi: { title: 'Casualties', unit: 'rate:1000', target: '6' } });
    expect(inputOf(rate, 'result')).toMatchObject({ label: 'Result, per 1,000' });
    const yesNo = kpiForm({ kpi: { title: 'Tested', unit: 'yes-no', target: '1' } });
    expect(inputOf(yesNo, 'result')).toMatchObject({ type: 'Input.ChoiceSet' });
    const ratio = kpiForm({ kpi: { title: 'Recycled', target: '42', yearToDate: 'ratio' } });
    expect([inputOf(ratio, 'numerator'), inputOf(ratio, 'denominator'), inputOf(ratio, 'result')]).toEqual([
      expect.objectContaining({ type: 'Input.Text' }),
      expect.objectContaining({ type: 'Input.Text' }),
      undefined,
    ]);
  });

  test('wants a reason only when something is changed', () => {
    expect(inputOf(kpiForm({}), 'reason')).toBeUndefined();
    expect(inputOf(kpiForm({ asksReason: true }), 'reason')).toMatchObject({ isRequired: true });
  });

  test('can be left without filling it in', () => {
    const leave = everythingOn(kpiForm({ asksReason: true })).find(({ verb }) => verb === 'my-updates');
    expect(leave).toMatchObject({ associatedInputs: 'none' });
  });

  test('is a card that Teams takes, whatever a client sent', () => {
    const huge = '*'.repeat(20_000);
    const typed = Object.fromEntries(
      ['result', 'commentary', 'action', 'reason', 'unavailableReason'].map((f) => [f, huge]),
    );
    expect(sizeOf(kpiForm({ typed, asksReason: true }))).toBeLessThan(CARD_LIMIT);
  });
});

describe('the milestone form', () => {
  test('shows the baseline, which is not asked for', () => {
    const card = milestoneForm({});
    expect(textsOf(card)).toContain('30 October 2009');
    expect(inputOf(card, 'due')).toBeUndefined();
  });

  test('asks for the decision when the milestone is deferred or cancelled', () => {
    expect(isOpen(milestoneForm({}), 'decision')).toBe(false);
    expect(isOpen(milestoneForm({ typed: { state: 'deferred' } }), 'decision')).toBe(true);
    expect(isOpen(milestoneForm({ typed: { state: 'cancelled' } }), 'decision')).toBe(true);
  });
});
