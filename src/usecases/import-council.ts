import type { Council } from '../domain/council.ts';
import { Refused } from '../domain/errors.ts';
import { periodOf, previousYear } from '../domain/periods.ts';
import type { Partition, Store } from '../store/store.ts';
import { commandLine, writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { applyWrites, busyImport, type Tally } from './import-council/apply-writes.ts';
import type { CouncilData } from './import-council/council-data.ts';
import { definitionsOf, definitionWrites, peopleWrites } from './import-council/definition-writes.ts';
import { idOf, kpiUpdateWrites } from './import-council/kpi-update-writes.ts';
import { type Leftover, leftovers, removals } from './import-council/leftovers.ts';
import { type Loaded, loadPresent } from './import-council/loaded.ts';
import { milestoneUpdateWrites } from './import-council/milestone-update-writes.ts';
import { type Powerless, powerless } from './import-council/powerless.ts';
import { refreshes } from './import-council/refreshes.ts';
import { withKnownPeople } from './import-council/same-people.ts';
import { keep, type Write } from './import-council/write.ts';

export type ImportOptions = {
  /** Say what would change and change nothing. */
  dryRun?: boolean;
  /** Rate the year's results again by today's rules, with this reason in their history. */
  rerate?: string | null;
  /** Remove what the folder has no longer and nobody has reported on. */
  removeMissing?: boolean;
};

export type ImportSummary = {
  council: string;
  year: string;
  dryRun: boolean;
  /** False when the store says already what the folder says. */
  changed: boolean;
  tally: Tally;
  /** What the store has of this year and the folder hasn't. */
  leftovers: Leftover[];
  /** Who is named for what their roles don't let them do. */
  powerless: Powerless[];
  /** E-mail addresses in the folder of people who were erased, and stay so. */
  erased: string[];
};

/**
 * Loads a council folder that was read and checked into the store.
 *
 * Loading the same folder again changes nothing; a changed row changes its own document alone, a changed result
 * or milestone becomes a new revision. A result that is stored keeps the rule that rated it.
 *
 * A year is many batches, so it can be stopped between two of them. The year's settings and the council's list
 * of years are written last: until then a first load can't be seen by anyone, and what is half loaded is
 * completed by loading the folder again. The bot may be at work meanwhile.
 *
 * @throws `Refused` `busy` when the same documents are being changed all the time
 */
export async function importCouncil(
  deps: Deps,
  folder: CouncilData,
  { dryRun = false, rerate = null, removeMissing = false }: ImportOptions = {},
): Promise<ImportSummary> {
  const trail = announced(deps, folder.settings, rerate !== null);
  const { store } = trail;
  const { tenantId: tenant, year, name } = folder.settings;
  const years = [...new Set([...folder.kpiUpdates.map(({ period }) => periodOf(period).year), year])].sort();
  const loaded = await loadPresent(store, tenant, year, years.slice(0, -1));
  assertNotLeaving(loaded.of(null, 'council')[0]?.data.past, year);
  const known = loaded.of(null, 'person').map((person) => person.data);
  const data = withKnownPeople(folder, known);
  const erasedIds = new Set(known.filter((person) => person.erased).map(({ id }) => id));
  const erased = data.people.filter(({ id }) => erasedIds.has(id)).map(({ email }) => email);
  const definitions = definitionsOf(data);
  const council: Partition = { tenant, year: null };
  const partition: Partition = { tenant, year };
  const now = deps.now(tenant);
  const extra = leftovers(loaded, year, definitions);
  const writes: Write[] = [
    ...peopleWrites(council, data.people),
    ...definitionWrites(partition, definitions),
    ...resultWrites(deps, data, years, loaded, now, rerate),
    ...milestoneUpdateWrites(store, {
      partition,
      milestones: data.milestones,
      given: data.milestoneUpdates,
      present: loaded.of(year, 'milestone-update'),
      now,
    }),
    ...(removeMissing ? removals(partition, extra) : []),
  ];
  const tally = await applyWrites(store, writes, loaded.present, dryRun);
  const last = [settingsWrite(partition, data), councilWrite(council, data)];
  const lastly = await applyWrites(store, last, loaded.present, dryRun);
  for (const [kind, outcomes] of lastly) tally.set(kind, outcomes);
  const changed = [...tally.values()].some((outcomes) =>
    [...outcomes.keys()].some((outcome) => !['unchanged', 'kept-rule', 'kept-newer'].includes(outcome)),
  );
  if (changed && !dryRun) await refreshes(deps, tenant, year);
  if (changed && !dryRun) await trail.done();
  const left = removeMissing ? extra.filter(({ reported }) => reported) : extra;
  return { council: name, year, dryRun, changed, tally, leftovers: left, powerless: powerless(data), erased };
}

/**
 * A store that keeps in the audit trail that an import began, before its first write: of the year, then of the
 * council. A load is many batches, so what changes nothing makes no entry and what is cut off has no end.
 */
function announced(deps: Deps, { tenantId: tenant, year }: CouncilData['settings'], rerates: boolean) {
  const { store } = deps;
  const who = { now: deps.now(tenant), correlationId: commandLine };
  const about = { year, rerated: rerates ? 'yes' : 'no' };
  const ended = { act: 'import-done', about } as const;
  let isDone = false;
  let begun: Promise<void> | null = null;
  const begin = async () => {
    await writeAct(deps, { tenant, year }, who, { act: 'import-begun', about });
    await writeAct(deps, { tenant, year: null }, who, { act: 'import-begun', about });
  };
  const announcing: Store = {
    ...store,
    write: async (partition, changes) => {
      begun ??= begin().catch((error) => {
        throw error instanceof Refused ? busyImport() : error;
      });
      await begun;
      // The council's own document is written last, and makes a first load visible: that is its end.
      if (!changes.some(({ kind }) => kind === 'council')) return store.write(partition, changes);
      const written = await writeAct(deps, partition, who, ended, changes);
      isDone ||= written.ok;
      return written;
    },
  };
  const done = async () => {
    if (!isDone) await writeAct(deps, { tenant, year: null }, who, ended);
  };
  return { store: announcing, done };
}

function assertNotLeaving(past: Council['past'], year: string): void {
  if (!past?.some((each) => each.year === year && !each.removed)) return;
  throw new Refused(
    'busy',
    `${year} was kept for as long as council.json says and is being removed. Run “retention” to end that; then load it if you must.`,
  );
}

/** What to do with the results of each year: this one's, and earlier ones that they are compared with. */
function resultWrites(
  { store }: Deps,
  { settings, kpis, kpiUpdates }: CouncilData,
  years: readonly string[],
  loaded: Loaded,
  now: string,
  rerate: string | null,
): Write[] {
  const { tenantId: tenant, year: own } = settings;
  const results = new Map<string, string | null>();
  const inYears = years.map((year) => {
    const mine = year === own;
    const rating = mine ? settings.rating : (loaded.of(year, 'settings')[0]?.data.rating ?? null);
    const given = kpiUpdates.filter(({ period }) => periodOf(period).year === year);
    const mayChange = mine || rating === null;
    for (const update of given) results.set(idOf(update), update.result);
    for (const before of [year, previousYear(year)]) {
      for (const { id, data } of loaded.of(before, 'kpi-update')) {
        if (!results.has(id) || !mayChange) results.set(id, data.result);
      }
    }
    const rated = mine ? kpis : loaded.of(year, 'kpi').map(({ data }) => data);
    const byRef = new Map(rated.map((kpi) => [kpi.ref, kpi]));
    return {
      partition: { tenant, year },
      given,
      present: loaded.of(year, 'kpi-update'),
      kpis: byRef,
      rating,
      mayChange,
    };
  });
  return inYears.flatMap((year) =>
    kpiUpdateWrites(store, { ...year, results, now, rerate: year.partition.year === own ? rerate : null }),
  );
}

/** The year's settings as the folder gives them, with the periods that an officer moved as they are. */
const settingsWrite = (year: Partition, { settings }: CouncilData): Write =>
  keep(year, 'settings', 'settings', (current) => {
    const moves = current?.calendar.moves;
    return moves ? { ...settings, calendar: { ...settings.calendar, moves } } : settings;
  });

/** The council with this year among its years. */
function councilWrite(council: Partition, { settings }: CouncilData): Write {
  return keep(council, 'council', 'council', (current) => {
    const years = [...new Set([...(current?.years ?? []), settings.year])].sort();
    // The newest year says what the council is called.
    const name = current && settings.year !== years.at(-1) ? current.name : settings.name;
    const { preElection, past } = current ?? {};
    return {
      tenantId: settings.tenantId,
      name,
      years,
      ...(preElection === undefined ? {} : { preElection }),
      ...(past === undefined ? {} : { past }),
    };
  });
}
