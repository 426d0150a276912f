import { itemId } from '../domain/due-items.ts';
import type { MilestoneUpdate } from '../domain/project.ts';
import type { PlanReport } from '../domain/report.ts';
import { milestoneWords } from '../domain/words.ts';
import type { Deps } from './deps.ts';
import { listMyUpdates, nextItem } from './list-my-updates.ts';
import type { MilestoneItem } from './milestone-item.ts';
import type { MilestoneReceipt } from './receipt.ts';

/** The receipt for a milestone, as `kpiReceipt` for a KPI. `now` has the update in it. */
export async function milestoneReceipt(
  deps: Deps,
  { milestone, plan, period, session }: MilestoneItem,
  update: MilestoneUpdate,
  now: PlanReport,
): Promise<MilestoneReceipt> {
  const line = now.milestones.find((each) => each.milestone.ref === milestone.ref)!;
  const mine = await listMyUpdates(deps, session);
  const id = itemId('milestone', milestone.ref, period);
  const wasOpen = mine.items.some((other) => other.id === id && other.state !== 'given');
  const next = nextItem(mine, id);
  return {
    kind: 'milestone',
    item: id,
    plan: { ref: plan.ref, title: plan.title },
    title: milestone.title,
    period: period.key,
    revision: update.revision,
    state: update.state,
    rating: line.rating,
    ratingText: milestoneWords(line.rating, line.daysLate).text,
    because: line.because,
    due: milestone.due,
    forecast: update.forecast,
    completed: update.completed,
    percentComplete: update.percentComplete,
    planStatus: now.status,
    given: mine.given + (wasOpen ? 1 : 0),
    total: mine.total,
    next: next && { item: next.id, title: next.title },
    givenAt: update.submittedAt,
  };
}
