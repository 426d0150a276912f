import { Temporal } from 'temporal-polyfill';
import type { IsoDate } from '../domain/days.ts';
import { dateAt } from '../domain/local-time.ts';
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
 * today. The time of day is the machine's, in the council's own time zone, so that the date stays what was set.
 */
export async function openClock(store: Store, wallNow: () => string): Promise<PlaygroundClock> {
  const settings = new Map<string, Awaited<ReturnType<typeof dayOf>>>();
  const reload = async (tenant: string) => void settings.set(tenant, await dayOf(store, tenant));
  for (const tenant of await store.tenants()) await reload(tenant);
  return {
    reload,
    now: (tenant) => {
      const wall = wallNow();
      const day = settings.get(tenant);
      return day?.date ? onDay(day.date, day.timeZone, wall) : wall;
    },
  };
}

let lastMoved = { from: '', to: '' };

/** The machine's time of day in a time zone, on another date; worked out once a minute, seconds being the same. */
function onDay(date: IsoDate, timeZone: string, wall: string): string {
  const minute = wall.slice(0, 16);
  const from = `${date} ${timeZone} ${minute}`;
  if (lastMoved.from !== from) lastMoved = { from, to: moved(date, timeZone, `${minute}:00Z`).slice(0, 16) };
  return `${lastMoved.to}${wall.slice(16)}`;
}

function moved(date: IsoDate, timeZone: string, wall: string): string {
  const plainTime = Temporal.Instant.from(wall).toZonedDateTimeISO(timeZone).toPlainTime();
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime }).toInstant().toString();
}

/** A council's date, set or asked for by the newest year that was imported, and its time zone. */
async function dayOf(
  store: Store,
  tenant: string,
): Promise<{ date: IsoDate | null; timeZone: string } | null> {
  const council = await store.read(inCouncil(tenant), 'council', 'council');
  const year = council?.data.years.at(-1);
  const settings = year ? await store.read({ tenant, year }, 'settings', 'settings') : null;
  if (!settings) return null;
  const { date } = await readPlayground(store, tenant);
  return { date: date ?? settings.data.playgroundDate, timeZone: settings.data.timeZone };
}

/** Whether a playground's clock shows another day than the machine's. */
export const isMoved = (now: string, wall: string, timeZone: string): boolean =>
  dateAt(now, timeZone) !== dateAt(wall, timeZone);
