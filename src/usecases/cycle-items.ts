import type { YearSettings } from '../domain/council.ts';
import type { CycleItem } from '../domain/cycle.ts';
import type { IsoDate } from '../domain/days.ts';
import { itemsAskedFor } from '../domain/due-items.ts';
import { type MovedPeriod, movedPeriods } from '../domain/period-moves.ts';
import type { Plan } from '../domain/plan.ts';
import { remember } from '../domain/remember.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { loadParts, type PlanParts } from './plan-reports.ts';
import { inYear, type OpenYear } from './session.ts';

/** Every item that the council asks for now, in the two years that can have a period open. */
export const cycleItems = (deps: Deps, year: OpenYear): Promise<readonly CycleItem[]> =>
  inBothYears(deps, year, itemsIn, bothItems);

/** Every period that an officer moved and that isn't long over, in the same two years. */
export const cycleMoves = (deps: Deps, year: OpenYear): Promise<readonly MovedPeriod[]> =>
  inBothYears(deps, year, movesIn, bothMoves);

type InYear<T> = (
  parts: PlanParts,
  plans: readonly Stored<'plan'>[],
  settings: YearSettings,
  today: IsoDate,
) => readonly T[];

async function inBothYears<T>(
  deps: Deps,
  year: OpenYear,
  inOne: InYear<T>,
  both: (older: readonly T[], newer: readonly T[]) => readonly T[],
): Promise<readonly T[]> {
  const found: (readonly T[])[] = [];
  for (const each of year.years.slice(-2)) {
    const session = await inYear(deps, year, each);
    const plans = await deps.store.list(session.year, 'plan');
    found.push(inOne(await loadParts(deps, session), plans, session.settings, year.today));
  }
  return found.length === 2 ? both(found[0]!, found[1]!) : (found[0] ?? []);
}

const itemsIn: InYear<CycleItem> = remember((parts, plans, settings, today) => {
  const byRef = plansIn(plans);
  return itemsAskedFor(parts, settings, today).flatMap((item) => {
    const plan = byRef.get(item.plan);
    return plan ? [{ item, plan, calendar: settings.calendar }] : [];
  });
});

const movesIn: InYear<MovedPeriod> = remember((parts, plans, settings, today) =>
  settings.calendar.moves ? movedPeriods(parts, plansIn(plans), settings, today) : [],
);

const bothItems = remember((older: readonly CycleItem[], newer: readonly CycleItem[]) => [
  ...older,
  ...newer,
]);
const bothMoves = remember((older: readonly MovedPeriod[], newer: readonly MovedPeriod[]) => [
  ...older,
  ...newer,
]);

const plansIn = remember(
  (plans: readonly Stored<'plan'>[]): Map<string, Plan> => new Map(plans.map(({ data }) => [data.ref, data])),
);

export const plansByRef = async ({ store }: Deps, { year }: OpenYear): Promise<Map<string, Plan>> =>
  plansIn(await store.list(year, 'plan'));
