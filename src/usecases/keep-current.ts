import { datesOf } from '../domain/calendar.ts';
import type { Channel } from '../domain/channel.ts';
import { finalityOf } from '../domain/compose-digest.ts';
import type { YearSettings } from '../domain/council.ts';
import { addDays, type IsoDate } from '../domain/days.ts';
import { frequencies } from '../domain/frequency.ts';
import { dateAt, hourAt } from '../domain/local-time.ts';
import { periodOf, periodsOf } from '../domain/periods.ts';
import { remember } from '../domain/remember.ts';
import { instantAt } from '../domain/schedule-moments.ts';
import type { DataOf } from '../store/documents.ts';
import type { Stored } from '../store/store.ts';
import { hashOf } from './compose-said.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import { isBehind } from './refresh-digest.ts';
import type { OpenYear } from './session.ts';

/**
 * Sends off the newest posts to which a day that has passed made a difference, with no one doing anything: what was
 * awaited is overdue, a milestone is late, figures are locked and so final. So are those, earlier ones too, that are
 * behind because their edit was refused or given up. Gives when the next period is locked.
 *
 * @param until the instant up to which the day is lived: later than now where a day is lived at once
 */
export async function keepCurrent(
  deps: Deps,
  year: OpenYear,
  channels: ReadonlyMap<string, Channel>,
  until: string,
): Promise<string | null> {
  const { timeZone } = year.settings;
  const milestones = await deps.store.list(year.year, 'milestone');
  const locks: string[] = [];
  for (const { id, version, data } of await deps.store.list(year.year, 'digest')) {
    const channel = channels.get(data.channel);
    if (!channel) continue;
    const { conversationId, serviceUrl } = channel;
    const sendOff = () =>
      deliver(deps, year, { id: conversationId, serviceUrl }, { kind: 'digest', digest: id });
    if (isBehind(data)) {
      // Once an hour: the next round finds a delivery of the same id there already.
      const ofThisHour = hashOf([id, data.revision, year.now.slice(0, 'yyyy-mm-ddThh'.length)]);
      await deps.store.write(year.year, [{ ...sendOff(), id: ofThisHour }]);
    }
    if (data.supersededBy !== null || data.final) continue;
    const { final, locks: lockDay } = finalityOf(periodOf(data.period), year.settings, year.today);
    if (!final) locks.push(instantAt(addDays(lockDay, 1), '00:00', timeZone));
    const isLocked = final && data.finalAskedFor !== lockDay;
    if (!isLocked && !isOld(data, year, until, turningDays(year.settings, milestones))) continue;
    const asked = { ...data, lookedOn: year.today, finalAskedFor: final ? lockDay : data.finalAskedFor };
    // Where something else is written to it now, the next round asks again.
    await deps.store.write(year.year, [
      { change: 'replace', kind: 'digest', id, version, data: asked },
      sendOff(),
    ]);
  }
  return locks.filter((at) => dateAt(at, timeZone) > year.today).sort()[0] ?? null;
}

/** Whether a turning day has ended since a digest was composed or last looked at; said once the day's hours begin. */
function isOld(
  digest: DataOf<'digest'>,
  { today, settings: { calendar, timeZone } }: OpenYear,
  until: string,
  days: readonly IsoDate[],
): boolean {
  const since = digest.lookedOn ?? dateAt(digest.composedAt, timeZone);
  if (since >= today || hourAt(until, timeZone) < calendar.writeFromHour) return false;
  return days.some((day) => since <= day && day < today);
}

/** The days after which something is overdue, late or begun that wasn't before. */
const turningDays = remember(
  ({ year, calendar }: YearSettings, milestones: readonly Stored<'milestone'>[]): IsoDate[] => [
    ...frequencies.flatMap((frequency) =>
      periodsOf(year, frequency).map((period) => datesOf(period, calendar).due),
    ),
    ...milestones.flatMap(({ data: { start, due } }) => (start ? [due, addDays(start, -1)] : [due])),
  ],
);
