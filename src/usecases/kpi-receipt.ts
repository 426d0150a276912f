import { itemId } from '../domain/due-items.ts';
import { formatFigure } from '../domain/figures.ts';
import type { Kpi, KpiUpdate } from '../domain/kpi.ts';
import type { KpiLine, PlanReport } from '../domain/report.ts';
import { ratingWords, trendWords } from '../domain/words.ts';
import type { Deps } from './deps.ts';
import type { KpiItem } from './kpi-item.ts';
import { listMyUpdates, nextItem } from './list-my-updates.ts';
import type { KpiReceipt } from './receipt.ts';

const figure = (kpi: Kpi, value: string) => formatFigure(value, kpi.unit, kpi.decimals);

/**
 * The receipt for an update that is about to be kept: what was given, how it is rated and why, where the plan
 * stands with it, and what is next.
 *
 * @param now the plan's report in the current period, with the update in it
 * @param line the KPI in its own period, with the update in it
 */
export async function kpiReceipt(
  deps: Deps,
  item: KpiItem,
  update: KpiUpdate,
  now: PlanReport,
  line: KpiLine,
): Promise<KpiReceipt> {
  const { kpi, plan, period, session } = item;
  const { computed, rule } = update.rating;
  const mine = await listMyUpdates(deps, session);
  const id = itemId('kpi', kpi.ref, period);
  const wasOpen = mine.items.some((other) => other.id === id && other.state !== 'given');
  const next = nextItem(mine, id);
  const earlier = item.head?.data ?? null;
  return {
    kind: 'kpi',
    item: id,
    plan: { ref: plan.ref, title: plan.title },
    title: kpi.title,
    period: period.key,
    revision: update.revision,
    figure: update.result === null ? null : figure(kpi, update.result),
    provisional: update.provisional,
    unavailable: update.unavailable,
    rating: line.rating,
    ratingText: ratingWords(computed, rule, update.result).text,
    because: line.because,
    trendText: line.trend && trendWords(line.trend, session.settings.trend).text,
    yearToDate: line.yearToDate && figure(kpi, line.yearToDate.value),
    forecastText:
      line.forecast === null || line.forecastRating === null
        ? null
        : `${figure(kpi, line.forecast)}: ${ratingWords(line.forecastRating).text}`,
    planStatus: now.status,
    given: mine.given + (wasOpen ? 1 : 0),
    total: mine.total,
    next: next && { item: next.id, title: next.title },
    earlier: earlier && {
      figure: earlier.result === null ? 'not available' : figure(kpi, earlier.result),
      ratingText: ratingWords(earlier.rating.computed, earlier.rating.rule, earlier.result).text,
      reason: update.reason ?? '',
    },
    givenAt: update.submittedAt,
  };
}
