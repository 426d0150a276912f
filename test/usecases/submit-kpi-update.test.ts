import { listMyUpdates } from '../../src/usecases/list-my-updates.ts';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import type { KpiReceipt } from '../../src/usecases/receipt.ts';
import { type KpiSubmission, submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { type Kent, openKent } from '../support/kent.ts';

let kent: Kent;
beforeEach(async () => {
  kent = await openKent();
});
afterEach(() => kent.close());

const lights = 'kpi/KHS-02@2009/10 M06';
const open = async (name: string, item = lights) =>
  (await openForm(kent.deps, await kent.as(name), item)) as KpiForm;
const submit = async (name: string, form: string, typed: object, replace = false) =>
  submitKpiUpdate(kent.deps, await kent.as(name), { form, ...typed }, { replace });
const receiptOf = (submission: KpiSubmission): KpiReceipt => {
  if (submission.outcome !== 'kept' || submission.receipt.kind !== 'kpi') throw new Error(submission.outcome);
  return submission.receipt;
};
const stored = async () => {
  const session = await kent.as('Priya Raman');
  const where = { kpi: 'KHS-02', period: '2009/10 M06' };
  return {
    heads: await kent.store.list(session.year, 'kpi-update', where),
    revisions: await kent.store.list(session.year, 'kpi-update-revision', where),
  };
};

describe('giving a KPI result', () => {
  test('keeps it, rates it and says what is next', async () => {
    const { form } = await open('Priya Raman');
    const before = await listMyUpdates(kent.deps, await kent.as('Priya Raman'));
    const receipt = receiptOf(await submit('Priya Raman', form, { result: '98.2 %' }));
    expect(receipt).toMatchObject({
      figure: '98.2%',
      rating: 'green',
      because: '98.2% against a target of 98%; floor 96%',
      revision: 1,
      given: before.given + 1,
      total: before.total,
      planStatus: 'off-target',
    });
    expect(receipt.next).not.toBeNull();
    const { heads, revisions } = await stored();
    expect(heads.map(({ data }) => data.result)).toEqual(['98.2']);
    expect(revisions).toHaveLength(1);
  });

  test('asks for a cause and a dated action when it comes out Red, and loses nothing typed', async () => {
    const { form } = await open('Priya Raman');
    const asked = await submit('Priya Raman', form, { result: '91', forecast: '97' });
    if (asked.outcome !== 'asked') throw new Error(asked.outcome);
    expect(asked.form.typed).toEqual({ result: '91', forecast: '97' });
    expect(asked.form.soFar).toMatchObject({
      rating: 'red',
      because: '91% against a target of 98%; floor 96%',
    });
    expect(Object.keys(asked.form.faults).sort()).toEqual(['action', 'actionBy', 'commentary']);
    expect((await stored()).heads).toHaveLength(0);

    const full = {
      result: '91',
      forecast: '97',
      commentary: 'Two cable faults left a whole estate dark.',
      action: 'Power company to repair both.',
      actionBy: '2009-11-13',
    };
    expect(receiptOf(await submit('Priya Raman', form, full)).rating).toBe('red');
  });

  test('pressed twice, or delivered four times at once, is one update with equal receipts', async () => {
    const { form } = await open('Priya Raman');
    const typed = { result: '98.2' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => submit('Priya Raman', form, typed)));
    const again = await submit('Priya Raman', form, typed);
    for (const answer of [...answers, again]) expect(receiptOf(answer)).toEqual(receiptOf(answers[0]!));
    expect((await stored()).revisions).toHaveLength(1);
  });

  test('a correction needs a reason, and keeps the earlier figure in history', async () => {
    receiptOf(await submit('Priya Raman', (await open('Priya Raman')).form, { result: '98.2' }));
    const correction = await open('Priya Raman');
    expect(correction.typed.result).toBe('98.2');
    const asked = await submit('Priya Raman', correction.form, { result: '98.4' });
    if (asked.outcome !== 'asked') throw new Error(asked.outcome);
    expect(asked.form.faults).toHaveProperty('reason');
    const receipt = receiptOf(
      await submit('Priya Raman', correction.form, { result: '98.4', reason: 'Late returns came in.' }),
    );
    expect(receipt).toMatchObject({
      revision: 2,
      earlier: { figure: '98.2%', reason: 'Late returns came in.' },
    });
    const { heads, revisions } = await stored();
    expect(heads.map(({ data }) => data.result)).toEqual(['98.4']);
    expect(revisions.map(({ data }) => [data.revision, data.result])).toEqual([
      [1, '98.2'],
      [2, '98.4'],
    ]);
  });
});

