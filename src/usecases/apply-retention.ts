import { Refused } from '../domain/errors.ts';
import { isHeld, type Removable } from '../domain/hold.ts';
import { isPast, type Retention, retentionDefaults } from '../domain/retention.ts';
import { documents, type Kind, permitted } from '../store/documents.ts';
import type { Change, Partition, Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { everyYear } from './every-year.ts';
import { listHolds } from './holds.ts';
import type { OpenYear } from './session.ts';

/** What is past its time: documents by partition and kind. */
export type Past = { year: string | null; kind: Kind; documents: number };

export type RetentionRound = {
  /** What goes, or went in this round. */
  past: Past[];
  /** What would go and is held. */
  held: Past[];
  /** Whether more is left than one round may remove. */
  more: boolean;
};

type Found = { gone: Stored[]; held: Stored[] };

const atOnce = 50;

/**
 * Removes what is kept longer than the council's settings say, and what no hold covers: whole years that are over for
 * long, old messages. The audit trail of a year stays. A year leaves the council's list first, so that nobody ever
 * sees half of one; what is left of it goes in later rounds.
 *
 * @param most the most documents that one round removes
 * @param dryRun look and remove nothing
 */
export async function applyRetention(
  deps: Deps,
  year: OpenYear,
  { most = Number.POSITIVE_INFINITY, dryRun = false } = {},
): Promise<RetentionRound> {
  const { settings } = year;
  const retention: Retention = { ...retentionDefaults, ...settings.retention };
  const holds = (await listHolds(deps, year)).map(({ data }) => data);
  const covered = (what: Removable) => holds.some((hold) => isHeld(hold, what));
  const found: Found = { gone: [], held: [] };
  const pastYears = await yearsPast(deps, year, retention, covered, dryRun);
  for (const name of pastYears.going) found.gone.push(...(await yearsDocuments(deps, year, name)));
  for (const name of pastYears.held) found.held.push(...(await yearsDocuments(deps, year, name)));
  for (const partition of [
    year.council,
    ...kept(year, pastYears).map((name) => ({ ...year.year, year: name })),
  ]) {
    for (const stored of await oldMessages(deps, year, partition, retention)) {
      const held = covered({ person: personOf(stored), year: partition.year ?? 'any' });
      (held ? found.held : found.gone).push(stored);
    }
  }
  const going = found.gone.slice(0, most);
  if (!dryRun) {
    await remove(deps, going);
    if (going.length === found.gone.length) await forgetYears(deps, year, pastYears.going);
    if (going.length > 0) await deps.store.expunge();
  }
  return {
    past: counted(dryRun ? found.gone : going),
    held: counted(found.held),
    more: going.length < found.gone.length,
  };
}

const kept = (year: OpenYear, { going, held }: { going: string[]; held: string[] }) =>
  year.years.filter((name) => !going.includes(name) && !held.includes(name));

/** Years that are to go. Each leaves the council's list, with its entry in the audit trail, before anything of it goes. */
async function yearsPast(
  deps: Deps,
  year: OpenYear,
  retention: Retention,
  covered: (what: Removable) => boolean,
  dryRun: boolean,
): Promise<{ going: string[]; held: string[] }> {
  for (;;) {
    const council = await deps.store.read(year.council, 'council', 'council');
    if (!council) throw new Refused('no-council', 'No plans have been loaded yet.');
    const { years, past = [] } = council.data;
    // The newest year stays whatever its age: without it there is no council.
    const over = years.slice(0, -1).filter((name) => isPast(name, retention, year.today));
    const held = over.filter((name) => covered({ year: name }));
    const leaving = over.filter((name) => !held.includes(name));
    // A hold that came while a year is being removed keeps what is left of it.
    const under = past.filter(({ removed }) => !removed).map(({ year: name }) => name);
    const isCovered = (name: string) => covered({ year: name });
    const going = [...under.filter((name) => !isCovered(name)), ...leaving];
    const staying = [...held, ...under.filter(isCovered)];
    if (dryRun || leaving.length === 0)
      return withEarlier(deps, year, retention, covered, { going, held: staying });
    const [name] = leaving;
    const data = {
      ...council.data,
      years: years.filter((each) => each !== name),
      past: [...past.filter((each) => each.year !== name), { year: name!, removed: false }],
    };
    const { id, version } = council;
    await writeAct(deps, year.council, year, { act: 'year-removed', about: { year: name! } }, [
      { change: 'replace', kind: 'council', id, version, data },
    ]);
  }
}

type Years = { going: string[]; held: string[] };

/**
 * Earlier years were never on the list: a folder brought figures of them to compare with. Each goes with the year after
 * it.
 */
async function withEarlier(
  deps: Deps,
  year: OpenYear,
  retention: Retention,
  covered: (what: Removable) => boolean,
  { going, held }: Years,
): Promise<Years> {
  if (retention.years === null) return { going, held };
  const staying = [...new Set([...held, ...year.years])].filter((name) => !going.includes(name)).sort();
  const earlier = (await everyYear(deps, year)).filter(
    (name, at, all) => name < staying[0]! && !going.includes(name) && !staying.includes(all[at + 1]!),
  );
  return {
    going: [...going, ...earlier.filter((name) => !covered({ year: name }))],
    held: [...held, ...earlier.filter((name) => covered({ year: name }))],
  };
}

/** All documents of a year but those that nobody may remove. */
async function yearsDocuments({ store }: Deps, { tenant }: OpenYear, year: string): Promise<Stored[]> {
  const kinds = (Object.keys(documents) as Kind[]).filter((kind) => permitted[kind] === undefined);
  const lists = await Promise.all(kinds.map((kind) => store.list({ tenant, year }, kind)));
  return lists.flat();
}

async function oldMessages(
  { store }: Deps,
  { now }: OpenYear,
  partition: Partition,
  { deliveriesDays, cycleMessagesDays }: Retention,
): Promise<Stored[]> {
  const before = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
  const [deliveries, messages] = await Promise.all([
    store.list(partition, 'delivery'),
    partition.year === null ? store.list(partition, 'cycle-message') : [],
  ]);
  return [
    ...deliveries.filter(
      ({ data: { state, createdAt } }) =>
        state !== 'waiting' && state !== 'sending' && createdAt < before(deliveriesDays),
    ),
    ...messages.filter(({ data }) => data.writtenAt < before(cycleMessagesDays)),
  ];
}

/** Whose message it is; undefined where it can't be told, so that a hold on anyone holds it. */
const personOf = ({ kind, data }: Stored): string | undefined =>
  kind === 'cycle-message' ? (data as { person: string }).person : undefined;

/** What something else changes meanwhile goes with the next round. */
async function remove({ store }: Deps, going: readonly Stored[]): Promise<void> {
  const byPartition = Map.groupBy(going, ({ partition }) => partition.year);
  for (const documents of byPartition.values()) {
    for (let at = 0; at < documents.length; at += atOnce) {
      const batch = documents.slice(at, at + atOnce);
      const changes = batch.map(
        ({ kind, id, version }) => ({ change: 'remove', kind, id, version }) as Change,
      );
      await store.write(batch[0]!.partition, changes);
    }
  }
}

async function forgetYears(deps: Deps, year: OpenYear, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const council = await deps.store.read(year.council, 'council', 'council');
  const left = (await Promise.all(names.map((name) => yearsDocuments(deps, year, name)))).flat();
  if (!council || left.length > 0) return;
  const past = council.data.past?.map((each) =>
    names.includes(each.year) ? { ...each, removed: true } : each,
  );
  const { id, version } = council;
  await deps.store.write(year.council, [
    { change: 'replace', kind: 'council', id, version, data: { ...council.data, past } },
  ]);
}

function counted(all: readonly Stored[]): Past[] {
  const groups = Map.groupBy(all, ({ partition, kind }) => `${partition.year ?? ''}\n${kind}`);
  return [...groups.values()].map((some) => ({
    year: some[0]!.partition.year,
    kind: some[0]!.kind,
    documents: some.length,
  }));
}
