/**
 * The tables of a council folder and their columns (docs, "The council folder"). A required column must have a
 * heading; whether its cells may be empty is said where the row is read.
 */
export const tables = {
  people: { required: ['email', 'name'], optional: ['roles', 'portfolios', 'entra_object_id'] },
  plans: {
    required: ['ref', 'title'],
    optional: ['tier', 'directorate', 'parent', 'portfolio', 'head_of_service', 'classification', 'units'],
  },
  engagements: {
    required: ['plan', 'name'],
    optional: [
      'start',
      'end',
      'feedback',
      'target_group',
      'target_area',
      'summary',
      'purpose',
      'statutory',
      'type',
      'contact_name',
      'contact_email',
      'contact_phone',
    ],
  },
  kpis: {
    required: ['ref', 'plan', 'title'],
    optional: [
      'kind',
      'type',
      'unit',
      'decimals',
      'polarity',
      'frequency',
      'year_to_date',
      'accountable_manager',
      'target_previous_year',
      'estimate_previous_year',
      'target',
      'floor',
      'method',
      'green_within',
      'amber_within',
      'range_low',
      'range_high',
      'strategic_priority',
      'role',
      'core',
      'benchmark',
      'benchmark_source',
      'quartile',
    ],
  },
  kpi_targets: { required: ['kpi', 'period'], optional: ['target', 'floor'] },
  projects: {
    required: ['ref', 'plan', 'title'],
    optional: [
      'nature',
      'accountable_manager',
      'outcomes',
      'start',
      'due',
      'strategic_priority',
      'role',
      'capital',
      'gateway_review',
      'risk_register',
    ],
  },
  milestones: { required: ['ref', 'project', 'title', 'due'], optional: ['accountable_manager', 'start'] },
  kpi_updates: {
    required: ['kpi', 'period'],
    optional: [
      'result',
      'numerator',
      'denominator',
      'provisional',
      'unavailable_reason',
      'forecast',
      'commentary',
      'action',
      'submitted_by',
      'submitted_at',
    ],
  },
  milestone_updates: {
    required: ['milestone', 'state'],
    optional: [
      'percent_complete',
      'forecast',
      'completed',
      'commentary',
      'submitted_by',
      'submitted_at',
      'decision_reference',
      'decided_by',
      'decided_on',
    ],
  },
} as const;

export type TableName = keyof typeof tables;
/** In the order in which they are read: what is referred to comes before what refers to it. */
export const tableNames = Object.keys(tables) as TableName[];
export const requiredTables: readonly TableName[] = ['people', 'plans'];

export type Column<T extends TableName = TableName> =
  | (typeof tables)[T]['required'][number]
  | (typeof tables)[T]['optional'][number];

export const columnsOf = (table: TableName): readonly string[] => [
  ...tables[table].required,
  ...tables[table].optional,
];
