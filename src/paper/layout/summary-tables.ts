import { planStatuses } from '../../domain/report.ts';
import type { RollUp } from '../../domain/roll-up.ts';
import { countWords, statusWords } from '../../domain/words.ts';
import type { Paper, PaperPlan } from '../paper.ts';
import { type Cell, type Column, cell, number, rated, type Table } from './blocks.ts';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const figures = (headings: string[], width: number): Column[] =>
  headings.map((heading) => ({ heading, width, figures: true }));

const statusCells = (name: string, { plans, statuses }: RollUp): Cell[] => [
  cell(name),
  ...planStatuses.map((status) => number(statuses[status])),
  number(plans),
];

/** How many plans have each status, by directorate; every row and column adds up. */
export const statusTable = ({ directorates, total }: Paper): Table => ({
  block: 'table',
  caption: 'Plans by directorate and status',
  columns: [
    { heading: 'Directorate', width: 40 },
    ...figures([...planStatuses.map((status) => statusWords[status].text), 'Plans'], 12),
  ],
  rows: [
    ...directorates.map(({ name, total: own }) => statusCells(name, own)),
    statusCells('All plans', total),
  ],
  totalled: true,
});

const countCells = ({ counts }: Pick<RollUp, 'counts'>): Cell[] =>
  countWords.map(([key]) => number(counts[key]));

const planRow = (plan: PaperPlan): Cell[] => [
  {
    ...cell(plan.title, plan.classification !== 'unrestricted' && plan.classification.toUpperCase()),
    link: plan.anchor,
  },
  rated(plan.statusWords),
  ...countCells(plan),
  number(plan.kpis.length),
  number(plan.milestones.length),
];

/** Every plan with its status and how its KPIs are rated; every row and column adds up. */
export const countsTable = ({ plans, total }: Paper): Table => ({
  block: 'table',
  caption: 'Plans with their status and the ratings of their KPIs',
  columns: [
    { heading: 'Plan', width: 20 },
    { heading: 'Status', width: 12 },
    ...figures([...countWords.map(([, word]) => capital(word)), 'KPIs in all'], 6),
    ...figures(['Milestones'], 8),
  ],
  rows: [
    ...plans.map(planRow),
    [cell('All plans'), cell(), ...countCells(total), number(total.kpis), number(total.milestones)],
  ],
  totalled: true,
});
