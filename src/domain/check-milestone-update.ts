import { type IsoDate, longDate } from './days.ts';
import { parseFigure } from './figures.ts';
import {
  type FieldFaults,
  fieldDate,
  fieldText,
  limitedText,
  saysSomething,
  type Typed,
} from './form-fields.ts';
import { type Milestone, type MilestoneState, type MilestoneUpdate, milestoneStates } from './project.ts';
import { stateWords } from './words.ts';

/** The names of the form's fields, which are also the keys of `faults`. */
export const milestoneFormFields = [
  'state',
  'percentComplete',
  'forecast',
  'completed',
  'commentary',
  'decisionBy',
  'decisionOn',
  'decisionReference',
  'reason',
] as const;

/** The most characters that each text may have. */
export const milestoneTextLimits = {
  commentary: 2000,
  decisionBy: 200,
  decisionReference: 200,
  reason: 500,
} as const;

export type MilestoneUpdateValues = Pick<
  MilestoneUpdate,
  'state' | 'percentComplete' | 'forecast' | 'completed' | 'commentary' | 'decision' | 'reason'
>;

export type CheckedMilestoneUpdate =
  | { ok: true; values: MilestoneUpdateValues }
  | { ok: false; faults: FieldFaults };

function readState(typed: Typed, faults: FieldFaults): MilestoneState | null {
  const text = fieldText(typed, 'state').toLowerCase().replaceAll(' ', '-');
  const state = milestoneStates.find((known) => known === text) ?? null;
  if (state === null) faults.state = 'Choose how the milestone stands.';
  return state;
}

function readPercent(typed: Typed, faults: FieldFaults): number | null {
  const text = fieldText(typed, 'percentComplete');
  if (text === '') return null;
  const read = parseFigure(text, 'percent');
  const percent = read.ok ? Number(read.value) : null;
  if (percent !== null && Number.isInteger(percent) && percent >= 0 && percent <= 100) return percent;
  faults.percentComplete = read.ok ? 'Type a whole number from 0 to 100.' : read.sentence;
  return null;
}

/** The newest values of a form, before the state says which of them count. */
type Read = {
  state: MilestoneState;
  percent: number | null;
  forecast: IsoDate | null;
  completed: IsoDate | null;
};

function askAboutComplete({ percent, completed }: Read, today: IsoDate, faults: FieldFaults): void {
  if (completed === null) faults.completed ??= 'Give the date on which it was completed.';
  else if (completed > today) {
    faults.completed = `${longDate(completed)} is still to come. Give the date on which it was completed, or choose how it stands today.`;
  }
  if (percent !== null && percent < 100) {
    faults.percentComplete = `A complete milestone is 100%. Type 100, or choose how it stands at ${percent}%.`;
  }
}

function askAboutOpen(
  { state, percent, forecast, completed }: Read,
  due: IsoDate,
  today: IsoDate,
  faults: FieldFaults,
) {
  const word = stateWords[state];
  if (completed !== null) {
    faults.completed = `You gave a completion date and chose ${word}. Choose Complete, or clear the date.`;
  }
  if (percent === 100) {
    faults.percentComplete = `You typed 100% and chose ${word}. Choose Complete and give the date, or type how much is done.`;
  }
  if (state === 'not-started' && percent !== null && percent > 0 && percent < 100) {
    faults.percentComplete = `You typed ${percent}% and chose Not started. Choose how it stands, or type 0.`;
  }
  if (state === 'cancelled') return;
  if (forecast !== null && forecast < today) {
    faults.forecast = `${longDate(forecast)} has passed. Give the date by which it will be done, or choose Complete.`;
  }
  if (forecast === null && due < today && state !== 'deferred') {
    faults.forecast ??= `The due date, ${longDate(due)}, has passed. Give the date by which it will be done, or choose Complete.`;
  }
}

/** What the commentary must say, or null when none is needed. */
function commentaryWanted({ state, forecast, completed }: Read, due: IsoDate, today: IsoDate): string | null {
  if (state === 'at-risk') return 'Say why it is at risk and what is being done.';
  if (state === 'off-track') return 'Say why it is off track and what is being done.';
  if (state === 'deferred') return 'Say why it is deferred.';
  if (state === 'cancelled') return 'Say why it is cancelled.';
  const done = state === 'complete' ? completed : (forecast ?? today);
  return done !== null && done > due ? `Say why it is later than ${longDate(due)}.` : null;
}

/** Deferring or cancelling stands on a recorded decision (RULES "Projects and milestones"). */
function readDecision(typed: Typed, today: IsoDate, faults: FieldFaults): MilestoneUpdate['decision'] {
  const by = limitedText(typed, 'decisionBy', milestoneTextLimits.decisionBy, faults);
  const reference = limitedText(typed, 'decisionReference', milestoneTextLimits.decisionReference, faults);
  const on = fieldDate(typed, 'decisionOn', faults);
  if (!saysSomething(by)) faults.decisionBy = 'Say who decided this, for example Cabinet.';
  if (!saysSomething(reference)) faults.decisionReference = 'Give the minute or decision reference.';
  if (on === null) faults.decisionOn ??= 'Give the date of the decision.';
  else if (on > today) faults.decisionOn = `${longDate(on)} is still to come. Give the date of the decision.`;
  return { by, on, reference };
}

/**
 * Checks a milestone form, whatever the client sent, and gives the update's values or a sentence by each field
 * that needs another look. Contradictions are asked about, never settled by the bot: complete without a date,
 * a completion still to come, 100% and not complete, a forecast that has passed, a deferral without a decision.
 *
 * Values that the state rules out are left behind: a forecast of what is complete or cancelled, a decision on
 * what is neither deferred nor cancelled. A complete milestone is 100%.
 *
 * @param asksReason a reason for the change is wanted, because the period is locked
 */
export function checkMilestoneUpdate(input: {
  typed: Typed;
  milestone: Pick<Milestone, 'due'>;
  asksReason: boolean;
  today: IsoDate;
}): CheckedMilestoneUpdate {
  const { typed, milestone, asksReason, today } = input;
  const { due } = milestone;
  const faults: FieldFaults = {};
  const state = readState(typed, faults);
  const percent = readPercent(typed, faults);
  const forecast = fieldDate(typed, 'forecast', faults);
  const completed = fieldDate(typed, 'completed', faults);
  const commentary = limitedText(typed, 'commentary', milestoneTextLimits.commentary, faults);
  const reason = limitedText(typed, 'reason', milestoneTextLimits.reason, faults) || null;
  if (asksReason && !saysSomething(reason ?? '')) faults.reason = 'Say why you are changing this now.';
  if (state === null) return { ok: false, faults };

  const read = { state, percent, forecast, completed };
  const complete = state === 'complete';
  if (complete) askAboutComplete(read, today, faults);
  else askAboutOpen(read, due, today, faults);
  const decided = state === 'deferred' || state === 'cancelled';
  const decision = decided ? readDecision(typed, today, faults) : null;
  const wanted = commentaryWanted(read, due, today);
  if (wanted && !saysSomething(commentary)) faults.commentary ??= wanted;
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return {
    ok: true,
    values: {
      state,
      percentComplete: complete ? 100 : percent,
      forecast: complete || state === 'cancelled' ? null : forecast,
      completed: complete ? completed : null,
      commentary,
      decision,
      reason,
    },
  };
}
