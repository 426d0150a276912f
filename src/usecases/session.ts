import { type Actor, actorOn, type Place } from '../domain/access.ts';
import { currentPeriod, datesOf } from '../domain/calendar.ts';
import type { YearSettings } from '../domain/council.ts';
import type { IsoDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { dateAt } from '../domain/local-time.ts';
import type { Person } from '../domain/people.ts';
import { type Period, parsePeriod, periodsOf, previousYear } from '../domain/periods.ts';
import { mayQuote } from '../domain/pre-election.ts';
import { remember } from '../domain/remember.ts';
import { quoted } from '../domain/typed-text.ts';
import type { Partition, Stored } from '../store/store.ts';
import type { Deps } from './deps.ts';

/** One financial year of one council, as it stands now. */
export type OpenYear = {
  tenant: string;
  settings: YearSettings;
  /** All financial years that the council has loaded, oldest first. */
  years: readonly string[];
  /** Where the council's, the year's and the year before's documents are. */
  council: Partition;
  year: Partition;
  lastYear: Partition;
  now: string;
  today: IsoDate;
  /** Ties what is done to the turn or command that caused it. */
  correlationId: string;
  nameOf: (personId: string | null) => string;
  /** Whether the pre-election period is on. */
  preElection: boolean;
  /** Whether what named people wrote may be shown to whoever this is read for: see `mayQuote`. */
  quotes: boolean;
};

/** One person at work in a year. Every use case starts from it. */
export type Session = OpenYear & { actor: Actor };

/** A year with someone at work in it, or with no one: whoever has the command line may do everything. */
export type MaybeAtWork = OpenYear & { actor?: Actor };

const nothingLoaded = () =>
  new Refused('no-council', 'No plans have been loaded yet. Ask your performance officer to load them.');

/** Names people by id: the same function for the same people. */
const nameIn = remember((people: readonly Stored<'person'>[]) => {
  const names = new Map(people.map(({ data }) => [data.id, data.name]));
  return (id: string | null): string => (id && names.get(id)) || 'no one named';
});

async function settingsOf({ store }: Deps, tenant: string, year: string): Promise<YearSettings> {
  const settings = await store.read({ tenant, year }, 'settings', 'settings');
  if (!settings) throw nothingLoaded();
  return settings.data;
}

/** The newest year whose first quarter has opened for reporting, or else the first that there is. */
async function reportingYear(deps: Deps, tenant: string, years: readonly string[], now: string) {
  for (const year of years.toReversed()) {
    const settings = await settingsOf(deps, tenant, year);
    const firstQuarter = periodsOf(year, 'quarterly')[0]!;
    const { opens } = datesOf(firstQuarter, settings.calendar);
    if (opens <= dateAt(now, settings.timeZone) || year === years[0]) return settings;
  }
  throw nothingLoaded();
}

/**
 * Opens a year of a council with no one at work in it, as the worker and the command line do: the one named,
 * or the one being reported. Throws `Refused` `no-council` when nothing has been loaded.
 */
export async function openYear(
  deps: Deps,
  tenant: string,
  correlationId: string,
  named?: string,
): Promise<OpenYear> {
  const council: Partition = { tenant, year: null };
  const [stored, people] = await Promise.all([
    deps.store.read(council, 'council', 'council'),
    deps.store.list(council, 'person'),
  ]);
  if (!stored) throw nothingLoaded();
  const { years } = stored.data;
  const preElection = (stored.data.preElection ?? null) !== null;
  const now = deps.now(tenant);
  const settings = named
    ? await settingsOf(deps, tenant, named)
    : await reportingYear(deps, tenant, years, now);
  return {
    tenant,
    settings,
    years,
    council,
    ...partitionsOf(tenant, settings.year),
    now,
    today: dateAt(now, settings.timeZone),
    correlationId,
    nameOf: nameIn(people),
    preElection,
    quotes: mayQuote(preElection, null),
  };
}

/** Opens the year that is being reported for one person. */
export async function openSession(
  deps: Deps,
  tenant: string,
  person: Person,
  correlationId: string,
  where: Place = 'private',
): Promise<Session> {
  const year = await openYear(deps, tenant, correlationId);
  const people = await deps.store.list(year.council, 'person');
  const quotes = mayQuote(year.preElection, where);
  return { ...year, quotes, actor: actorOn(person, people, year.today, where) };
}

const partitionsOf = (tenant: string, year: string) => ({
  year: { tenant, year },
  lastYear: { tenant, year: previousYear(year) },
});

/** The same session in another of the council's years. Throws `Refused` `bad-period` when it isn't loaded. */
export async function inYear<S extends OpenYear>(deps: Deps, session: S, year: string): Promise<S> {
  if (year === session.settings.year) return session;
  if (!session.years.includes(year)) {
    throw new Refused(
      'bad-period',
      `There are no plans for ${year} here. The years loaded are ${session.years.join(', ')}.`,
    );
  }
  const settings = await settingsOf(deps, session.tenant, year);
  return { ...session, settings, ...partitionsOf(session.tenant, year) };
}

/**
 * The period that someone named (`2009/10 Q2`, or `Q2` for this year's), or the current one, with the session
 * in its year. Throws `Refused` `bad-period` when it names none.
 */
export async function choosePeriod<S extends OpenYear>(
  deps: Deps,
  session: S,
  named?: string | null,
): Promise<{ session: S; period: Period }> {
  const { settings, today } = session;
  if (!named) return { session, period: currentPeriod(settings.year, today, settings.calendar) };
  const period = parsePeriod(named) ?? parsePeriod(`${settings.year} ${named}`);
  if (!period) {
    throw new Refused(
      'bad-period',
      `I don’t know the period ${quoted(named)}. Write one like “${settings.year} Q2” or “${settings.year} M07”.`,
    );
  }
  return { session: await inYear(deps, session, period.year), period };
}
