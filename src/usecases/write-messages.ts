import { type Asked, afterAsking, type Wanted } from '../domain/cycle.ts';
import { BATCH_LIMITS, type Change, type Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { deliver } from './outbox.ts';
import type { OpenYear } from './session.ts';

/** The id of the one message of the cycle that a person gets on a day. */
const messageId = (person: string, date: string): string => `${person}~${date}`;

/** One message with everything that is kept with it. */
type Prepared = { wanted: Wanted; after: [person: string, asked: Asked][]; changes: Change[] };

/** Keeps a batch clear of its size in bytes: an item that is asked for is in it twice, with some 100 bytes each. */
const mostEntries = 4_000;

/**
 * Keeps messages, each with its delivery and with what was asked, and gives those that were kept: one isn't when
 * one of that person and day is there, or someone else is writing it. Many go in one batch; when it meets a conflict
 * its messages are kept one by one, so that none is lost for another's sake.
 *
 * @param asked what each person was asked for, brought up to date here
 * @param current the items that are still asked for; of others nothing is remembered
 */
export async function writeMessages(
  deps: Deps,
  year: OpenYear,
  all: readonly Wanted[],
  asked: Map<string, Stored<'asked'>>,
  current: ReadonlySet<string>,
): Promise<Wanted[]> {
  const kept: Wanted[] = [];

  async function keep(some: readonly Prepared[]): Promise<boolean> {
    const written = await deps.store.write(
      year.council,
      some.flatMap(({ changes }) => changes),
    );
    if (!written.ok) return false;
    let at = 0;
    for (const { wanted, after, changes } of some) {
      for (const [index, [person, data]] of after.entries()) {
        const version = written.versions[at + changes.length - after.length + index]!;
        asked.set(person, { partition: year.council, kind: 'asked', id: person, version, data });
      }
      at += changes.length;
      kept.push(wanted);
    }
    return true;
  }

  let batch: Prepared[] = [];
  async function flush(): Promise<void> {
    const some = batch;
    batch = [];
    if (some.length === 0 || (await keep(some)) || some.length === 1) return;
    for (const one of some) await keep([one]);
  }

  for (const wanted of all) {
    let one = prepared(deps, year, wanted, asked, current);
    if (!fits(batch, one)) {
      await flush();
      // What was asked of the same people was just kept.
      one = prepared(deps, year, wanted, asked, current);
    }
    batch.push(one);
  }
  await flush();
  return kept;
}

function prepared(
  deps: Deps,
  year: OpenYear,
  wanted: Wanted,
  asked: ReadonlyMap<string, Stored<'asked'>>,
  current: ReadonlySet<string>,
): Prepared {
  const { to, entries } = wanted;
  const id = messageId(to.id, year.today);
  const people = [...new Set(entries.map(({ of }) => of))];
  const known = new Map(
    people.flatMap((person) => (asked.has(person) ? [[person, asked.get(person)!.data]] : [])),
  );
  const after = [...afterAsking(known, entries, year.today, current)];
  const message = { person: to.id, date: year.today, entries, writtenAt: year.now };
  return {
    wanted,
    after,
    changes: [
      { change: 'create', kind: 'cycle-message', id, data: message },
      deliver(deps, year, to.conversation!, { kind: 'cycle', message: id }),
      ...after.map(([person, data]) => askedChange(person, data, asked.get(person))),
    ],
  };
}

/** Whether a message can go in a batch: there is room, and it changes nothing that another of it does. */
function fits(batch: readonly Prepared[], { after, changes, wanted }: Prepared): boolean {
  const sum = (of: (each: Prepared) => number) => batch.reduce((total, each) => total + of(each), 0);
  const people = new Set(batch.flatMap((each) => each.after.map(([person]) => person)));
  return (
    sum((each) => each.changes.length) + changes.length <= BATCH_LIMITS.changes &&
    sum((each) => each.wanted.entries.length) + wanted.entries.length <= mostEntries &&
    after.every(([person]) => !people.has(person))
  );
}

export const askedChange = (id: string, data: Asked, before: Stored<'asked'> | undefined | null): Change =>
  before
    ? { change: 'replace', kind: 'asked', id, version: before.version, data }
    : { change: 'create', kind: 'asked', id, data };
