import { currentPeriod, datesOf } from '../domain/calendar.ts';
import type { Entry } from '../domain/cycle.ts';
import { addDays, type IsoDate } from '../domain/days.ts';
import { periodsOf } from '../domain/periods.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { cyclePost } from '../teams/cycle-post.ts';
import { digestPost } from '../teams/digest-post.ts';
import type { Deps } from '../usecases/deps.ts';
import type { CouncilData } from '../usecases/import-council/council-data.ts';
import { importCouncil } from '../usecases/import-council.ts';
import { postToAudience } from '../usecases/post-to-audience.ts';
import { runCycle } from '../usecases/run-cycle.ts';
import { type OpenYear, openYear } from '../usecases/session.ts';
import type { OutboxDeps } from '../worker/outbox.ts';
import { deliverDue } from '../worker/rounds.ts';
import { instantOn } from './instant.ts';
import { managersAnswer } from './managers.ts';
import { type Recorded, recordingConnector } from './recording-connector.ts';

/** What happened in one week: messages by why they went out (one may have several reasons), answers and posts. */
export type Week = {
  /** The Monday. */
  from: IsoDate;
  asked: number;
  reminded: number;
  chased: number;
  told: number;
  messages: number;
  given: number;
  askedAgain: number;
  posted: number;
  edited: number;
};

export type Simulated = {
  weeks: Week[];
  totals: Omit<Week, 'from'>;
  /** Everyone who could not be reached at some time. */
  notReachable: string[];
  taken: Recorded[];
};

export type Simulation = {
  store: Store;
  council: CouncilData;
  from: IsoDate;
  to: IsoDate;
  seed: number;
  log: Log;
};

const nothing = {
  asked: 0,
  reminded: 0,
  chased: 0,
  told: 0,
  messages: 0,
  given: 0,
  askedAgain: 0,
  posted: 0,
  edited: 0,
};
const channel = 'council-channel';

/**
 * Runs a council's year day by day from an empty register: the cycle in the morning, the managers before noon, the
 * digest of each quarter on its due day. Everything is production's own but the clock, the connector and the people.
 */
export async function simulate({ store, council, from, to, seed, log }: Simulation): Promise<Simulated> {
  const { tenantId: tenant, timeZone, year } = council.settings;
  let now = instantOn(from, 8, timeZone);
  let ids = 0;
  const deps: Deps = { store, now: () => now, wallNow: () => now, newId: () => `id-${++ids}` };
  const { connector, taken } = recordingConnector(() => now);
  const cards = { ...deps, dayLine: () => null, nudge: () => {} };
  const outbox: OutboxDeps = {
    ...deps,
    connector,
    digestCard: digestPost(cards),
    cycle: { card: cyclePost(cards) },
    workerId: 'simulation',
    random: () => 0,
    elapsed: () => Date.parse(now),
    log,
  };
  await importCouncil(deps, withoutResults(council, year), {});
  await settleIn(deps, tenant);

  const weeks = new Map<IsoDate, Week>();
  const notReachable = new Set<string>();
  for (let today = from; today <= to; today = addDays(today, 1)) {
    const week = weekOf(weeks, today);
    const before = taken.length;
    now = instantOn(today, council.settings.calendar.writeFromHour, timeZone);
    const { asked: round } = await runCycle(deps, tenant, 'simulation');
    for (const { entries } of round.written) count(week, entries);
    for (const person of round.notReachable) notReachable.add(person);
    await deliverAll(outbox);
    now = instantOn(today, council.settings.calendar.writeFromHour + 1, timeZone);
    const open = await openYear(deps, tenant, 'simulation');
    const { given, askedAgain } = await managersAnswer(deps, open, seed);
    week.given += given;
    week.askedAgain += askedAgain;
    await postDigest(deps, open);
    await deliverAll(outbox);
    for (const { op, to: where } of taken.slice(before)) {
      if (where !== channel) week.messages += 1;
      else if (op === 'post') week.posted += 1;
      else week.edited += 1;
    }
  }
  const all = [...weeks.values()];
  const totals = { ...nothing };
  for (const week of all)
    for (const key of Object.keys(nothing) as (keyof typeof nothing)[]) totals[key] += week[key];
  return { weeks: all, totals, notReachable: [...notReachable], taken };
}

/** The register as it is before anyone has reported: definitions and earlier years, nothing of this one. */
const withoutResults = (council: CouncilData, year: string): CouncilData => ({
  ...council,
  kpiUpdates: council.kpiUpdates.filter(({ period }) => !period.startsWith(year)),
  milestoneUpdates: [],
});

/** Everyone has installed the bot, and one channel hears of the whole council. */
async function settleIn({ store }: Deps, tenant: string): Promise<void> {
  const council = { tenant, year: null };
  const serviceUrl = 'https://simulation.invalid/';
  for (const { id, version, data } of await store.list(council, 'person')) {
    const reachable = { ...data, conversation: { id: `chat-${id}`, serviceUrl } };
    await store.write(council, [{ change: 'replace', kind: 'person', id, version, data: reachable }]);
  }
  const bound = {
    conversationId: channel,
    serviceUrl,
    name: 'Council',
    audience: { kind: 'council' } as const,
    cleared: false,
    boundBy: 'simulation',
    boundAt: new Date(0).toISOString(),
  };
  await store.write(council, [{ change: 'create', kind: 'channel', id: channel, data: bound }]);
}

/** On a quarter's due day a clerk posts its digest. */
async function postDigest(deps: Deps, open: OpenYear): Promise<void> {
  const { calendar, year } = open.settings;
  const period = currentPeriod(year, open.today, calendar);
  const isDue = periodsOf(year, 'quarterly').some((quarter) => datesOf(quarter, calendar).due === open.today);
  if (isDue) await postToAudience(deps, open, { kind: 'council' }, period);
}

async function deliverAll(outbox: OutboxDeps): Promise<void> {
  // What is due is not deliveries alone: a round may have had only forms to clear away.
  do await deliverDue(outbox);
  while ((await outbox.store.due(outbox.wallNow(), 1)).length > 0);
}

const reasonCounts = { opens: 'asked', remind: 'reminded', chase: 'chased', tell: 'told' } as const;

function count(week: Week, entries: readonly Entry[]): void {
  const whys = new Set(entries.map(({ why }) => why));
  for (const why of whys) if (why !== 'beside') week[reasonCounts[why]] += 1;
}

// 1 January 1970 was a Thursday.
const mondayOf = (date: IsoDate): IsoDate => addDays(date, -((Date.parse(date) / 86_400_000 + 3) % 7));

function weekOf(weeks: Map<IsoDate, Week>, today: IsoDate): Week {
  const from = mondayOf(today);
  const week = weeks.get(from) ?? { from, ...nothing };
  weeks.set(from, week);
  return week;
}
