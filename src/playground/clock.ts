import { dateAt } from '../domain/year.ts';
import type { DataOf } from '../store/documents.ts';
import type { Partition, Store, Stored } from '../store/store.ts';

type State = DataOf<'playground'>;
const untouched: State = { date: null, personas: {} };
const inCouncil = (tenant: string): Partition => ({ tenant, year: null });

/** What the playground remembers of a council: its date and whom each tester is. */
export const readPlayground = async (store: Store, tenant: string): Promise<State> =>
  (await store.read(inCouncil(tenant), 'playground', 'playground'))?.data ?? untouched;

/** Changes what the playground remembers, whoever else changes it at the same time. */
export async function changePlayground(
  store: Store,
  tenant: string,
  change: (now: State) => State,
): Promise<State> {
  for (;;) {
    const before: Stored<'playground'> | null = await store.read(
      inCouncil(tenant),
      'playground',
      'playground',
    );
    const data = change(before?.data ?? untouched);
    const own = { kind: 'playground', id: 'playground', data } as const;
    const written = await store.write(inCouncil(tenant), [
      before ? { change: 'replace', version: before.version, ...own } : { change: 'create', ...own },
    ]);
    if (written.ok) return data;
  }
}

/** A clock per council whose date stands still until it is moved; the time of day is the machine's. */
export type PlaygroundClock = {
  now: (tenant: string) => string;
  /** Reads a council's date again, as after `clock` or an import by another process. */
  reload: (tenant: string) => Promise<void>;
};

/**
 * The playground's clock: each council lives on the date that `clock` set, or else on its sample's date, or else
 * today.
 */
export async function openClock(store: Store, wallNow: () => string): Promise<PlaygroundClock> {
  const dates = new Map<string, string | null>();
  const reload = async (tenant: string) => {
    dates.set(tenant, (await readPlayground(store, tenant)).date ?? (await sampleDate(store, tenant)));
  };
  for (const tenant of await store.tenants()) await reload(tenant);
  return {
    reload,
    now: (tenant) => {
      const wall = wallNow();
      const date = dates.get(tenant);
      return date ? `${date}${wall.slice(10)}` : wall;
    },
  };
}

/** The date that the newest year of a council's import asks for. */
async function sampleDate(store: Store, tenant: string): Promise<string | null> {
  const council = await store.read(inCouncil(tenant), 'council', 'council');
  const year = council?.data.years.at(-1);
  const settings = year ? await store.read({ tenant, year }, 'settings', 'settings') : null;
  return settings?.data.playgroundDate ?? null;
}

/** Whether a playground's clock shows another day than the machine's. */
export const isMoved = (now: string, wall: string, timeZone: string): boolean =>
  dateAt(now, timeZone) !== dateAt(wall, timeZone);
