import type { Store } from '../src/store/store.ts';
import { askPeople } from '../src/usecases/ask-people.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { checkDigests } from './check-digests.ts';
import { checkMessages } from './check-messages.ts';
import { checkUpdates } from './check-updates.ts';
import { type Council, inCouncil, inYear, tenant } from './council.ts';
import type { People } from './people.ts';
import type { Teams } from './teams.ts';

/** A promise that was not kept, with the ids that it is about. */
export type Broken = string;

/** All that is known once a run has ended. */
export type Ended = {
  store: Store;
  council: Council;
  teams: Pick<Teams, 'requests' | 'posts'>;
  people: Pick<People, 'submissions' | 'asks'>;
  /** An ISO instant of the last day. */
  now: string;
  /** Names of the processes that were killed, and of those that ended in order at the end. */
  killed: ReadonlySet<string>;
  stopped: readonly string[];
  tooLong: readonly string[];
  isSettled: boolean;
};

/** Seconds that a lease can have left when its holder dies, with clocks a minute apart. */
const longestLease = 25 + 60;

/** Holds what the store and Teams have against what Planwatch promises; empty when all is kept. */
export async function checkRun(ended: Ended): Promise<Broken[]> {
  const { store, now } = ended;
  const deps: Deps = { store, now: () => now, wallNow: () => now, newId: () => crypto.randomUUID() };
  return [
    ...(await checkRest(ended)),
    ...(await checkUpdates(ended)),
    ...(await checkMessages(ended)),
    ...(await checkDigests(ended, deps)),
    ...(await checkLocks(ended)),
    ...(await checkNothingForgotten(deps)),
  ];
}

async function checkRest({ store, isSettled }: Ended): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const partition of [inCouncil, inYear]) {
    for (const { id, data } of await store.list(partition, 'delivery')) {
      const { state, reason } = data;
      if (state === 'waiting' || state === 'sending')
        broken.push(`delivery ${id} is ${state} for ever: ${reason}`);
      else if (state !== 'sent' && !reason) broken.push(`delivery ${id} is ${state} without a reason`);
    }
  }
  return broken.length > 0 || isSettled ? broken : ['it did not come to rest'];
}

async function checkLocks({ store, now, stopped, tooLong }: Ended): Promise<Broken[]> {
  const broken: Broken[] = [...tooLong];
  for (const { id, data } of await store.list(inCouncil, 'lease')) {
    if (data.holder === null) continue;
    if (stopped.includes(data.holder)) broken.push(`lease ${id} was not given back by ${data.holder}`);
    if (Date.parse(data.until) > Date.parse(now) + longestLease * 1000) {
      broken.push(`lease ${id} is held by ${data.holder} until ${data.until}, and it is ${now}`);
    }
  }
  return broken;
}

/** On the last day nothing fails, so whoever is to be asked for anything has been. */
async function checkNothingForgotten(deps: Deps): Promise<Broken[]> {
  const { written, notReachable } = await askPeople(deps, tenant, 'check');
  return [
    ...written.map(({ person, entries }) => `${person} was not asked for ${entries.map(({ item }) => item)}`),
    ...notReachable.map((person) => `${person} can’t be reached, although they wrote to the bot`),
  ];
}
