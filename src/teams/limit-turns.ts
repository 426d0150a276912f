import type { Log } from '../log.ts';
import { createFloodLog } from './log-flood.ts';

export type TurnLimits = {
  /** Turns that one person may take within `within`. */
  person: number;
  /** Turns that a whole council may take within `within`. */
  tenant: number;
  /** Milliseconds. */
  within: number;
};

/**
 * Nobody presses three buttons a second for ten seconds, and a council of 5,000 that all press one within ten seconds
 * of nine in the morning stays under its ceiling. In the playground one account is everybody, so it gets more.
 */
export const turnLimits = {
  teams: { person: 30, tenant: 6000, within: 10_000 },
  playground: { person: 1000, tenant: 60_000, within: 10_000 },
} as const satisfies Record<string, TurnLimits>;

export const tooManyTurns = 'You’ve sent Planwatch a lot in a short time. Wait ten seconds, then try again.';

export type TakesTurn = { tenant: string; person: string };

/** `isFirst` is true of the first turn that is refused in a window, which alone is worth a message. */
export type Limited = { refused: false } | { refused: true; isFirst: boolean };

/** People, and tenants apart from them, whose turns are counted at once; past it the count that began first is forgotten. */
const mostCounted = 10_000;

type Count = { since: number; turns: number; refused: number };

/**
 * Counts turns by person and by tenant in memory, each in windows of `within`, and says which are too many. A turn
 * that is refused to a person doesn't count for the tenant: one person's flood must not silence a council. Each process
 * counts its own.
 *
 * @example
 * const limit = createTurnLimit({ limits: turnLimits.teams, clock: Date.now, log });
 * if (limit({ tenant, person }).refused) return say(tooManyTurns);
 */
export function createTurnLimit(deps: {
  limits: TurnLimits;
  clock: () => number;
  log: Log;
}): (turn: TakesTurn) => Limited {
  const { limits, clock, log } = deps;
  const people = new Map<string, Count>();
  const tenants = new Map<string, Count>();
  const say = (refused: number, by: { tenant: string; limit: 'person' | 'tenant' }) =>
    log.warn({ ...by, refused }, 'too-many-turns');
  const logRefusal = createFloodLog({ most: 1, one: (by) => say(1, by), rest: say });

  function countOf(counts: Map<string, Count>, key: string, now: number): Count {
    const known = counts.get(key);
    // A clock that was set back begins anew, or nobody could do anything until it has caught up.
    if (known && now >= known.since && now - known.since < limits.within) return known;
    counts.delete(key);
    if (counts.size >= mostCounted) counts.delete(counts.keys().next().value!);
    const begun = { since: now, turns: 0, refused: 0 };
    counts.set(key, begun);
    return begun;
  }

  function refuse(count: Count, tenant: string, limit: 'person' | 'tenant'): Limited {
    count.refused += 1;
    logRefusal({ tenant, limit });
    return { refused: true, isFirst: count.refused === 1 };
  }

  return ({ tenant, person }) => {
    const now = clock();
    const own = countOf(people, JSON.stringify([tenant, person]), now);
    if (own.turns >= limits.person) return refuse(own, tenant, 'person');
    own.turns += 1;
    const all = countOf(tenants, tenant, now);
    // The one who is refused hears it once, however many others of the council do.
    if (all.turns >= limits.tenant) return refuse(own, tenant, 'tenant');
    all.turns += 1;
    return { refused: false };
  };
}
