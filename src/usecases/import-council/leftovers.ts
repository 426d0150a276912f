import type { Kind } from '../../store/documents.ts';
import type { Partition } from '../../store/store.ts';
import type { Definitions } from './definition-writes.ts';
import type { Loaded } from './loaded.ts';
import { remove, type Write } from './write.ts';

/** Something of the year that the store has and the folder hasn't. */
export type Leftover = {
  kind: keyof Definitions;
  id: string;
  title: string;
  /** Whether something was given for it: then it is history and stays. */
  reported: boolean;
};

/** Everything of the year's plans that the folder doesn't name any more. */
export function leftovers(loaded: Loaded, year: string, definitions: Definitions): Leftover[] {
  const gone = <K extends keyof Definitions>(kind: K) =>
    loaded.of(year, kind).filter(({ id }) => !definitions[kind].has(id));
  const given = new Set<string>([
    ...loaded.of(year, 'kpi-update').map(({ data }) => `kpi ${data.kpi}`),
    ...loaded.of(year, 'milestone-update').map(({ data }) => `milestone ${data.milestone}`),
  ]);
  const kpis = gone('kpi').map(({ id, data }) => ({ id, data, reported: given.has(`kpi ${id}`) }));
  const milestones = gone('milestone').map(({ id, data }) => ({
    id,
    data,
    reported: given.has(`milestone ${id}`),
  }));
  const reportedMilestones = milestones.filter(({ reported }) => reported);
  const projects = gone('project').map(({ id, data }) => ({
    id,
    data,
    reported: reportedMilestones.some((milestone) => milestone.data.project === id),
  }));
  const plans = gone('plan').map(({ id, data }) => ({
    id,
    data,
    reported: [...kpis, ...projects].some((item) => item.reported && item.data.plan === id),
  }));
  const named = <K extends Leftover['kind']>(
    kind: K,
    items: readonly { id: string; data: { title: string }; reported: boolean }[],
  ) => items.map(({ id, data, reported }): Leftover => ({ kind, id, title: data.title, reported }));
  return [
    ...named('plan', plans),
    ...gone('engagement').map(
      ({ id, data }): Leftover => ({ kind: 'engagement', id, title: data.name, reported: false }),
    ),
    ...named('kpi', kpis),
    ...named('project', projects),
    ...named('milestone', milestones),
  ];
}

export const removals = (year: Partition, extra: readonly Leftover[]): Write[] =>
  extra.filter(({ reported }) => !reported).map(({ kind, id }) => remove(year, kind as Kind, id));
