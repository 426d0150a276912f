import { type DueItem, inOrderOfUrgency, itemsAskedFor } from '../domain/due-items.ts';
import type { Deps } from './deps.ts';
import { dataOf } from './plan-reports.ts';
import { inYear, type Session } from './session.ts';

export type MyUpdates = {
  /** Overdue first, then due, then given. */
  items: DueItem[];
  given: number;
  total: number;
  /** How many were never given before their period was locked. */
  missed: number;
  /** Titles of the plans that the items belong to, by ref. */
  planTitles: Map<string, string>;
};

/**
 * The updates that this person is asked for now, in their own name or as a deputy: every period that is open
 * and not locked, in every year that has one.
 */
export async function listMyUpdates(deps: Deps, session: Session): Promise<MyUpdates> {
  const planTitles = new Map<string, string>();
  const items: DueItem[] = [];
  // Only the newest two years can have a period open: April's reporting closes the old one.
  for (const year of session.years.slice(-2)) {
    const inThatYear = await inYear(deps, session, year);
    items.push(...(await itemsInYear(deps, inThatYear, planTitles)));
  }
  const open = items.filter(({ locked }) => !locked);
  const given = open.filter(({ state }) => state === 'given').length;
  const missed = items.filter(({ locked, state }) => locked && state !== 'given').length;
  return { items: inOrderOfUrgency(open), given, total: open.length, missed, planTitles };
}

async function itemsInYear(
  deps: Deps,
  session: Session,
  planTitles: Map<string, string>,
): Promise<DueItem[]> {
  const { store } = deps;
  const { settings, today } = session;
  const mine = await Promise.all(
    [...session.actor.standsInFor].map(async (accountableManager) => ({
      kpis: await store.list(session.year, 'kpi', { accountableManager }),
      milestones: await store.list(session.year, 'milestone', { accountableManager }),
    })),
  );
  const kpis = mine.flatMap((own) => own.kpis.map(({ data }) => data));
  const milestones = mine.flatMap((own) => own.milestones.map(({ data }) => data));
  const plans = new Set([...kpis, ...milestones].map(({ plan }) => plan));
  const given = await Promise.all(
    [...plans].map(async (plan) => {
      planTitles.set(plan, (await store.read(session.year, 'plan', plan))?.data.title ?? plan);
      return {
        updates: await store.list(session.year, 'kpi-update', { plan }),
        milestoneUpdates: await store.list(session.year, 'milestone-update', { plan }),
      };
    }),
  );
  const parts = {
    kpis,
    milestones,
    updates: joined(given.map(({ updates }) => dataOf(updates))),
    milestoneUpdates: joined(given.map(({ milestoneUpdates }) => dataOf(milestoneUpdates))),
  };
  return itemsAskedFor(parts, settings, today);
}

/** One list of several; the very same when there is only one, as most managers have. */
const joined = <T>(lists: readonly (readonly T[])[]): readonly T[] =>
  lists.length === 1 ? lists[0]! : lists.flat();

/** The first that is still wanted after `item`, or null when all are given. */
export const nextItem = ({ items }: MyUpdates, item?: string): DueItem | null =>
  items.find(({ state, id }) => state !== 'given' && id !== item) ?? null;
