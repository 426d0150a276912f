import { longDate } from '../../domain/days.ts';
import { formatFigure } from '../../domain/figures.ts';
import type { Kpi, KpiUpdate, RatingRule } from '../../domain/kpi.ts';
import { periodName, periodOf } from '../../domain/periods.ts';
import { cut } from '../../domain/typed-text.ts';
import { polarityWords, ratingWords } from '../../domain/words.ts';
import { type Button, button } from './button.ts';
import { fitting } from './fitting.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** A revision with the name of whoever gave it, empty where it isn't shown, and when, `14 October 2009, 9.12am`. */
export type HistoryEntry = { update: KpiUpdate; by: string; at: string };

export type KpiHistoryView = Foot & {
  kpi: Kpi;
  plan: { ref: string; title: string };
  /** The newest update of each period, the latest period first. */
  periods: readonly HistoryEntry[];
  /** Earlier figures that were corrected, the latest first. `reason` is why the figure after it replaced it. */
  earlier: readonly (HistoryEntry & { replacedBecause: string })[];
  /** Opens the KPI’s form, for whoever may give it. */
  give?: Button | null;
  back?: Button | null;
};

const amounts = [
  { periods: 14, words: 5000, earlier: 20 },
  { periods: 12, words: 800, earlier: 12 },
  { periods: 12, words: 200, earlier: 6 },
  { periods: 8, words: 100, earlier: 3 },
] as const;
type Amount = (typeof amounts)[number];

/** One KPI through its periods: as a small chart where the client draws one, and always in words. */
export const kpiHistoryCard = (view: KpiHistoryView): Card =>
  fitting(amounts, (amount) => kpiHistory(view, amount));

function kpiHistory(view: KpiHistoryView, amount: Amount): Card {
  const { kpi, plan, periods, earlier, give, back } = view;
  const shown = periods.slice(0, amount.periods);
  const inOrder = shown.toReversed();
  return renderCard('kpi-history', { title: kpi.title, subtitle: plan.title }, view, {
    about:
      periods.length === 0
        ? 'Nothing has been given for this KPI yet.'
        : aboutOf(kpi, periods[0]!.update.rating.rule),
    chartTitle: 'Result and target',
    ...chartOf(kpi.unit === 'yes-no' ? [] : inOrder),
    periods: shown.map((entry) => periodData(kpi, entry, amount.words)),
    revisionsHeading: earlier.length > 0 ? 'Figures that were corrected' : '',
    revisions: earlier.slice(0, amount.earlier).map((entry) => revisionData(kpi, entry)),
    back: [back ?? button('Back to the plan', 'plan-status', { plan: plan.ref }), ...(give ? [give] : [])],
  });
}

const figure = ({ unit, decimals }: Kpi, { result, provisional }: KpiUpdate) =>
  result === null
    ? 'Not available'
    : `${formatFigure(result, unit, decimals)}${provisional ? ' (provisional)' : ''}`;

function aboutOf(kpi: Kpi, rule: RatingRule | null): string {
  if (kpi.kind !== 'target' || !rule) return '';
  const target = rule.target === null ? rule.targetText : formatFigure(rule.target, kpi.unit, kpi.decimals);
  const floor = rule.floor === null ? '' : `, floor ${formatFigure(rule.floor, kpi.unit, kpi.decimals)}`;
  return `${polarityWords[kpi.polarity]}${target ? `; target ${target}${floor}` : ''}.`;
}

function periodData(kpi: Kpi, { update }: HistoryEntry, words: number) {
  const { override, computed, rule } = update.rating;
  const rating = override ? ratingWords(override.rating) : ratingWords(computed, rule, update.result);
  return {
    period: periodName(periodOf(update.period)),
    figure: figure(kpi, update),
    rating: rating.text,
    words: update.commentary ? `“${cut(update.commentary, words)}”` : (update.unavailable?.reason ?? ''),
    action: update.action
      ? `Action${update.actionBy ? ` by ${longDate(update.actionBy)}` : ''}: ${cut(update.action, words)}`
      : '',
  };
}

function revisionData(kpi: Kpi, { update, by, at, replacedBecause }: KpiHistoryView['earlier'][number]) {
  return {
    was: `${periodName(periodOf(update.period))}: was ${figure(kpi, update)}`,
    who: by ? `Given by ${by}, ${at}` : `Given ${at}`,
    reason: replacedBecause ? `Changed because: ${cut(replacedBecause, 400)}` : '',
  };
}

/** `2009/10 Q2` → `Q2 09/10`: short enough to stand under a point. */
const pointName = (period: string): string => {
  const [year = '', part] = period.split(' ');
  return part ? `${part} ${year.slice(2)}` : year;
};

/** Lines of the results and, where there is one for each, the targets, on an axis that fits them. */
function chartOf(entries: readonly HistoryEntry[]) {
  const points = (value: (update: KpiUpdate) => string | null) =>
    entries.flatMap(({ update }) => {
      const y = value(update);
      return y === null ? [] : [{ x: pointName(update.period), y: Number(y) }];
    });
  const results = points(({ result }) => result);
  const targets = points(({ rating }) => rating.rule?.target ?? null);
  const lines = [
    { legend: 'Result', values: results },
    ...(targets.length > 1 ? [{ legend: 'Target', values: targets }] : []),
  ];
  const all = lines.flatMap(({ values }) => values.map(({ y }) => y));
  const room = (Math.max(...all) - Math.min(...all)) / 4 || 1;
  return {
    hasChart: results.length > 1,
    chart: lines,
    yMin: Math.floor(Math.min(...all) - room),
    yMax: Math.ceil(Math.max(...all) + room),
  };
}
