import { longDate } from '../domain/days.ts';
import type { MilestoneLine } from '../domain/report.ts';
import { milestoneWords } from '../domain/words.ts';
import type { Naming } from './kpi-entry.ts';
import type { PaperMilestone } from './paper.ts';

/** Why it stands so. A decision is told by its date and minute: a paper names nobody but accountable managers. */
function becauseOf({ rating, update, because }: MilestoneLine): string {
  const decision = update?.decision;
  if (!decision || (rating !== 'deferred' && rating !== 'cancelled')) return because;
  const word = rating === 'deferred' ? 'Deferred' : 'Cancelled';
  const on = decision.on ? ` on ${longDate(decision.on)}` : '';
  return `${word}${on}${decision.reference ? ` (${decision.reference})` : ''}`;
}

/** One milestone as a paper shows it. */
export function milestoneEntry(line: MilestoneLine, { nameOf }: Naming): PaperMilestone {
  const { milestone, project, update, rating, daysLate } = line;
  return {
    ref: milestone.ref,
    title: milestone.title,
    project: project.title,
    manager: nameOf(milestone.accountableManager ?? project.accountableManager),
    baseline: milestone.due,
    forecast: update?.forecast ?? null,
    completed: update?.completed ?? null,
    percentComplete: update?.percentComplete ?? null,
    daysLate,
    rating,
    ratingWords: milestoneWords(rating, daysLate),
    because: becauseOf(line),
    cause: update?.commentary ?? '',
  };
}
