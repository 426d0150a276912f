import type { Channel } from '../domain/channel.ts';
import type { YearSettings } from '../domain/council.ts';
import { addDays } from '../domain/days.ts';
import { isDayOff, workingDayFrom } from '../domain/days-off.ts';
import { hourAt } from '../domain/local-time.ts';
import { remember } from '../domain/remember.ts';
import type { Schedule } from '../domain/schedule.ts';
import {
  instantAt,
  type Moment,
  momentsPassed,
  nextMoments,
  postsFor,
  type Quarter,
  quartersOf,
} from '../domain/schedule-moments.ts';
import type { Stored } from '../store/store.ts';
import { composeSaid } from './compose-said.ts';
import type { Deps } from './deps.ts';
import { keepCurrent } from './keep-current.ts';
import { deliver } from './outbox.ts';
import { inYear, type OpenYear } from './session.ts';
import { writeAfresh } from './write-afresh.ts';
import { digestsOf, keepPages, newestOf, nextDigest } from './write-digest.ts';

export type Scheduled = {
  /** What was put in the outbox. `occasion` is the rule that it was for. */
  posted: { channel: string; period: string; occasion: string }[];
  /** ISO instant of the next moment of any channel by the council's clock, or null when there is none. */
  nextAt: string | null;
};

/**
 * Puts in the outbox every digest whose moment has passed and was not seen to: each as a post of its own, in place of
 * the channel's newest of that quarter. What was missed while nothing ran is posted once, and on a working day. Then
 * the posts to which a day that has passed made a difference are sent off to say so.
 *
 * Safe to run twice and in several processes: a digest is created together with the change of the one that it
 * follows, so a moment makes one post. A channel that is stopped is left out until it is heard from.
 *
 * @param until the instant up to which moments have passed: later than now where a day is lived at once
 */
export async function postScheduled(deps: Deps, year: OpenYear, until = year.now): Promise<Scheduled> {
  const then = { ...year, now: until };
  const years = await Promise.all(year.years.map(async (name) => inYear(deps, year, name)));
  const quarters = quartersIn(...(years.map(({ settings }) => settings) as [YearSettings]));
  const posted: Scheduled['posted'] = [];
  const next: (string | null)[] = [];
  const channels = (await deps.store.list(year.council, 'channel')).filter(({ data }) => !data.stopped);
  for (const stored of channels) {
    const { schedule } = stored.data;
    // In the pre-election period nothing is posted by itself. What waits then is posted once when it is over.
    if (!schedule || schedule.rules.length === 0 || year.preElection) continue;
    const known = waiting(schedule, quarters, then);
    if (known) {
      next.push(known.nextAt);
      continue;
    }
    const passed = momentsPassed(schedule, quarters, year.settings.timeZone, until);
    if (passed.length > 0 && !mayPost(passed, then)) {
      next.push(nextMorning(then));
      continue;
    }
    for (const moment of postsFor(passed)) {
      const here = years.find(({ settings }) => settings.year === moment.period.year)!;
      if (await postOccasion(deps, here, stored.data, moment)) {
        posted.push({ channel: stored.id, period: moment.period.key, occasion: moment.on });
      }
    }
    if (passed.length > 0) await markHandled(deps, stored, passed.at(-1)!.at);
    next.push(nextOf(schedule, quarters, then));
  }
  const reachable = new Map(channels.map(({ id, data }) => [id, data]));
  for (const each of years) next.push(await keepCurrent(deps, each, reachable, until));
  return { posted, nextAt: next.filter((at) => at !== null).sort()[0] ?? null };
}

/** One list for the same settings, so that what follows from it can be remembered. */
const quartersIn = remember((...settings: [YearSettings, ...YearSettings[]]) => quartersOf(settings));

type Known = { quarters: readonly Quarter[]; from: string; nextAt: string | null };
const knownNext = new WeakMap<Schedule, Known>();

/** What a schedule waits for, where that was worked out before and nothing has passed since. */
function waiting(schedule: Schedule, quarters: readonly Quarter[], { now }: OpenYear): Known | null {
  const known = knownNext.get(schedule);
  const holds = known && known.quarters === quarters && known.from <= now;
  return holds && known.nextAt !== null && now < known.nextAt ? known : null;
}

function nextOf(schedule: Schedule, quarters: readonly Quarter[], { now, settings }: OpenYear) {
  const rules = schedule.rules.map(({ rule }) => rule);
  const nextAt = nextMoments(rules, quarters, settings.timeZone, now, 1)[0]?.at ?? null;
  const isSettled = momentsPassed(schedule, quarters, settings.timeZone, now).length === 0;
  if (isSettled) knownNext.set(schedule, { quarters, from: now, nextAt });
  return nextAt;
}

/** On its own day a digest is posted at its time; what was missed waits for a working day's writing hours. */
function mayPost(passed: readonly Moment[], { now, today, settings }: OpenYear): boolean {
  const { calendar, timeZone } = settings;
  if (isDayOff(today, calendar)) return false;
  return passed.some(({ date }) => date === today) || hourAt(now, timeZone) >= calendar.writeFromHour;
}

function nextMorning({ now, today, settings }: OpenYear): string {
  const { calendar, timeZone } = settings;
  const time = `${String(calendar.writeFromHour).padStart(2, '0')}:00`;
  const at = instantAt(workingDayFrom(today, calendar), time, timeZone);
  return at > now ? at : instantAt(workingDayFrom(addDays(today, 1), calendar), time, timeZone);
}

/** False when it was posted before, or something later was. */
async function postOccasion(
  deps: Deps,
  year: OpenYear,
  channel: Channel,
  { period, on, at }: Moment,
): Promise<boolean> {
  const said = await composeSaid(deps, year, channel, period);
  const { conversationId, serviceUrl } = channel;
  return writeAfresh(deps, async () => {
    const digests = await digestsOf(deps, year.year, conversationId, period);
    const isDone = digests.some(({ data }) => data.occasion.at !== null && data.occasion.at >= at);
    if (isDone) return { answer: false, session: year, changes: [] };
    const newest = newestOf(digests);
    const { id, changes, pages } = await nextDigest(deps, year, channel, period, said, newest, { on, at });
    await keepPages(deps, year, pages);
    const delivery = deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id });
    return { answer: true, session: year, changes: [...changes, delivery] };
  });
}

/** Spares the next round the same look. That a moment is done is kept with its digest, whatever becomes of this. */
async function markHandled({ store }: Deps, { partition, id }: Stored<'channel'>, at: string): Promise<void> {
  for (;;) {
    const channel = await store.read(partition, 'channel', id);
    const schedule = channel?.data.schedule;
    if (!channel || !schedule || schedule.handledUntil >= at) return;
    const data = { ...channel.data, schedule: { ...schedule, handledUntil: at } };
    const { version } = channel;
    const written = await store.write(partition, [{ change: 'replace', kind: 'channel', id, version, data }]);
    if (written.ok) return;
  }
}
