import { longDate } from '../domain/days.ts';
import { type Milestone, milestoneStates } from '../domain/project.ts';
import { quoted } from '../domain/typed-text.ts';
import type { GivenMilestoneUpdate } from '../usecases/import-council/council-data.ts';
import { date, fault, instant, required, text, wholeNumber, wordIn } from './cells.ts';
import type { Moment } from './read-kpi-updates.ts';
import { lookUp, mustLookUp, type Refs } from './refs.ts';
import { earlierSaid, oldestFirst, sayAgain } from './said-again.ts';
import type { Row } from './table.ts';

/** Reads milestone_updates.csv: what was said of each milestone, oldest first where it was said several times. */
export function readMilestoneUpdates(
  rows: readonly Row[],
  milestones: Refs<Milestone>,
  people: Refs,
  moment: Moment,
): GivenMilestoneUpdate[] {
  const seen = earlierSaid();
  const updates = rows.flatMap((row) => {
    const milestone = mustLookUp(milestones, row, 'milestone');
    const stateCell = required(row, 'state');
    const state = stateCell === '' ? null : wordIn(row, 'state', stateCell, milestoneStates);
    const said = {
      percentComplete: wholeNumber(row, 'percent_complete', 0, 100),
      forecast: date(row, 'forecast'),
      completed: date(row, 'completed'),
      commentary: text(row, 'commentary'),
      submittedBy: lookUp(people, row, 'submitted_by'),
      submittedAt: instant(row, 'submitted_at', moment.timeZone, moment.now),
    };
    if (milestone) sayAgain(seen, row, 'milestone', milestone.ref, said.submittedAt);
    const decidedOn = date(row, 'decided_on');
    if (!milestone || !state) return [];
    const update: GivenMilestoneUpdate = {
      milestone: milestone.ref,
      plan: milestone.plan,
      state,
      ...said,
      decision: closes(state)
        ? {
            by: text(row, 'decided_by'),
            on: decidedOn,
            reference: text(row, 'decision_reference') || text(row, 'commentary'),
          }
        : null,
    };
    checkDecision(row, state);
    checkProgress(row, update, moment);
    return [update];
  });
  return oldestFirst(updates, ({ milestone }) => milestone);
}

const closes = (state: string) => state === 'deferred' || state === 'cancelled';
const decisionColumns = ['decision_reference', 'decided_by', 'decided_on'];

/**
 * RULES "Projects and milestones": deferred and cancelled only with a recorded decision. The decision's columns
 * are optional, so a folder without them records it in the commentary.
 */
function checkDecision(row: Row, state: string): void {
  const has = (column: string) => (row.cells[column] ?? '') !== '';
  if (!closes(state)) {
    const stray = decisionColumns.find(has);
    if (stray) {
      const problem = `A decision is recorded, but the milestone is neither deferred nor cancelled.`;
      fault(row, stray, problem, 'Correct the state, or empty the decision’s columns.');
    }
    return;
  }
  if (has('decision_reference') || has('commentary')) return;
  const problem = `The milestone is ${state} and no decision is recorded.`;
  const remedy =
    'Record who decided, when, and the minute reference, in the decision’s columns or the commentary.';
  fault(row, 'commentary', problem, remedy);
}

/** What can't be true together. */
function checkProgress(row: Row, update: GivenMilestoneUpdate, { today }: Moment): void {
  const { state, percentComplete, completed } = update;
  const has = (column: string) => (row.cells[column] ?? '') !== '';
  if (state === 'complete' && !has('completed')) {
    fault(
      row,
      'completed',
      'The milestone is complete and has no completed date.',
      'Give the date, or correct the state.',
    );
  }
  if (state !== 'complete' && completed) {
    const remedy = 'Write complete in state, or empty completed.';
    fault(row, 'completed', `The milestone has a completed date and is ${quoted(state)}.`, remedy);
  }
  if (completed && completed > today) {
    const remedy = 'Put a date still to come in forecast.';
    fault(
      row,
      'completed',
      `${longDate(completed)} is in the future, so nothing can be complete by then.`,
      remedy,
    );
  }
  if (percentComplete === 100 && state !== 'complete' && !closes(state)) {
    const remedy = 'Write complete in state and give the completed date, or lower the percentage.';
    fault(row, 'percent_complete', `The milestone is 100% complete and is ${quoted(state)}.`, remedy);
  }
  if (percentComplete !== null && percentComplete < 100 && state === 'complete') {
    const remedy = 'Write 100 or leave it empty, or correct the state.';
    fault(row, 'percent_complete', `The milestone is complete and only ${percentComplete}% done.`, remedy);
  }
  if (percentComplete !== null && percentComplete > 0 && state === 'not-started') {
    const remedy = 'Write 0 or leave it empty, or correct the state.';
    fault(row, 'percent_complete', `The milestone is not started and is ${percentComplete}% done.`, remedy);
  }
}
