import { isDeepStrictEqual } from 'node:util';
import type { RatingSettings } from '../../domain/council.ts';
import type { Kpi, KpiUpdate, RatingRule } from '../../domain/kpi.ts';
import { periodOf, samePeriodLastYear } from '../../domain/periods.ts';
import { rateResult, settleRule } from '../../domain/rating.ts';
import type { Partition, Store, Stored } from '../../store/store.ts';
import { updateId } from '../kpi-item.ts';
import type { GivenKpiUpdate } from './council-data.ts';
import { figuresChanged, isGivenAlike, isNews, moveTo, revisionChanges, sinceStored } from './revise.ts';
import { type Decision, unchanged, type Write } from './write.ts';

export const ratedByOwnPlan = 'Rated by the plan of its own year, which was loaded later';

/** One year's results, as they are loaded and as they are there. */
export type YearOfResults = {
  partition: Partition;
  /** Oldest first where the folder gives one figure several times. */
  given: readonly GivenKpiUpdate[];
  present: readonly Stored<'kpi-update'>[];
  /** The year's KPIs by ref: the folder's own, or those stored for an earlier year. */
  kpis: ReadonlyMap<string, Kpi>;
  /** Null for a year that has no plans here: its figures are compared with and never rated. */
  rating: RatingSettings | null;
  /** False for an earlier year with plans of its own: what those say is not changed by a later folder. */
  mayChange: boolean;
  /** Results of the years before, by `updateId`. */
  results: Map<string, string | null>;
  now: string;
  /** Why results are rated again by today's rules; null when they keep the rule they were rated by. */
  rerate: string | null;
};

export const idOf = ({ kpi, period }: Pick<KpiUpdate, 'kpi' | 'period'>) => updateId(kpi, periodOf(period));

/** What to do with each result of a year, those the folder names and those it doesn't. */
export function kpiUpdateWrites(store: Store, year: YearOfResults): Write[] {
  const given = Map.groupBy(year.given, idOf);
  const others = year.mayChange ? year.present.map(({ id }) => id).filter((id) => !given.has(id)) : [];
  return [...given.keys(), ...others].map((id) => ({
    partition: year.partition,
    kind: 'kpi-update' as const,
    id,
    decide: (current) => decide(store, year, given.get(id) ?? [], current as Stored<'kpi-update'> | null),
  }));
}

async function decide(
  store: Store,
  year: YearOfResults,
  history: readonly GivenKpiUpdate[],
  current: Stored<'kpi-update'> | null,
): Promise<Decision> {
  const given = history.at(-1) ?? null;
  const named = given ?? current?.data;
  if (!named) return unchanged;
  const rule = ruleFor(year, named);
  const plan = year.kpis.get(named.kpi)?.plan ?? named.plan;
  if (!current)
    return given ? { outcome: 'created', changes: nextRevisions(null, history, rule, year.now) } : unchanged;
  if (!year.mayChange) return unchanged;
  if (given) {
    const said = { submittedAt: given.submittedAt, isSaidBy: (update: KpiUpdate) => says(update, given) };
    const news = await isNews(store, year.partition, 'kpi-update', current, said);
    if (news === 'kept-newer') return { outcome: news, changes: [] };
    if (news === 'news')
      return { outcome: 'changed', changes: nextRevisions(current, history, rule, year.now) };
  }
  return rateAgain(current, plan, rule, year.rerate);
}

/** The rule of today for one KPI and period; null when the year has no such KPI. */
function ruleFor({ kpis, rating, results }: YearOfResults, named: Pick<KpiUpdate, 'kpi' | 'period'>) {
  const kpi = kpis.get(named.kpi);
  const period = periodOf(named.period);
  if (!kpi || !rating || kpi.frequency !== period.frequency) return null;
  const lastYear = results.get(updateId(named.kpi, samePeriodLastYear(period))) ?? null;
  return settleRule(kpi, period, rating, lastYear);
}

const rated = (result: string | null, rule: RatingRule | null): KpiUpdate['rating'] => ({
  computed: rule ? rateResult(result, rule) : result === null ? 'no-data' : 'not-rated',
  rule,
  override: null,
});

function newUpdate(
  given: GivenKpiUpdate,
  rule: RatingRule | null,
  now: string,
): Omit<KpiUpdate, 'revision' | 'reason'> {
  return {
    ...given,
    actionBy: null,
    dataAge: null,
    rating: rated(given.result, rule),
    submittedAt: given.submittedAt ?? now,
    source: 'import',
  };
}

/** What a folder says since `current`. An approved override belongs to the figure it was approved for. */
function nextRevisions(
  current: Stored<'kpi-update'> | null,
  history: readonly GivenKpiUpdate[],
  rule: RatingRule | null,
  now: string,
) {
  const before = current?.data ?? null;
  const revisions = sinceStored(history, before).map((given, at): KpiUpdate => {
    const update = newUpdate(given, rule, now);
    const override = before && before.result === update.result ? before.rating.override : null;
    const revision = (before?.revision ?? 0) + 1 + at;
    const reason = revision === 1 ? null : figuresChanged;
    return { ...update, rating: { ...update.rating, override }, revision, reason };
  });
  return revisionChanges('kpi-update', idOf(history[0]!), current, revisions.at(-1)!, revisions.slice(0, -1));
}

/**
 * A result keeps the rule that rated it, unless it never had one or an officer asks (RULES "Settings"). It goes
 * with its KPI to another plan; that is no new revision, for nothing else is said.
 */
function rateAgain(
  current: Stored<'kpi-update'>,
  plan: string,
  rule: RatingRule | null,
  rerate: string | null,
): Decision {
  const data = { ...current.data, plan };
  const known = data.rating.rule;
  const ruled = rule === null || data.result === null || isDeepStrictEqual(known, rule);
  const reason = known === null ? ratedByOwnPlan : rerate;
  if (ruled || reason === null) return moveTo(plan, 'kpi-update', current, ruled ? 'unchanged' : 'kept-rule');
  const rating = { ...rated(data.result, rule), override: data.rating.override };
  const update = { ...data, rating, revision: data.revision + 1, reason };
  return { outcome: 'rated-again', changes: revisionChanges('kpi-update', current.id, current, update) };
}

const compared = [
  'result',
  'numerator',
  'denominator',
  'provisional',
  'forecast',
  'commentary',
  'action',
] as const;

/** Who gave it and when is compared with an earlier folder alone: Teams knows better. */
const says = (update: KpiUpdate, given: GivenKpiUpdate): boolean =>
  compared.every((field) => update[field] === given[field]) &&
  update.unavailable?.reason === given.unavailable?.reason &&
  isGivenAlike(update, given);
