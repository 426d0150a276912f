import type { Entry } from '../domain/cycle.ts';
import { addDays, daysBetween, type IsoDate } from '../domain/days.ts';
import type { Deps } from '../usecases/deps.ts';
import { runCycle } from '../usecases/run-cycle.ts';
import { changePlayground, type PlaygroundClock } from './clock.ts';

/** What the cycle did while the clock was moved: messages by why they went out (one may have several reasons). */
export type Moved = {
  days: number;
  messages: Record<'asked' | 'reminded' | 'chased' | 'told', number>;
  /** Digests that were posted by their channels' schedules. */
  posted: number;
  /** Whether the council is closed on the day that the clock was moved to. */
  isDayOff: boolean;
  /** People who should have been written to on that day and have never said anything here. */
  notReachable: number;
};

/** Further than this nobody follows what is sent on the way. */
export const furthestMove = 500;

const names = { opens: 'asked', remind: 'reminded', chase: 'chased', tell: 'told' } as const;

/**
 * Lives the council's days up to a date, one after the other, as the world's clock would: on each the cycle runs,
 * and its messages are out before the next. A date that is not ahead is gone to at once.
 *
 * @param quiet resolves once nothing that is in the outbox can go now
 */
export async function moveClock(
  deps: Deps & { quiet: () => Promise<void> },
  clock: PlaygroundClock,
  { tenant, from, to, correlationId }: { tenant: string; from: IsoDate; to: IsoDate; correlationId: string },
): Promise<Moved> {
  const days = Math.max(daysBetween(from, to), 1);
  const moved: Moved = {
    days: daysBetween(from, to),
    messages: { asked: 0, reminded: 0, chased: 0, told: 0 },
    posted: 0,
    isDayOff: false,
    notReachable: 0,
  };
  for (let ahead = days - 1; ahead >= 0; ahead--) {
    const date = addDays(to, -ahead);
    await changePlayground(deps.store, tenant, (now) => ({ ...now, date }));
    await clock.reload(tenant);
    const { asked, posted } = await runCycle(deps, tenant, correlationId, { anyHour: true });
    for (const { entries } of asked.written) count(moved, entries);
    moved.posted += posted.length;
    moved.isDayOff = asked.outcome === 'day-off';
    moved.notReachable = asked.notReachable.length;
    await deps.quiet();
  }
  return moved;
}

function count({ messages }: Moved, entries: readonly Entry[]): void {
  for (const why of new Set(entries.map((entry) => entry.why))) {
    if (why in names) messages[names[why as keyof typeof names]] += 1;
  }
}
