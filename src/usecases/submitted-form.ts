import type { IsoDate } from '../domain/days.ts';
import { isAbout } from '../domain/digest.ts';
import { Refused } from '../domain/errors.ts';
import type { Plan } from '../domain/plan.ts';
import type { DataOf } from '../store/documents.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Acted } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { digestsToRefresh } from './digests-to-refresh.ts';
import { formExpiry, partitionOfForm, type Typed } from './open-form.ts';
import { type Receipt, receiptSchema } from './receipt.ts';
import type { Session } from './session.ts';
import { writeAfresh } from './write-afresh.ts';

/** What a submission comes to: kept, asked about, or set beside what someone else gave meanwhile. */
export type Submission<Form, Update> =
  | { outcome: 'kept'; receipt: Receipt }
  | { outcome: 'asked'; form: Form }
  | { outcome: 'contested'; form: Form; theirs: Update };

type Item<Update> = {
  session: Session;
  plan: Plan;
  dates: { due: IsoDate };
  head: { data: Update } | null;
};
type Named = DataOf<'form'>['item'];

/** What differs between the forms: how an item is found, shown and judged. */
export type FormSteps<I, Update, Form> = {
  fields: readonly string[];
  load(named: Named): Promise<I>;
  show(nonce: string, item: I, typed: Typed): Form;
  /** What to keep with its receipt, or the form with what is asked about. */
  judge(
    nonce: string,
    item: I,
    typed: Typed,
    /** Whether this is the person's choice over a figure that they were shown. */
    chosen: boolean,
  ): Promise<{ ask: Form } | { update: Update; receipt: Receipt; changes: Change[]; acted: Acted | null }>;
};

/**
 * Keeps what a form says. The update, its history, the used form and the deliveries that it causes are one
 * atomic batch. The same form submitted again, at once or later, gets the receipt of the first time. What
 * someone else gave meanwhile is never written over: both are shown, and `replace`, the person's choice, wins
 * only over what they were shown.
 *
 * @param data the pressed action's data with the card's inputs, as the client sent them
 * @throws `Refused` when the form isn't theirs, or the item is gone, locked or not theirs any more
 */
export async function submitForm<Update extends { revision: number }, I extends Item<Update>, Form>(
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
  replace: boolean,
  { fields, load, show, judge }: FormSteps<I, Update, Form>,
): Promise<Submission<Form, Update>> {
  let given: Parameters<NonNullable<Deps['onUpdateGiven']>>[0] | null = null;
  const submission = await writeAfresh<Submission<Form, Update>>(deps, async () => {
    given = null;
    const form = await keepingTyped(data, fields, () => findForm(deps, session, data.form));
    const { item: named, contested, baseRevision, used } = form.data;
    if (used) {
      return {
        answer: { outcome: 'kept', receipt: receiptSchema.parse(used.receipt) },
        session,
        changes: [],
      };
    }
    const item = await keepingTyped(data, fields, () => load(named));
    const here = item.session;
    const chosen = replace ? contested : null;
    const typed = chosen ? chosen.typed : typedIn(data, fields);
    const standing = item.head?.data;
    if (standing && standing.revision !== (chosen ? chosen.seen : baseRevision)) {
      const shown = { seen: standing.revision, typed };
      return {
        answer: { outcome: 'contested', form: show(form.id, item, typed), theirs: standing },
        session: here,
        changes: [changed(deps, form, { contested: shown })],
      };
    }
    const judged = await judge(form.id, item, typed, chosen !== null);
    if ('ask' in judged)
      return { answer: { outcome: 'asked', form: judged.ask }, session: here, changes: [] };
    const { update, receipt, changes, acted } = judged;
    given = { kind: named.kind, late: here.today > item.dates.due };
    return {
      answer: { outcome: 'kept', receipt },
      session: here,
      changes: [...changes, changed(deps, form, { used: { revision: update.revision, receipt } })],
      deliveries: await digestsToRefresh(deps, here, ({ audience }) => isAbout(audience, item.plan)),
      acted,
    };
  });
  if (given) deps.onUpdateGiven?.(given);
  return submission;
}

/** A refusal takes the form's place on the screen, so it carries what was typed in it. */
async function keepingTyped<T>(
  data: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const typed = Object.values(typedIn(data, fields)).filter((text) => !/^(true|false)?$/.test(text.trim()));
    throw new Refused(error.code, error.sentence, typed);
  }
}

/** Finds a form that this person was given. Throws `Refused` `form-gone` for any other. */
export async function findForm({ store }: Deps, session: Session, nonce: unknown): Promise<Stored<'form'>> {
  const partition = partitionOfForm(session, nonce);
  const form = partition && (await store.read(partition, 'form', String(nonce)));
  if (form?.data.person !== session.actor.person.id) throw formGone();
  return form;
}

export const formGone = () =>
  new Refused(
    'form-gone',
    'I can’t find that form any more, so nothing was sent. Send “my updates” and open it again.',
  );

const changed = (
  deps: Deps,
  { id, version, data }: Stored<'form'>,
  more: Partial<DataOf<'form'>>,
): Change => ({
  change: 'replace',
  kind: 'form',
  id,
  version,
  data: { ...data, ...more },
  dueAt: formExpiry(deps),
});

/** The fields of a form as text, whatever the client sent; what isn't text is as good as not typed. */
function typedIn(data: Readonly<Record<string, unknown>>, fields: readonly string[]): Typed {
  const typed: Typed = {};
  for (const field of fields) {
    const value = data[field];
    if (typeof value === 'string') typed[field] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') typed[field] = String(value);
  }
  return typed;
}
