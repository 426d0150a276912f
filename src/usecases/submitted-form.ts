import { Refused } from '../domain/errors.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { type Faults, partitionOfForm } from './open-form.ts';
import { type Receipt, receiptSchema } from './receipt.ts';
import type { Session } from './session.ts';

/** What a submission comes to: kept, asked about, or set beside what someone else gave meanwhile. */
export type Submission<Form, Update> =
  | { outcome: 'kept'; receipt: Receipt }
  | { outcome: 'asked'; form: Form }
  | { outcome: 'contested'; form: Form; theirs: Update };

/** Finds a form that this person was given. Throws `Refused` `form-gone` for any other. */
export async function findForm({ store }: Deps, session: Session, nonce: unknown): Promise<Stored<'form'>> {
  const partition = partitionOfForm(session, nonce);
  const form = partition && (await store.read(partition, 'form', String(nonce)));
  if (form?.data.person !== session.actor.person.id) {
    throw new Refused(
      'form-gone',
      'I can’t find that form. Send “my updates” and open it again; nothing was lost.',
    );
  }
  return form;
}

/** The receipt of a form that was already submitted, so that pressing again changes nothing. */
export const receiptOf = ({ data }: Stored<'form'>): Receipt | null =>
  data.used && receiptSchema.parse(data.used.receipt);

/** How often a submission is tried again when something else was written at the same moment. */
const attempts = 5;

/**
 * Runs `prepare` and writes what it asks for in one batch; when another write came between, prepares anew from
 * what is there now. `prepare` returns the changes and what to answer, or an answer that writes nothing.
 */
export async function writeAfresh<Answer>(
  { store }: Deps,
  prepare: () => Promise<{ answer: Answer; session: Session; changes: Change[] }>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { answer, session, changes } = await prepare();
    if (changes.length === 0) return answer;
    const written = await store.write(session.year, changes);
    if (written.ok) return answer;
  }
  throw new Refused(
    'busy',
    'Several people are changing this plan right now. Nothing was changed; press again.',
  );
}

/** The form's document once its submission is kept. */
export const useForm = (form: Stored<'form'>, revision: number, receipt: Receipt): Change => ({
  change: 'replace',
  kind: 'form',
  id: form.id,
  version: form.version,
  data: { ...form.data, used: { revision, receipt } },
});

/** The form's document once its values were set beside someone else's. */
export const contestForm = (form: Stored<'form'>, seen: number, typed: Record<string, string>): Change => ({
  change: 'replace',
  kind: 'form',
  id: form.id,
  version: form.version,
  data: { ...form.data, contested: { seen, typed } },
});

const longestTyped = 20_000;

/** The fields of a form as text, whatever the client sent; what isn't text is as good as not typed. */
export function typedIn(
  data: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const field of fields) {
    const value = data[field];
    if (typeof value === 'string') typed[field] = value.slice(0, longestTyped);
    else if (typeof value === 'number' || typeof value === 'boolean') typed[field] = String(value);
  }
  return typed;
}

export const hasFaults = (faults: Faults) => Object.keys(faults).length > 0;
