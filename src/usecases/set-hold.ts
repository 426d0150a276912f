import { assertAllowed } from '../domain/access.ts';
import { Refused } from '../domain/errors.ts';
import {
  type FieldFaults,
  fieldText,
  limitedText,
  saysSomething,
  type Typed,
} from '../domain/form-fields.ts';
import { type Hold, holdSubjects } from '../domain/hold.ts';
import type { Deps } from './deps.ts';
import { addHold } from './holds.ts';
import type { Session } from './session.ts';

export type HoldSet =
  | { outcome: 'kept'; hold: Hold }
  | { outcome: 'faulty'; typed: Record<string, string>; faults: FieldFaults };

const fields = ['on', 'person', 'personNamed', 'plan', 'planNamed', 'year', 'reason'] as const;
const longestReason = 500;

/**
 * Puts on the hold that a form asks for. The same form sent twice is one hold: the id that was handed out with it is
 * the hold's own. Throws `Refused` `not-allowed`.
 *
 * @param data the pressed action's data with the card's inputs, as the client sent them
 */
export async function setHold(deps: Deps, session: Session, data: Typed): Promise<HoldSet> {
  assertAllowed(session.actor, 'set-hold');
  const typed = Object.fromEntries(fields.map((field) => [field, fieldText(data, field)]));
  const faults: FieldFaults = {};
  const on = holdSubjects.find((each) => each === typed.on);
  const of = on === undefined || on === 'everything' ? '' : typed[on] || (typed[`${on}Named`] ?? '');
  if (on === undefined) faults.on = 'Choose what it is on.';
  else if (on !== 'everything' && of === '') faults[on] = `Choose the ${on}.`;
  const reason = limitedText(data, 'reason', longestReason, faults);
  if (!saysSomething(reason)) faults.reason ??= 'Say why, such as the number of the request.';
  if (on === undefined || Object.keys(faults).length > 0) return { outcome: 'faulty', typed, faults };
  try {
    const { hold } = await addHold(deps, session, on, of, reason, idIn(data));
    return { outcome: 'kept', hold };
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'not-found')) throw error;
    return { outcome: 'faulty', typed, faults: { [on]: error.sentence } };
  }
}

/** The form's own id; undefined when a client sent anything else. */
const idIn = ({ form }: Typed): string | undefined =>
  typeof form === 'string' && /^[\w-]{1,64}$/.test(form) ? form : undefined;
