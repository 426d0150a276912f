import { type MovedDates, type MoveTyped, moveFields } from '../../domain/check-move.ts';
import { longDate } from '../../domain/days.ts';
import { formalPointOf, type Period, periodName } from '../../domain/periods.ts';
import { formalWords } from '../../domain/words.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines, keptLengths } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type MovePeriodView = Foot & {
  period: Period;
  now: MovedDates;
  opened: boolean;
  /** How many moves the officer has seen: all that the card carries beside the period. */
  seen: number;
  typed: MoveTyped;
  faults: MoveTyped;
  movedBy: string | null;
};

/** The form in which an officer moves one period's dates. What comes back with a fault keeps every value. */
export const movePeriodCard = (view: MovePeriodView): Card =>
  fitting(keptLengths, (length) => moveForm(view, length));

function moveForm(view: MovePeriodView, length: number): Card {
  const { period, now, opened, seen, faults, movedBy } = view;
  const formal = formalPointOf(period);
  const subtitle = `${periodName(period)}${formal ? ` · ${formalWords[formal]}` : ''}`;
  const typed = { ...now, ...withoutEmpty(view.typed) };
  return renderCard('move-period', { title: 'Move a period’s dates', subtitle }, view, {
    strip: movedBy ? `⚠ ${movedBy} moved it meanwhile. Nothing of yours was kept yet.` : faultCount(faults),
    lead: movedBy
      ? 'Its dates are now those below. Press “Move the dates” if yours are still right.'
      : 'Everyone who has something in it is told in their next daily message.',
    facts: [
      { title: opened ? 'Opened' : 'Opens', value: longDate(now.opens) },
      { title: 'Due', value: longDate(now.due) },
      { title: 'Locks', value: longDate(now.locks) },
    ],
    asksOpens: !opened,
    typed: everyField(moveFields, typed, length),
    faults: faultLines(moveFields, faults),
    period: period.key,
    seen,
    year: period.year,
  });
}

/** An emptied date is asked for again with what it is now. */
const withoutEmpty = (typed: MoveTyped): MoveTyped =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
