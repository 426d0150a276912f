import type { YearSettings } from '../../domain/council.ts';
import type { Kpi, KpiUpdate } from '../../domain/kpi.ts';
import type { Person } from '../../domain/people.ts';
import type { Engagement, Plan } from '../../domain/plan.ts';
import type { Milestone, MilestoneUpdate, Project } from '../../domain/project.ts';

/** A person as a council folder names them; what else is known of them belongs to the bot. */
export type GivenPerson = Pick<Person, 'id' | 'email' | 'name' | 'roles' | 'portfolios' | 'entraObjectId'>;

/** A figure as a council folder gives it, not rated yet. `submittedAt` is null when the file doesn't say. */
export type GivenKpiUpdate = Pick<
  KpiUpdate,
  | 'kpi'
  | 'plan'
  | 'period'
  | 'result'
  | 'numerator'
  | 'denominator'
  | 'provisional'
  | 'unavailable'
  | 'forecast'
  | 'commentary'
  | 'action'
  | 'submittedBy'
> & { submittedAt: string | null };

export type GivenMilestoneUpdate = Omit<MilestoneUpdate, 'revision' | 'submittedAt' | 'reason' | 'source'> & {
  submittedAt: string | null;
};

/**
 * One financial year of a council, checked: every ref leads somewhere, every threshold set is sound, every date
 * and figure is one. People are named by the id that `personIdOf` makes of their e-mail address.
 */
export type CouncilData = {
  settings: YearSettings;
  people: GivenPerson[];
  plans: Plan[];
  engagements: Engagement[];
  kpis: Kpi[];
  projects: Project[];
  milestones: Milestone[];
  kpiUpdates: GivenKpiUpdate[];
  milestoneUpdates: GivenMilestoneUpdate[];
};
