import { buildReport } from '../../src/domain/build-report.ts';
import type { YearSettings } from '../../src/domain/council.ts';
import type { KpiUpdate } from '../../src/domain/kpi.ts';
import { periodOf } from '../../src/domain/periods.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { MilestoneUpdate } from '../../src/domain/project.ts';
import type { PlanReport } from '../../src/domain/report.ts';
import { aKpi, aMilestone, anUpdate, aPlan, aProject, council, quarter2, said } from './examples.ts';

export { quarter2 };
export const quarter1 = periodOf('2009/10 Q1');

export const settings: YearSettings = {
  ...council,
  directorates: [
    { ref: 'ER', name: 'Environment and Regeneration' },
    { ref: 'CMY', name: 'Communities' },
  ],
  portfolios: [{ ref: 'highways', name: 'Environment, Highways and Waste', directorates: ['ER'] }],
  notice: 'Illustrative figures.',
};

export const plan = (ref: string, own: Partial<Plan> = {}): Plan => ({
  ...aPlan,
  ref,
  title: `${ref} plan`,
  directorate: 'ER',
  portfolio: 'highways',
  ...own,
});

/** One KPI: its results for quarters 1 and 2, left out where none was given, and what else was said with the last. */
export type Given = { q1?: string; q2?: string } & Partial<KpiUpdate>;

/** One milestone by its due date, and what was said of it. */
export type Step = { due: string } & Partial<MilestoneUpdate>;

/** A plan's report on 14 October 2009, from as little as a test needs to say. */
export function report(of: Plan, given: Given[], steps: Step[] = [], period = quarter2): PlanReport {
  const kpis = given.map((_, index) => {
    const ref = `${of.ref}-${index + 1}`;
    const title = `${ref} repaired in time`;
    return aKpi({ ref, plan: of.ref, title, floor: '90', accountableManager: 'ann' });
  });
  const updates = given.flatMap(({ q1, q2, ...own }, index) => [
    ...(q1 === undefined ? [] : [anUpdate(kpis[index]!, quarter1.key, { result: q1 })]),
    ...(q2 === undefined
      ? []
      : [anUpdate(kpis[index]!, quarter2.key, { result: q2, submittedBy: 'ann', ...own })]),
  ]);
  const milestones = steps.map(({ due }, index) => {
    const number = index + 1;
    return aMilestone({ ref: `${of.ref}-M${number}`, plan: of.ref, title: `Open depot ${number}`, due });
  });
  const milestoneUpdates = steps.map(({ due: _, ...own }, index) =>
    said({ milestone: milestones[index]!.ref, plan: of.ref, submittedBy: 'ann', ...own }),
  );
  const projects = [{ ...aProject, plan: of.ref }];
  return buildReport({
    plan: of,
    kpis,
    updates,
    projects,
    milestones,
    milestoneUpdates,
    settings,
    period,
    today: '2009-10-14',
  });
}
