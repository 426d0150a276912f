import { addDays, type IsoDate } from '../domain/days.ts';
import { isDayOff } from '../domain/days-off.ts';
import { periodName, periodOf } from '../domain/periods.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { cyclePost } from '../teams/cycle-post.ts';
import { digestPost } from '../teams/digest-post.ts';
import { noticePost } from '../teams/notice-post.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { audienceTitle } from '../usecases/connect-channel.ts';
import type { CouncilData } from '../usecases/import-council/council-data.ts';
import { importCouncil } from '../usecases/import-council.ts';
import { openYear } from '../usecases/session.ts';
import { createOutbox, type Outbox } from '../worker/rounds.ts';
import { instantOn } from './instant.ts';
import { managersAnswer } from './managers.ts';
import { createRecord, type SentMessage, type Totals, totalsOf, type Week } from './record.ts';
import { recordingConnector } from './recording-connector.ts';
import { settleIn } from './settle-in.ts';

export type Simulated = { weeks: Week[]; totals: Totals };

export type Simulation = {
  store: Store;
  council: CouncilData;
  from: IsoDate;
  to: IsoDate;
  seed: number;
  log: Log;
  /** Called with each message as it is taken, before anything else happens. */
  heard?: (at: string, message: SentMessage) => Promise<void>;
};

/**
 * Runs a council's days one after the other from an empty register: the outbox's own rounds run the cycle when its
 * hours begin, and deliver; the managers answer an hour later. Everything is production's own but the clock, the
 * connector and the people.
 */
export async function simulate({
  store,
  council,
  from,
  to,
  seed,
  log,
  heard,
}: Simulation): Promise<Simulated> {
  const { tenantId: tenant, timeZone, year } = council.settings;
  const { writeFromHour, writeUntilHour } = council.settings.calendar;
  const time = { now: instantOn(from, 0, timeZone) };
  let ids = 0;
  const now = () => time.now;
  const deps = { store, now, wallNow: now, newId: () => `id-${++ids}`, elapsed: () => Date.parse(time.now) };
  const cards = { ...deps, dayLine: () => null, nudge: () => {} };
  const record = createRecord(timeZone);
  const saying = new WeakMap<object, SentMessage>();
  const cycleCard = cyclePost(cards);
  const digestCard = digestPost(cards);
  const outbox = createOutbox({
    ...deps,
    connector: recordingConnector(async (op, card) => {
      const message: SentMessage = op === 'edit' ? { kind: 'edit' } : saying.get(card)!;
      record.sent(now(), message);
      await heard?.(now(), message);
    }),
    cycle: {
      card: (message) => {
        const card = cycleCard(message);
        saying.set(card, { kind: 'cycle', person: message.to.name, entries: message.entries });
        return card;
      },
    },
    digestCard: async (own, its, digest) => {
      const card = await digestCard(own, its, digest);
      const open = await openYear(deps, tenant, 'simulation');
      const { period, audience, final } = digest.data;
      const title = `${periodName(periodOf(period))} to ${audienceTitle(open, audience)}`;
      saying.set(card, { kind: 'post', title: `${title}, ${final ? 'final' : 'provisional'}` });
      return card;
    },
    noticeCard: noticePost(cards),
    workerId: 'simulation',
    random: () => 0,
    log,
    telemetry: noTelemetry,
  });
  await importCouncil(deps, withoutResults(council, year), {});
  await settleIn(deps, tenant, council.settings);

  for (let today = from; today <= to; today = addDays(today, 1)) {
    for (const hour of [writeFromHour, writeFromHour + 1, writeUntilHour - 1]) {
      const moment = instantOn(today, hour, timeZone);
      if (moment < time.now) continue;
      time.now = moment;
      record.live(moment);
      if (hour === writeFromHour + 1 && !isDayOff(today, council.settings.calendar)) {
        const open = await openYear(deps, tenant, 'simulation');
        record.answered(moment, await managersAnswer(deps, open, seed));
      }
      await untilQuiet(outbox, time);
    }
  }
  const weeks = record.weeks();
  return { weeks, totals: totalsOf(weeks) };
}

/** Lives the seconds in which the outbox has something to do: Teams' limits hold here as well. */
async function untilQuiet(outbox: Outbox, time: { now: string }): Promise<void> {
  // A round may only have run the cycle, whose messages the next one delivers.
  for (let quiet = 0; quiet < 2; ) {
    const { started, opensIn } = await outbox.round();
    await outbox.settled();
    quiet = started === 0 && opensIn === null ? quiet + 1 : 0;
    if (opensIn !== null) time.now = new Date(Date.parse(time.now) + Math.ceil(opensIn)).toISOString();
  }
}

/** The register as it is before anyone has reported: definitions and earlier years, nothing of this one. */
const withoutResults = (council: CouncilData, year: string): CouncilData => ({
  ...council,
  kpiUpdates: council.kpiUpdates.filter(({ period }) => !period.startsWith(year)),
  milestoneUpdates: [],
});
