import { previousYear } from '../../domain/periods.ts';
import type { Kind } from '../../store/documents.ts';
import type { Partition, Store, Stored } from '../../store/store.ts';
import { type Present, presentOf } from './apply-writes.ts';

const councilKinds = ['council', 'person'] as const;
const yearKinds = [
  'settings',
  'plan',
  'engagement',
  'kpi',
  'project',
  'milestone',
  'kpi-update',
  'milestone-update',
] as const;

/** What the store holds of a council before an import, partition by partition. */
export type Loaded = {
  present: (partition: Partition) => Present;
  of: <K extends Kind>(year: string | null, kind: K) => Stored<K>[];
};

/**
 * Loads the council's own documents, those of `year`, and the results and plans of the earlier years that are
 * named, each with the year before it: its results are what `relative-or-improving` compares with.
 */
export async function loadPresent(
  store: Store,
  tenant: string,
  year: string,
  earlier: readonly string[],
): Promise<Loaded> {
  const stored = new Map<string | null, Stored[]>();
  const load = async (of: string | null, kinds: readonly Kind[]) => {
    const lists = await Promise.all(kinds.map((kind) => store.list({ tenant, year: of }, kind)));
    stored.set(of, lists.flat());
  };
  await load(null, councilKinds);
  await load(year, yearKinds);
  for (const before of new Set([...earlier, ...[...earlier, year].map(previousYear)])) {
    await load(before, ['settings', 'kpi', 'kpi-update']);
  }
  const present = new Map([...stored].map(([of, documents]) => [of, presentOf(documents)]));
  return {
    present: (partition) => present.get(partition.year) ?? new Map(),
    of: <K extends Kind>(of: string | null, kind: K) =>
      (stored.get(of) ?? []).filter((document): document is Stored<K> => document.kind === kind),
  };
}
