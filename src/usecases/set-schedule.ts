import { assertAllowed } from '../domain/access.ts';
import type { Channel } from '../domain/channel.ts';
import { longDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { rescheduled, type ScheduleRule, sameRule } from '../domain/schedule.ts';
import { instantAt, type Moment, nextMoments, quartersOf } from '../domain/schedule-moments.ts';
import { sayTimeOfDay } from '../domain/time-of-day.ts';
import type { Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { inYear, type OpenYear, type Session } from './session.ts';
import { wakeCycle } from './wake-cycle.ts';

export type ChannelSchedule = {
  channel: Channel;
  /** What still lies ahead: a single date that has passed is left out. */
  rules: ScheduleRule[];
  /** The next times that something is posted, at most three. */
  next: Moment[];
};

const shownAhead = 3;
const attempts = 5;

/** When a channel's digest is posted. Throws `Refused` `not-allowed` or `channel-not-connected`. */
export async function readSchedule(
  deps: Deps,
  session: Session,
  channelId: string,
): Promise<ChannelSchedule> {
  assertAllowed(session.actor, 'set-schedule');
  return scheduleOf(deps, session, (await connected(deps, session, channelId)).data);
}

/**
 * Sets when a channel's digest is posted, in place of what was set before; no rules turn it off. A rule that stays
 * goes on as it was, so setting the same twice loses nothing. Throws `Refused` `not-allowed`,
 * `channel-not-connected`, `busy`, or `bad-input` for a single time that has passed.
 */
export async function setSchedule(
  deps: Deps,
  session: Session,
  channelId: string,
  rules: readonly ScheduleRule[],
): Promise<ChannelSchedule> {
  assertAllowed(session.actor, 'set-schedule');
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { partition, id, version, data } = await connected(deps, session, channelId);
    assertAhead(session, rules, data);
    const schedule = rescheduled(data.schedule, rules, session.actor.person.id, session.now);
    const channel: Channel = { ...data, schedule };
    const outcome = rules.length === 0 ? 'turned-off' : 'set';
    const acted = { act: 'schedule-set', about: { channel: channelId }, outcome } as const;
    const written = await writeAct(deps, partition, session, acted, [
      { change: 'replace', kind: 'channel', id, version, data: channel },
    ]);
    if (!written.ok) continue;
    await wakeCycle(deps, session);
    return scheduleOf(deps, session, channel);
  }
  throw new Refused(
    'busy',
    'Someone is changing this channel right now. Nothing was changed; send it again.',
  );
}

async function connected({ store }: Deps, { council }: OpenYear, id: string): Promise<Stored<'channel'>> {
  const channel = await store.read(council, 'channel', id);
  if (channel) return channel;
  throw new Refused(
    'channel-not-connected',
    'This channel isn’t connected yet. Send “connect” here first, then “schedule”.',
  );
}

const instantOf = (rule: ScheduleRule, timeZone: string): string | null =>
  rule.on === 'date' ? instantAt(rule.date, rule.time, timeZone) : null;

function assertAhead(
  { now, settings }: Session,
  rules: readonly ScheduleRule[],
  { schedule }: Channel,
): void {
  for (const rule of rules) {
    const at = instantOf(rule, settings.timeZone);
    const isKnown = schedule?.rules.some((known) => sameRule(known.rule, rule));
    if (at === null || at > now || isKnown || rule.on !== 'date') continue;
    throw new Refused(
      'bad-input',
      `${sayTimeOfDay(rule.time)} on ${longDate(rule.date)} has passed. Write a later time, or send “digest” to post now.`,
    );
  }
}

async function scheduleOf(deps: Deps, year: OpenYear, channel: Channel): Promise<ChannelSchedule> {
  const { timeZone } = year.settings;
  const settings = await Promise.all(
    year.years.map(async (name) => (await inYear(deps, year, name)).settings),
  );
  const rules = (channel.schedule?.rules ?? [])
    .map(({ rule }) => rule)
    .filter((rule) => rule.on !== 'date' || addedDay(instantOf(rule, timeZone)!) > year.now);
  return { channel, rules, next: nextMoments(rules, quartersOf(settings), timeZone, year.now, shownAhead) };
}

/** A date on a day off is posted up to some days later, so it is shown a while longer. */
const addedDay = (at: string): string => new Date(Date.parse(at) + 7 * 86_400_000).toISOString();
