import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../src/store/store.ts';
import { openSession } from '../src/usecases/session.ts';
import { setSchedule } from '../src/usecases/set-schedule.ts';
import { type Broken, checkRun } from './check.ts';
import { moveClocks, openClock, type Time } from './clock.ts';
import { audiences, firstDay, inCouncil, inYear, lastDay, loadCouncil, tenant } from './council.ts';
import { type Instance, type Spares, startInstance } from './instances.ts';
import { createPeople, type People } from './people.ts';
import { type Event, makePlan, type Plan } from './plan.ts';
import { keepRecord } from './record.ts';
import { dueIn, openRunStore, type RunStore, type StoreKind } from './stores.ts';
import { openTeams, type Teams } from './teams.ts';
import { watchTakeOvers } from './watch.ts';

export type RunSettings = { seed: number; store: StoreKind; speed: number; folder: string; spares: Spares };

/** What one run came to. */
export type RunRecord = {
  plan: Plan;
  broken: Broken[];
  people: Pick<People, 'submissions' | 'asks' | 'counts'>;
  teams: Pick<Teams, 'requests'>;
  deliveries: Record<string, number>;
  kills: number;
  longestTakeOver: number;
  milliseconds: number;
  notes: string[];
};

/** Teams is given as many seconds of the run to answer. */
const sendSeconds = 15;
/** Real milliseconds for processes to come up on a busy machine, and for all to come to rest after the faults. */
const mostStarting = 120_000;
/** A machine that takes longer than this to begin an instance has its run go slower, up to three times. */
const usualStart = 100;
const slowest = 3;
const mostSettling = 45_000;
/** Seconds of the run's clocks in which a dead process's work must be another's (docs/operations.md). */
export const takeOverLimit = 60;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One run of one seed: a council's July on several instances that are killed, with a Teams that fails. */
export async function run(settings: RunSettings): Promise<RunRecord> {
  const { seed, speed, spares } = settings;
  const began = performance.now();
  const plan = makePlan(seed);
  const folder = join(settings.folder, `seed-${seed}`);
  mkdirSync(folder, { recursive: true });
  const kept: RunStore = await openRunStore(settings.store, folder);
  const { store } = kept;
  const notes: string[] = [];
  const note = (what: string) => void notes.push(`${Math.round(performance.now() - began)} ms ${what}`);

  const time: Time = {
    speed,
    began: Date.now(),
    startsAt: Date.parse(`${firstDay}T09:00:00Z`),
    movedFile: join(folder, 'clock'),
  };
  moveClocks(time, 0);
  const clock = openClock(time);
  const starts = plan.skews.map(() => 0);
  const slots: (Instance | null)[] = plan.skews.map(() => null);
  const killed = new Set<string>();
  let kills = 0;
  let over = false;

  const isUp = (instance: Instance | null | undefined): instance is Instance => instance?.state === 'up';
  async function startAt(slot: number): Promise<void> {
    if (over || (slots[slot] && slots[slot].state !== 'dead')) return;
    const name = `instance-${slot}.${++starts[slot]!}`;
    const spare = await spares.take();
    const sendTimeout = (sendSeconds * 1000) / speed;
    const skew = plan.skews[slot]!;
    slots[slot] = await startInstance(spare, {
      does: 'begin',
      name,
      time,
      skew,
      sendTimeout,
      store: kept.config,
    });
    note(`${name} is up`);
  }
  const starting = new Set<Promise<void>>();
  /** Faults don't wait for a process to come up, but the end does. */
  function startSoon(slot: number, after: number): void {
    const done = sleep(after)
      .then(() => startAt(slot))
      .catch((error) => note(`not started: ${error.message}`));
    starting.add(done);
    done.finally(() => starting.delete(done));
  }
  function kill(slot: number, againAfter: number | null): void {
    const instance = slots[slot];
    if (!instance || instance.state === 'dead' || instance.state === 'ending') return;
    instance.kill();
    killed.add(instance.name);
    kills += 1;
    note(`${instance.name} is killed`);
    if (againAfter !== null || !slots.some(isUp)) startSoon(slot, againAfter ?? 500);
  }
  async function killSender(): Promise<void> {
    const lease = await store.read(inCouncil, 'lease', 'deliveries').catch(() => null);
    const slot = slots.findIndex((instance) => instance?.name === lease?.data.holder);
    if (slot >= 0) kill(slot, 400);
  }

  const teams = await openTeams(seed, killSender);
  const council = await loadCouncil(store, plan.managers, teams.serviceUrl);
  const people = createPeople({
    seed,
    council,
    urls: () => slots.filter(isUp).map(({ url }) => url),
    isOver: () => over,
    note,
    schedule: (channel) => setRules(store, clock.wallNow, channel),
  });
  const watch = watchTakeOvers({
    store,
    speed,
    every: settings.store === 'sqlite' ? 120 : 400,
    now: clock.wallNow,
    instances: () => slots.filter((instance) => instance !== null),
    isDead: (name) => killed.has(name),
    limit: takeOverLimit,
  });

  const working = new Set<Promise<void>>();
  const work = (done: Promise<void>) => {
    working.add(done);
    done.finally(() => working.delete(done));
  };

  async function night(day: string, abrupt: boolean): Promise<void> {
    if (!abrupt) await isSo(async () => (await sending(store)) === 0, 1_500);
    const today = Date.parse(clock.wallNow());
    const unmoved = time.startsAt + (Date.now() - time.began) * speed;
    const morning = Date.parse(`${day}T09:00:00Z`);
    moveClocks(time, today - unmoved + (morning - today));
    note(`it is ${day}${abrupt ? ', abruptly' : ''}`);
  }

  async function happen(event: Event): Promise<void> {
    if (event.does === 'give') return work(people.give(council.items[event.item]!, event.times));
    if (event.does === 'digest') return work(people.digest(event.channel));
    if (event.does === 'night') return night(event.day, event.abrupt);
    if (event.does === 'kill') {
      for (const [at, slot] of event.who.entries()) kill(slot, event.againAfter[at]!);
      return;
    }
    const instance = slots[event.who];
    if (!isUp(instance)) return;
    if (event.does === 'stall') {
      note(`${instance.name} stands still for ${event.milliseconds} ms`);
      return instance.stall(event.milliseconds);
    }
    note(`${instance.name} is told to end`);
    const ended = instance.terminate().then((inTime) => {
      if (!inTime && !killed.has(instance.name)) notes.push(`${instance.name} did not end by itself`);
      startSoon(event.who, event.againAfter);
    });
    work(ended);
  }

  // The first instance is awaited, so that a busy machine doesn't make a run of nothing; the rest come when they come.
  const startingAt = performance.now();
  await startAt(0);
  for (const slot of slots.keys()) if (slot > 0) startSoon(slot, 0);
  const startedAt = performance.now();
  const slowness = Math.min(Math.max((startedAt - startingAt) / usualStart, 1), slowest);
  if (settings.store === 'cosmos') kept.disturb(2);
  for (const event of plan.events) {
    await sleep(Math.max(0, event.at * slowness - (performance.now() - startedAt)));
    if (settings.store === 'cosmos' && event.does === 'kill') kept.disturb(1);
    await happen(event);
  }
  await sleep(Math.max(0, plan.lasts * slowness - (performance.now() - startedAt)));

  // Processes are killed no more, and all that people had begun is brought to its end, while Teams still fails.
  kept.disturb(0);
  note('no more is killed');
  if (!slots.some(isUp) && starting.size === 0) startSoon(0, 0);
  await isSo(() => starting.size === 0 && slots.some(isUp), mostStarting);
  await isSo(() => working.size === 0, mostSettling);
  // Then that stops too. On the last morning everybody can be reached, and the last figures come in.
  teams.getWell();
  note('faults stop');
  // What Teams refused until now is known before people write, for it would undo that.
  await isSo(() => isQuiet(store, clock.wallNow), mostSettling);
  await Promise.all([...council.managers, council.head].map((who) => people.greet(who)));
  await isSo(() => isQuiet(store, clock.wallNow), mostSettling);
  await night(lastDay, false);
  await isSo(() => isQuiet(store, clock.wallNow), mostSettling);
  for (const channel of audiences.keys()) await people.digest(channel);
  await Promise.all(council.items.slice(0, 2).map((item) => people.give(item, 'once')));
  const isSettled = await isSo(() => isQuiet(store, clock.wallNow), mostSettling);
  note(isSettled ? 'all is quiet' : 'it did not come to rest');
  over = true;
  await Promise.all([...working, ...starting]);
  await watch.stop();

  const survivors = slots.filter(isUp);
  for (const survivor of survivors) await survivor.stop();
  const broken = await checkRun({
    store,
    council,
    teams,
    people,
    now: clock.wallNow(),
    killed,
    stopped: survivors.map(({ name }) => name),
    tooLong: watch.tooLong,
    isSettled,
  });
  for (const slot of slots) if (slot && !survivors.includes(slot)) slot.kill();
  const deliveries: Record<string, number> = {};
  for (const { data } of await allDeliveries(store))
    deliveries[data.state] = (deliveries[data.state] ?? 0) + 1;
  const record: RunRecord = {
    plan,
    broken,
    people: { submissions: people.submissions, asks: people.asks, counts: people.counts },
    teams: { requests: teams.requests },
    deliveries,
    kills,
    longestTakeOver: watch.longest(),
    milliseconds: performance.now() - began,
    notes,
  };
  if (broken.length > 0) await keepRecord(folder, record, store, slots);
  for (const { spare } of survivors) spares.giveBack(spare);
  await teams.close();
  await kept.close();
  return record;
}

