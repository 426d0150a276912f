import fc from 'fast-check';
import { type KpiForm, openForm } from '../../src/usecases/open-form.ts';
import { type KpiSubmission, submitKpiUpdate } from '../../src/usecases/submit-kpi-update.ts';
import { type Kent, openKent } from '../support/kent.ts';

const item = 'kpi/KHS-02@2009/10 M06';
const people = ['Priya Raman', 'Sam Whitlock'] as const;

type Event =
  | { does: 'open'; who: number }
  | { does: 'send'; form: number; result: number; deliveries: number }
  | { does: 'replace'; form: number };

const events = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('open' as const), who: fc.nat({ max: 1 }) }),
    fc.record({
      does: fc.constant('send' as const),
      form: fc.nat({ max: 5 }),
      // All Green, so that no commentary is asked for.
      result: fc.integer({ min: 98, max: 100 }),
      deliveries: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({ does: fc.constant('replace' as const), form: fc.nat({ max: 5 }) }),
  ),
  { minLength: 4, maxLength: 14 },
);

/** What a handed-out form has been through, as the person would tell it. */
type Form = {
  nonce: string;
  who: string;
  base: number;
  /** What was set beside another's figure: the revision shown and the result typed. */
  shown: { revision: number; result: number } | null;
  receipt: unknown;
};

async function play(kent: Kent, story: readonly Event[]): Promise<void> {
  const forms: Form[] = [];
  /** Every figure that was accepted, in order: the history that must be there at the end. */
  const accepted: number[] = [];

  const send = async (
    { nonce, who }: Form,
    result: number | null,
    replace: boolean,
  ): Promise<KpiSubmission> => {
    const typed = result === null ? {} : { result: String(result), reason: 'Counted again.' };
    return submitKpiUpdate(kent.deps, await kent.as(who), { form: nonce, ...typed }, { replace });
  };

  function settle(form: Form, answer: KpiSubmission, result: number, seen: number): void {
    if (form.receipt !== null) {
      expect(answer).toEqual({ outcome: 'kept', receipt: form.receipt });
    } else if (seen === accepted.length) {
      if (answer.outcome !== 'kept') throw new Error(`expected it kept, was ${answer.outcome}`);
      form.receipt = answer.receipt;
      accepted.push(result);
    } else {
      if (answer.outcome !== 'contested') throw new Error(`expected it contested, was ${answer.outcome}`);
      expect(answer.theirs.result).toBe(String(accepted.at(-1)));
      form.shown = { revision: accepted.length, result };
    }
  }

  for (const event of story) {
    if (event.does === 'open') {
      const who = people[event.who]!;
      const opened = (await openForm(kent.deps, await kent.as(who), item)) as KpiForm;
      forms.push({ nonce: opened.form, who, base: accepted.length, shown: null, receipt: null });
      continue;
    }
    const form = forms[event.form];
    if (!form) continue;
    if (event.does === 'send') {
      const before = accepted.length;
      const answers = await Promise.all(
        Array.from({ length: event.deliveries }, () => send(form, event.result, false)),
      );
      const seen = form.base;
      for (const answer of answers) settle(form, answer, event.result, seen);
      expect(accepted.length - before).toBeLessThanOrEqual(1);
    } else if (form.shown || form.receipt !== null) {
      settle(form, await send(form, null, true), form.shown?.result ?? 0, form.shown?.revision ?? -1);
    } else {
      // Nothing was set beside anything: an empty form is asked about, or set beside what is there.
      expect((await send(form, null, true)).outcome).not.toBe('kept');
      if (form.base !== accepted.length) return;
    }
  }

  const { year } = await kent.as('Priya Raman');
  const where = { kpi: 'KHS-02', period: '2009/10 M06' };
  const revisions = await kent.store.list(year, 'kpi-update-revision', where);
  const history = revisions.map(({ data }) => data).sort((a, b) => a.revision - b.revision);
  expect(history.map(({ result }) => Number(result))).toEqual(accepted);
  expect(history.map(({ revision }) => revision)).toEqual(accepted.map((_, at) => at + 1));
  const [head] = await kent.store.list(year, 'kpi-update', where);
  expect(head?.data.revision ?? 0).toBe(accepted.length);
}

test('whatever two people open, send, send again and replace: each figure is kept once, none is written over unseen', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (story) => {
      const kent = await openKent();
      try {
        await play(kent, story);
      } finally {
        await kent.close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
