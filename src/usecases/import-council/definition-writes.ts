import { createHash } from 'node:crypto';
import type { Engagement } from '../../domain/plan.ts';
import type { Kind } from '../../store/documents.ts';
import type { Partition } from '../../store/store.ts';
import type { CouncilData, GivenPerson } from './council-data.ts';
import { keep, type Write } from './write.ts';

/** What the bot knows of a person stays: their deputy and reminders, where to reach them, an Entra id bound on contact. Who was erased stays so. */
export const peopleWrites = (council: Partition, people: readonly GivenPerson[]): Write[] =>
  people.map((given) =>
    keep(council, 'person', given.id, (current) =>
      current?.erased
        ? current
        : {
            deputy: null,
            conversation: null,
            ...current,
            ...given,
            entraObjectId: given.entraObjectId ?? current?.entraObjectId ?? null,
          },
    ),
  );

/** An engagement has no ref of its own: its plan, name and start tell it from others. */
const engagementId = ({ plan, name, start }: Engagement) => {
  const told = createHash('sha256').update(`${name}\n${start}`).digest('hex').slice(0, 16);
  return `${plan}@${told}`;
};

/** What the year's plans consist of, by kind and id. */
export function definitionsOf({ plans, engagements, kpis, projects, milestones }: CouncilData) {
  return {
    plan: new Map(plans.map((plan) => [plan.ref, plan])),
    engagement: new Map(engagements.map((engagement) => [engagementId(engagement), engagement])),
    kpi: new Map(kpis.map((kpi) => [kpi.ref, kpi])),
    project: new Map(projects.map((project) => [project.ref, project])),
    milestone: new Map(milestones.map((milestone) => [milestone.ref, milestone])),
  };
}
export type Definitions = ReturnType<typeof definitionsOf>;

export const definitionWrites = (year: Partition, definitions: Definitions): Write[] =>
  (Object.keys(definitions) as (keyof Definitions)[]).flatMap((kind) => {
    const wanted = definitions[kind] as Map<string, never>;
    return [...wanted].map(([id, data]) => keep(year, kind as Kind, id, () => data));
  });