/** The clerk's schedule for a channel: when the quarter was due, and on Wednesdays. */
async function setRules(store: Store, now: () => string, channel: string): Promise<void> {
  const deps = { store, now, wallNow: now, newId: () => crypto.randomUUID() };
  const clerk = await store.read(inCouncil, 'person', 'clerk');
  const session = await openSession(deps, tenant, clerk!.data, 'chaos');
  const rules = [
    { on: 'due', time: '09:30' },
    { on: 'weekday', weekday: 3, time: '09:30' },
  ] as const;
  // Whoever has taken the channel away meanwhile has it connected and scheduled anew.
  await setSchedule(deps, session, channel, rules).catch(() => {});
}

async function isSo(question: () => boolean | Promise<boolean>, most: number): Promise<boolean> {
  const deadline = performance.now() + most;
  while (!(await Promise.resolve(question()).catch(() => false))) {
    if (performance.now() > deadline) return false;
    await sleep(40);
  }
  return true;
}

const allDeliveries = async (store: Store) => [
  ...(await store.list(inCouncil, 'delivery')),
  ...(await store.list(inYear, 'delivery')),
];

const sending = async (store: Store) =>
  (await allDeliveries(store)).filter(({ data }) => data.state === 'sending').length;

/** Whether every delivery has come to its end and nothing is due any more. */
async function isQuiet(store: Store, now: () => string): Promise<boolean> {
  const open = (await allDeliveries(store)).filter(({ data }) => ['waiting', 'sending'].includes(data.state));
  if (open.length > 0) return false;
  return (await dueIn(store, now())).every(({ kind }) => kind === 'form');
}
