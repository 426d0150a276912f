import { chance } from '../src/simulation/seeded.ts';
import { audiences, days } from './council.ts';

/** Something that happens `at` milliseconds after the run began, or as soon afterwards as it can. */
export type Event = { at: number } & (
  | { does: 'give'; item: number; times: 'once' | 'twice at once' | 'twice, two ids' }
  | { does: 'digest'; channel: number }
  /** Ends processes with SIGKILL; each is started again after a while, or never (null) while others are left. */
  | { does: 'kill'; who: number[]; againAfter: (number | null)[] }
  | { does: 'terminate'; who: number; againAfter: number }
  /** The process stands still for a while and goes on as if nothing had been. */
  | { does: 'stall'; who: number; milliseconds: number }
  /** The next morning; `abrupt` doesn't wait until nothing is being sent. */
  | { does: 'night'; day: string; abrupt: boolean }
);

/** All that a seed decides. What Teams answers is decided in faults.ts, by the seed and the request's number. */
export type Plan = {
  seed: number;
  /** Milliseconds by which each instance's clock is ahead. */
  skews: number[];
  managers: number;
  events: Event[];
  /** Milliseconds after which faults stop. */
  lasts: number;
};

/** Clocks are at most a minute apart. */
const mostApart = 60_000;

export function makePlan(seed: number): Plan {
  const pick = (most: number, ...words: (string | number)[]) => Math.floor(chance(seed, ...words) * most);
  const instances = chance(seed, 'instances') < 0.65 ? 2 : 3;
  const managers = 4 + pick(3, 'managers');
  const nights = 1 + pick(2, 'nights');
  const dayLasts = 1_600;
  const lasts = dayLasts * (nights + 1);
  const when = (...words: (string | number)[]) => pick(lasts, 'when', ...words);
  const events: Event[] = [];

  // The last item of each plan is given at the end alone, so that someone is asked for it on every day.
  const items = 2 * managers;
  for (let item = 0; item < items; item++) {
    if (item < 4 || chance(seed, 'given', item) > 0.8) continue;
    const times = (['once', 'once', 'twice at once', 'twice, two ids'] as const)[pick(4, 'times', item)]!;
    events.push({ at: when('give', item), does: 'give', item, times });
  }
  for (let n = 0; n < 5 + pick(6, 'corrections'); n++) {
    const item = 4 + pick(items - 4, 'correct', n);
    events.push({ at: when('correct', n), does: 'give', item, times: n % 3 ? 'once' : 'twice at once' });
  }
  for (const channel of audiences.keys()) events.push({ at: 10 + 40 * channel, does: 'digest', channel });
  for (let n = 0; n < 2 + pick(5, 'digests'); n++) {
    events.push({ at: when('digest', n), does: 'digest', channel: pick(audiences.length, 'channel', n) });
  }
  for (let n = 0; n < 1 + pick(3, 'kills'); n++) {
    const most = 1 + pick(instances, 'how many', n);
    const who = Array.from({ length: most }, (_, at) => (pick(instances, 'who', n) + at) % instances);
    const againAfter = who.map((_, at) =>
      chance(seed, 'comes back', n, at) < 0.5 ? 100 + pick(900, 'again', n, at) : null,
    );
    events.push({ at: when('kill', n), does: 'kill', who, againAfter });
  }
  if (chance(seed, 'terminate') < 0.4) {
    const againAfter = 50 + pick(500, 'again');
    events.push({ at: when('terminate'), does: 'terminate', who: pick(instances, 'terminated'), againAfter });
  }
  if (chance(seed, 'stall') < 0.5) {
    const milliseconds = 200 + pick(3_000, 'stalled for');
    events.push({ at: when('stall'), does: 'stall', who: pick(instances, 'stalled'), milliseconds });
  }
  const chosen = [...days].sort((a, b) => chance(seed, 'day', a) - chance(seed, 'day', b)).slice(0, nights);
  for (const [at, day] of chosen.sort().entries()) {
    events.push({ at: dayLasts * (at + 1), does: 'night', day, abrupt: chance(seed, 'abrupt', day) < 0.25 });
  }
  return {
    seed,
    managers,
    lasts,
    skews: Array.from({ length: instances }, (_, at) => (at === 0 ? 0 : pick(mostApart, 'skew', at))),
    events: events.sort((a, b) => a.at - b.at),
  };
}
