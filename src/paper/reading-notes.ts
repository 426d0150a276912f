import type { RatingSettings, YearSettings } from '../domain/council.ts';
import { Big } from '../domain/decimal.ts';
import { milestoneToleranceDays } from '../domain/milestone-rating.ts';
import { comparisonWords } from '../domain/words.ts';

/** The council's own rule in one sentence (RULES "Rating"). */
function ruleNote({ method, greenWithin, amberWithin }: RatingSettings): string {
  const unit = method === 'absolute' ? ' in the KPI’s own unit' : '% of it';
  const within = (tolerance: string) => `within ${new Big(tolerance).toFixed()}${unit}`;
  const green = new Big(greenWithin).gt(0) ? `target met, or missed ${within(greenWithin)}` : 'target met';
  switch (method) {
    case 'floor':
      return `✔ Green: ${green}. ▲ Amber: target missed, floor standard met. ✖ Red: floor standard missed.`;
    case 'relative-or-improving':
      return `✔ Green: ${green}. ▲ Amber: missed by more, but no worse than in the same period last year. ✖ Red: missed by more, and worse.`;
    default:
      return new Big(amberWithin).gt(greenWithin)
        ? `✔ Green: ${green}. ▲ Amber: target missed ${within(amberWithin)}. ✖ Red: missed by more.`
        : `✔ Green: ${green}. ✖ Red: missed by more.`;
  }
}

/** What a reader needs to work the ratings out again by hand. */
export const readingNotes = ({ rating, trend }: YearSettings, asAt: string): string[] => [
  `${ruleNote(rating)} A KPI can have a rule of its own.`,
  'A plan is off target when a KPI or a milestone is Red; at risk when nothing is Red but something is Amber or a KPI’s year-end forecast is Red; on target when something is rated and nothing is Red or Amber; not reported when nothing is rated.',
  `The trend is the change ${comparisonWords[trend]}. “Two or more periods running” marks a KPI that was Red in the period before as well.`,
  `Milestones are shown as they stand on ${asAt}. A milestone is Red when it is overdue, forecast more than ${milestoneToleranceDays} days late or said to be off track; its baseline date never moves.`,
  'An awaited update is not due yet; an overdue one is. A dash (–) means that there is nothing to show.',
];
