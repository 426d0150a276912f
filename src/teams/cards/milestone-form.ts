import { longDate } from '../../domain/days.ts';
import { type Period, periodName } from '../../domain/periods.ts';
import { type Milestone, type MilestoneUpdate, milestoneStates } from '../../domain/project.ts';
import { stateWords } from '../../domain/words.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines, isTouched, keptLengths } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type MilestoneFormView = Foot & {
  /** The nonce: the only thing that the card carries. */
  form: string;
  planTitle: string;
  projectTitle: string;
  milestone: Milestone;
  period: Period;
  /** The newest that was said of it. */
  last: MilestoneUpdate | null;
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
  asksReason: boolean;
};

const decision = ['decisionBy', 'decisionOn', 'decisionReference'];
const fields = ['state', 'percentComplete', 'forecast', 'completed', 'commentary', 'reason', ...decision];
const decided = ['deferred', 'cancelled'];

/** A milestone's form. The baseline is shown and never asked for: it doesn't move. */
export const milestoneFormCard = (view: MilestoneFormView): Card =>
  fitting(keptLengths, (length) => milestoneForm(view, length));

function milestoneForm(view: MilestoneFormView, length: number): Card {
  const { form, milestone, planTitle, projectTitle, period, last, typed, faults, asksReason } = view;
  const head = { title: milestone.title, subtitle: `${planTitle} · ${periodName(period)}` };
  return renderCard('milestone-form', head, view, {
    form,
    strip: faultCount(faults),
    facts: [
      { title: 'Project', value: projectTitle },
      { title: 'Due', value: longDate(milestone.due) },
      ...(last ? [{ title: 'Last', value: lastInWords(last) }] : []),
    ],
    states: milestoneStates.map((state) => ({ title: stateWords[state], value: state })),
    typed: everyField(fields, typed, length),
    faults: faultLines(fields, faults),
    open: { decision: decided.includes(typed.state ?? '') || isTouched(decision, typed, faults) },
    asksReason,
  });
}

function lastInWords({ state, percentComplete, forecast }: MilestoneUpdate): string {
  const done = percentComplete === null ? '' : `, ${percentComplete}% done`;
  const expected = forecast === null ? '' : `, expected ${longDate(forecast)}`;
  return `${stateWords[state]}${done}${expected}`;
}
