import { datesOf, type PeriodDates } from './calendar.ts';
import type { CalendarSettings, YearSettings } from './council.ts';
import type { IsoDate } from './days.ts';
import type { Kpi, KpiRating, KpiUpdate } from './kpi.ts';
import { dateAt } from './local-time.ts';
import { type Period, parsePeriod, periodsOf } from './periods.ts';
import type { Milestone, MilestoneState, MilestoneUpdate } from './project.ts';
import { compareRefs } from './ref-order.ts';
import { remember } from './remember.ts';

/** Which update is meant, as cards carry it: `kpi/KHS-01@2009/10 Q2` or `milestone/KHS-P1-M2@2009/10 Q2`. */
export type ItemId = string;

/** One update that someone is asked for. */
export type DueItem = {
  id: ItemId;
  kind: 'kpi' | 'milestone';
  ref: string;
  plan: string;
  title: string;
  accountableManager: string | null;
  period: Period;
  dates: PeriodDates;
  state: 'overdue' | 'due' | 'given';
  /** Past the lock only a performance officer can give it. */
  locked: boolean;
  /** What was given: a KPI's rating, or what was said of a milestone. */
  rating: KpiRating | null;
  said: MilestoneState | null;
};

export const itemId = (kind: DueItem['kind'], ref: string, period: Period): ItemId =>
  `${kind}/${ref}@${period.key}`;

/** Reads an item id; null when it is none. */
export function parseItemId(text: unknown): { kind: DueItem['kind']; ref: string; period: Period } | null {
  const match = typeof text === 'string' ? /^(kpi|milestone)\/(.+)@([^@]+)$/.exec(text) : null;
  const period = match && parsePeriod(match[3]!);
  return match && period ? { kind: match[1] as DueItem['kind'], ref: match[2]!, period } : null;
}

/** What a year's plans ask for and what was given. */
export type Parts = {
  kpis: readonly Kpi[];
  updates: readonly KpiUpdate[];
  milestones: readonly Milestone[];
  milestoneUpdates: readonly MilestoneUpdate[];
};

const stateOf = (given: boolean, dates: PeriodDates, today: IsoDate): DueItem['state'] =>
  given ? 'given' : today > dates.due ? 'overdue' : 'due';

/**
 * Every update that a year has asked for by `today`: each opened period of each KPI, and each open milestone
 * once in the newest opened quarter, because the quarter is when a plan is reported. A milestone that is closed
 * is asked for no more; what was said of it this quarter still shows as given.
 */
export function itemsAskedFor(parts: Parts, settings: YearOf, today: IsoDate): DueItem[] {
  return [...kpiItems(parts, settings, today), ...milestoneItems(parts, settings, today)];
}

/** What of a year's settings decides what is asked for. */
export type YearOf = Pick<YearSettings, 'year' | 'calendar' | 'timeZone'>;

function kpiItems({ kpis, updates }: Parts, { year, calendar }: YearOf, today: IsoDate): DueItem[] {
  const given = byKpi(updates);
  return kpis.flatMap((kpi) => itemsOf(kpi, year, calendar, today, ...(given.get(kpi.ref) ?? [])));
}

/** Updates by their KPI's ref. */
export const byKpi = remember((updates: readonly KpiUpdate[]) => Map.groupBy(updates, ({ kpi }) => kpi));

/** One KPI's items, made anew when an update of its own has changed. */
const itemsOf = remember(
  (kpi: Kpi, year: string, calendar: CalendarSettings, today: IsoDate, ...given: KpiUpdate[]): DueItem[] =>
    openedPeriods(year, kpi.frequency, calendar, today).map(({ period, dates }): DueItem => {
      const update = given.findLast(({ period: key }) => key === period.key);
      return {
        id: itemId('kpi', kpi.ref, period),
        kind: 'kpi',
        ref: kpi.ref,
        plan: kpi.plan,
        title: kpi.title,
        accountableManager: kpi.accountableManager,
        period,
        dates,
        state: stateOf(update !== undefined, dates, today),
        locked: today > dates.locks,
        rating: update ? (update.rating.override?.rating ?? update.rating.computed) : null,
        said: null,
      };
    }),
);

function milestoneItems(parts: Parts, settings: YearOf, today: IsoDate): DueItem[] {
  const quarter = newestQuarter(settings, today);
  if (!quarter) return [];
  const { period, dates } = quarter;
  return milestonesIn(parts, settings, quarter).map(({ milestone, update, given }) => ({
    id: itemId('milestone', milestone.ref, period),
    kind: 'milestone',
    ref: milestone.ref,
    plan: milestone.plan,
    title: milestone.title,
    accountableManager: milestone.accountableManager,
    period,
    dates,
    state: stateOf(given, dates, today),
    locked: today > dates.locks,
    rating: null,
    said: update?.state ?? null,
  }));
}

type Opened = { period: Period; dates: PeriodDates };

/** The quarter in which milestones are reported: the newest that has opened. */
export const newestQuarter = ({ year, calendar }: YearOf, today: IsoDate): Opened | null =>
  openedPeriods(year, 'quarterly', calendar, today).at(-1) ?? null;

/** The milestones that a quarter asks for, with what was said of each last, and whether that was in this quarter. */
export function milestonesIn(
  { milestones, milestoneUpdates }: Pick<Parts, 'milestones' | 'milestoneUpdates'>,
  { timeZone }: YearOf,
  { period, dates }: Opened,
): { milestone: Milestone; update: MilestoneUpdate | null; given: boolean }[] {
  const updates = new Map(milestoneUpdates.map((update) => [update.milestone, update]));
  return milestones.flatMap((milestone) => {
    const update = updates.get(milestone.ref) ?? null;
    // Opened by the council's own midnight, which in summer is an hour before that of the stored instant.
    const given = update !== null && dateAt(update.submittedAt, timeZone) >= dates.opens;
    const begun = milestone.start === null || milestone.start <= period.end;
    const open = begun && !(update && closed.includes(update.state));
    return given || open ? [{ milestone, update, given }] : [];
  });
}

const closed: readonly MilestoneState[] = ['complete', 'deferred', 'cancelled'];

const opened = new WeakMap<CalendarSettings, Map<string, Opened[]>>();

/** The periods of a year that have opened, with their dates, remembered per calendar. */
function openedPeriods(
  year: string,
  frequency: Kpi['frequency'],
  calendar: CalendarSettings,
  today: IsoDate,
) {
  const known = opened.get(calendar) ?? new Map<string, Opened[]>();
  opened.set(calendar, known);
  const key = `${year} ${frequency}`;
  let all = known.get(key);
  if (!all) {
    all = periodsOf(year, frequency).map((period) => ({ period, dates: datesOf(period, calendar) }));
    known.set(key, all);
  }
  return all.filter(({ dates }) => dates.opens <= today);
}

const order = { overdue: 0, due: 1, given: 2 };

const inOrder = (one: IsoDate, other: IsoDate): number => (one < other ? -1 : one > other ? 1 : 0);

/** Overdue first, then due, then given; the earliest due date first within each, then as refs are counted. */
export const inOrderOfUrgency = (items: readonly DueItem[]): DueItem[] =>
  items.toSorted(
    (a, b) =>
      order[a.state] - order[b.state] || inOrder(a.dates.due, b.dates.due) || compareRefs(a.ref, b.ref),
  );
