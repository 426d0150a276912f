import { daysBetween, type IsoDate, longDate } from './days.ts';
import type { Milestone, MilestoneRating, MilestoneUpdate } from './project.ts';

/** The most days a forecast may be late and still be Amber (RULES "Projects and milestones"). */
export const milestoneToleranceDays = 28;

export type MilestoneStanding = { rating: MilestoneRating; daysLate: number; because: string };

type Said = MilestoneUpdate | null;

/**
 * A milestone as it stands today by the newest that was said of it. It is overdue from the day after its due
 * date. Red and Amber come before `not-started`, so that a late forecast shows before the work begins.
 * A milestone of which nothing was said, and that has no start date, counts as not started. `deferred` and
 * `cancelled` stand only with a recorded decision; without one they are a risk.
 */
export function rateMilestone(milestone: Milestone, said: Said, today: IsoDate): MilestoneStanding {
  return closed(milestone, said) ?? late(milestone, said, today) ?? onTime(milestone, said, today);
}

const standing = (rating: MilestoneRating, because: string, daysLate = 0): MilestoneStanding => ({
  rating,
  daysLate,
  because,
});

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

const daysPast = (due: IsoDate, date: IsoDate | null) =>
  date !== null && date > due ? daysBetween(due, date) : 0;

function closed({ due }: Milestone, said: Said): MilestoneStanding | null {
  if (said?.state === 'complete') {
    const { completed } = said;
    if (completed === null) return standing('complete', 'Complete; the date isn’t recorded');
    const slip = daysPast(due, completed);
    const when = slip > 0 ? `${days(slip)} after it was due` : 'on time';
    return standing('complete', `Completed on ${longDate(completed)}, ${when}`, slip);
  }
  if ((said?.state !== 'deferred' && said?.state !== 'cancelled') || !said.decision) return null;
  const { by, on, reference } = said.decision;
  const word = said.state === 'deferred' ? 'Deferred' : 'Cancelled';
  const when = on ? ` on ${longDate(on)}` : '';
  const whose = by ? ` by ${by}` : '';
  return standing(said.state, `${word}${whose}${when}${reference ? ` (${reference})` : ''}`);
}

function late({ due }: Milestone, said: Said, today: IsoDate): MilestoneStanding | null {
  const overdue = daysPast(due, today);
  if (overdue > 0) return standing('red', `Due ${longDate(due)}, ${days(overdue)} overdue`, overdue);
  const slip = daysPast(due, said?.forecast ?? null);
  const words = slip > 0 ? `Forecast for ${longDate(said!.forecast!)}, ${days(slip)} after it is due` : '';
  if (slip > milestoneToleranceDays) return standing('red', words, slip);
  if (said?.state === 'off-track') return standing('red', words || 'Said to be off track', slip);
  if (slip > 0) return standing('amber', words, slip);
  if (said?.state === 'at-risk') return standing('amber', 'Said to be at risk');
  return said?.state === 'deferred' || said?.state === 'cancelled'
    ? standing('amber', `Said to be ${said.state}, but no decision is recorded`)
    : null;
}

function onTime({ start, due }: Milestone, said: Said, today: IsoDate): MilestoneStanding {
  const begun = said !== null && said.state !== 'not-started';
  if (!begun && (start === null || today < start)) {
    return standing('not-started', start === null ? 'Not started' : `Starts ${longDate(start)}`);
  }
  return standing('green', `Due ${longDate(due)}`);
}

const worstFirst: readonly MilestoneRating[] = ['red', 'amber', 'green', 'not-started'];

/** A project's rating: the worst of its open milestones, null when none is open. */
export const worstOf = (ratings: readonly MilestoneRating[]): MilestoneRating | null =>
  worstFirst.find((rating) => ratings.includes(rating)) ?? null;