describe('two people at once', () => {
  async function contested() {
    const early = await open('Priya Raman');
    const officer = await open('Sam Whitlock');
    await submit('Sam Whitlock', officer.form, { result: '98.9', reason: 'Phoned in by the contractor.' });
    const answer = await submit('Priya Raman', early.form, { result: '98.1' });
    if (answer.outcome !== 'contested') throw new Error(answer.outcome);
    return { early, answer };
  }

  test('the later one sees both figures, and nothing is written over', async () => {
    const { answer } = await contested();
    expect(answer.theirs.result).toBe('98.9');
    expect(answer.form.typed.result).toBe('98.1');
    expect((await stored()).heads[0]!.data.result).toBe('98.9');
  });

  test('the same submission delivered again is still asked about, never taken for a choice', async () => {
    const { early } = await contested();
    const again = await submit('Priya Raman', early.form, { result: '98.1' });
    expect(again.outcome).toBe('contested');
    expect((await stored()).heads[0]!.data.result).toBe('98.9');
  });

  test('choosing to replace keeps both in history', async () => {
    const { early } = await contested();
    const receipt = receiptOf(await submit('Priya Raman', early.form, {}, true));
    expect(receipt).toMatchObject({ figure: '98.1%', revision: 2, earlier: { figure: '98.9%' } });
  });

  test('choosing to replace wins only over the figure that was shown', async () => {
    const { early } = await contested();
    const officer = await open('Sam Whitlock');
    await submit('Sam Whitlock', officer.form, { result: '98.7', reason: 'Corrected by the contractor.' });
    const answer = await submit('Priya Raman', early.form, {}, true);
    expect(answer.outcome).toBe('contested');
    expect((await stored()).heads[0]!.data.result).toBe('98.7');
  });
});

test('a choice to replace that nobody was given is a correction, and needs its own reason', async () => {
  receiptOf(await submit('Priya Raman', (await open('Priya Raman')).form, { result: '98.2' }));
  const { form } = await open('Priya Raman');
  const asked = await submit('Priya Raman', form, { result: '98.4' }, true);
  if (asked.outcome !== 'asked') throw new Error(asked.outcome);
  expect(asked.form.faults).toHaveProperty('reason');
});

describe('someone else’s item', () => {
  test.each(['Grace Adeyemi', 'Cllr Helen Marsh', 'Cllr David Lin', 'Martin Hollis'])(
    '%s can’t open its form',
    async (name) => {
      await expect(open(name)).rejects.toMatchObject({ code: 'not-allowed' });
    },
  );

  test('another person’s form is as good as none', async () => {
    const { form } = await open('Priya Raman');
    await expect(submit('Sam Whitlock', form, { result: '98' })).rejects.toMatchObject({ code: 'form-gone' });
  });

  test('a period that has not opened has no form, and says when it will', async () => {
    const refused = open('Priya Raman', 'kpi/KHS-02@2009/10 M09');
    await expect(refused).rejects.toMatchObject({
      code: 'not-yet-open',
      sentence: expect.stringContaining('1 January 2010'),
    });
  });

  test('a form outlives neither the lock nor the right to it', async () => {
    const { form } = await open('Priya Raman');
    kent.setNow('2010-02-01T09:00:00.000Z');
    await expect(submit('Priya Raman', form, { result: '98' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });
});

test('a form made-up, of another kind or not text is gone, and nothing breaks', async () => {
  for (const form of ['', '2009.nothing', '../x', 7, null, {}, ['2009.id-1'], '__proto__']) {
    const submission = submitKpiUpdate(kent.deps, await kent.as('Priya Raman'), { form });
    await expect(submission).rejects.toMatchObject({ code: 'form-gone' });
  }
});

test('an update that was never given before the lock is told of, and is asked for no more', async () => {
  const before = await listMyUpdates(kent.deps, await kent.as('Priya Raman'));
  kent.setNow('2010-01-15T09:00:00.000Z');
  const after = await listMyUpdates(kent.deps, await kent.as('Priya Raman'));
  expect(before.missed).toBe(0);
  expect(after.missed).toBeGreaterThan(0);
  expect(after.items.every(({ locked }) => !locked)).toBe(true);
});
