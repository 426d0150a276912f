import type { Kind } from '../store/documents.ts';
import type { Partition, Store } from '../store/store.ts';

/** What changes seldom and decides nothing that must be true to the second: names, settings, titles. */
const steady: readonly Kind[] = ['council', 'settings', 'person', 'channel', 'plan'];
/** Milliseconds after which it is read again. */
const steadyFor = 1_000;

export type SteadyReads = {
  /** The store, in which what is steady is read once for many messages. What was given is read each time. */
  store: Store;
  /** Has everything read anew: something of it was changed. */
  forget(): void;
};

/**
 * Reads a council's people and settings once for all messages that begin in the same moment, instead of for each.
 * Lives no longer than those messages.
 *
 * @param elapsed milliseconds by a clock that is never set
 */
export function createSteadyReads(store: Store, elapsed: () => number): SteadyReads {
  const known = new Map<string, Promise<unknown>>();
  let since = elapsed();

  function once<T>(key: string, read: () => Promise<T>): Promise<T> {
    if (elapsed() - since >= steadyFor) {
      known.clear();
      since = elapsed();
    }
    const before = known.get(key) as Promise<T> | undefined;
    if (before) return before;
    const reading = read();
    known.set(key, reading);
    // A read that failed is no answer for the next who asks.
    reading.catch(() => known.delete(key));
    return reading;
  }

  const keyOf = ({ tenant, year }: Partition, ...rest: string[]) => JSON.stringify([tenant, year, ...rest]);
  const people = (partition: Partition) =>
    once(keyOf(partition, 'person'), () => store.list(partition, 'person'));
  const peopleById = (partition: Partition) =>
    once(keyOf(partition, 'person', 'by id'), async () => {
      const all = await people(partition);
      return new Map(all.map((stored) => [stored.id, stored]));
    });

  const reads: Pick<Store, 'read' | 'list'> = {
    async read(partition, kind, id) {
      if (kind === 'person') return ((await peopleById(partition)).get(id) ?? null) as never;
      if (!steady.includes(kind)) return store.read(partition, kind, id);
      return once(keyOf(partition, kind, 'one', id), () => store.read(partition, kind, id));
    },
    list(partition, kind, where) {
      if (kind === 'person' && !where) return people(partition) as never;
      return store.list(partition, kind, where);
    },
  };
  return { store: { ...store, ...reads }, forget: () => known.clear() };
}
