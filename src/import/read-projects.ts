import type { Milestone, Project } from '../domain/project.ts';
import { date, mustBeInOrder, oneOf, required, text, yesNo } from './cells.ts';
import { define, lookUp, mustLookUp, ownRef, type Refs } from './refs.ts';
import type { Row } from './table.ts';

/** Reads projects.csv; `projects` gains them. */
export function readProjects(
  rows: readonly Row[],
  people: Refs,
  plans: Refs,
  projects: Refs<Project>,
): Project[] {
  return rows.map((row) => {
    const project: Project = {
      ref: ownRef(row),
      plan: mustLookUp(plans, row, 'plan') ?? '',
      title: required(row, 'title'),
      nature: oneOf(row, 'nature', ['new', 'core'], null),
      accountableManager: lookUp(people, row, 'accountable_manager'),
      outcomes: text(row, 'outcomes'),
      start: date(row, 'start'),
      due: date(row, 'due'),
      strategicPriority: text(row, 'strategic_priority'),
      role: oneOf(row, 'role', ['lead', 'support'], null),
      capital: yesNo(row, 'capital'),
      gatewayReview: text(row, 'gateway_review'),
      riskRegister: text(row, 'risk_register'),
    };
    define(projects, row, 'ref', project.ref, project);
    mustBeInOrder(row, { column: 'start', date: project.start }, { column: 'due', date: project.due });
    return project;
  });
}

/** Reads milestones.csv; `milestones` gains them. One without a manager of its own has its project's. */
export function readMilestones(
  rows: readonly Row[],
  people: Refs,
  projects: Refs<Project>,
  milestones: Refs<Milestone>,
): Milestone[] {
  return rows.map((row) => {
    const project = mustLookUp(projects, row, 'project');
    required(row, 'due');
    const milestone: Milestone = {
      ref: ownRef(row),
      project: project?.ref ?? '',
      plan: project?.plan ?? '',
      title: required(row, 'title'),
      accountableManager: lookUp(people, row, 'accountable_manager') ?? project?.accountableManager ?? null,
      start: date(row, 'start'),
      due: date(row, 'due') ?? '',
    };
    define(milestones, row, 'ref', milestone.ref, milestone);
    mustBeInOrder(row, { column: 'start', date: milestone.start }, { column: 'due', date: milestone.due });
    return milestone;
  });
}
