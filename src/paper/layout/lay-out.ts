import { type Counts, type MilestoneCounts, planStatuses } from '../../domain/report.ts';
import { countsInWords, milestoneCountsInWords, plural, statusWords } from '../../domain/words.ts';
import type { Paper, PaperPlan } from '../paper.ts';
import type { Block } from './blocks.ts';
import { exceptionsTable, milestonesTable, missingTable, monitoringTable } from './plan-tables.ts';
import { countsTable, statusTable } from './summary-tables.ts';

/** A paper from its facts to its notes, in the order in which a committee reads it. */
export const layOut = (paper: Paper): Block[] => [
  facts(paper),
  ...leftOut(paper),
  ...(paper.withheld === null ? [] : [{ block: 'text', text: paper.withheld } as const]),
  ...(paper.scope === 'all' ? allPlans(paper) : paper.plans.flatMap((plan) => onePlan(paper, plan))),
  { block: 'heading', level: 2, text: 'How to read this paper' },
  { block: 'list', items: paper.notes },
];

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function facts({ scope, plans, period, asAt, marking }: Paper): Block {
  const [plan] = plans;
  const own: [string, string][] =
    scope === 'plan' && plan
      ? [
          ['Directorate', plan.directorate],
          ['Portfolio', plan.portfolio],
          ['Classification', capital(plan.classification)],
        ]
      : [['Classification', marking ? capital(marking.split(' –')[0]!.toLowerCase()) : 'Unrestricted']];
  return {
    block: 'facts',
    caption: 'What this paper is about',
    facts: [['Period', period.name], ['As at', asAt.text], ...own],
  };
}

/** `2 plans that are exempt or confidential are left out of this paper.` */
export const leftOutWords = (leftOut: number): string =>
  `${plural(leftOut, 'plan that is', 'plans that are')} exempt or confidential ${leftOut === 1 ? 'is' : 'are'} left out of this paper.`;

const leftOut = ({ leftOut: count }: Paper): Block[] =>
  count > 0 ? [{ block: 'text', text: leftOutWords(count) }] : [];

function summary(paper: Paper): Block[] {
  const { total } = paper;
  if (total.plans === 0) return [{ block: 'text', text: 'There are no plans to report.' }];
  const statuses = planStatuses
    .filter((status) => total.statuses[status] > 0)
    .map((status) => `${total.statuses[status]} ${statusWords[status].word.toLowerCase()}`);
  return [
    { block: 'heading', level: 2, text: 'Summary' },
    {
      block: 'list',
      items: [
        `${plural(total.plans, 'plan')}: ${statuses.join(', ')}.`,
        kpisText(total.kpis, total.counts),
        milestonesText(total.milestones, total.milestoneCounts),
        ...(total.persistent > 0
          ? [`${plural(total.persistent, 'KPI is', 'KPIs are')} Red for two or more periods running.`]
          : []),
      ],
    },
    statusTable(paper),
    countsTable(paper),
  ];
}

const kpisText = (kpis: number, counts: Counts): string =>
  kpis === 0 ? 'No KPIs.' : `${plural(kpis, 'KPI')}: ${countsInWords(counts)}.`;

const milestonesText = (milestones: number, counts: MilestoneCounts): string =>
  milestones === 0
    ? 'No milestones.'
    : `${plural(milestones, 'milestone')}: ${milestoneCountsInWords(counts)}.`;

const countsText = ({ kpis, counts, milestones, milestoneCounts }: PaperPlan): string =>
  `${kpisText(kpis.length, counts)} ${milestonesText(milestones.length, milestoneCounts)}`;

type Said = Paper['statements'];
const texts = (said: Said): Block[] => said.map(({ text }): Block => ({ block: 'text', text }));

const sectionNames: Record<string, string> = {
  kpis: 'Performance indicators and activity',
  projects: 'Projects and milestones',
};

/** Statements under a heading for each section. */
function statements(said: Said): Block[] {
  if (said.length === 0) return [];
  const sections = [...Map.groupBy(said, ({ section }) => section)];
  return [
    { block: 'heading', level: 2, text: 'Statements that go with every plan' },
    ...sections.flatMap(([section, own]): Block[] => [
      { block: 'heading', level: 3, text: sectionNames[section] ?? capital(section) },
      ...texts(own),
    ]),
  ];
}

const standing = ({ statusWords: { text, colour } }: PaperPlan): Block => ({ block: 'text', text, colour });

function onePlan({ statements: said }: Paper, plan: PaperPlan): Block[] {
  const of = (wanted: string) => texts(said.filter(({ section }) => section === wanted));
  const section = (
    text: string,
    before: Block[],
    items: readonly unknown[],
    none: string,
    table: () => Block,
  ) => [
    { block: 'heading', level: 2, text } as const,
    ...before,
    items.length > 0 ? table() : ({ block: 'text', text: none } as const),
  ];
  const nothingOff = 'Nothing is Red or Amber, and no forecast is Red.';
  return [
    { block: 'heading', level: 2, text: 'Status' },
    standing(plan),
    { block: 'text', text: countsText(plan) },
    ...section('Exceptions', [], plan.exceptions, nothingOff, () => exceptionsTable(plan)),
    ...section('Monitoring table', of('kpis'), plan.kpis, 'The plan has no KPIs.', () =>
      monitoringTable(plan),
    ),
    ...section(
      'Projects and milestones',
      of('projects'),
      plan.milestones,
      'The plan has no milestones.',
      () => milestonesTable(plan),
    ),
    ...section('Updates still missing', [], plan.missing, 'None.', () => missingTable(plan)),
    ...statements(said.filter(({ section: name }) => !(name in sectionNames))),
  ];
}

const allPlans = (paper: Paper): Block[] => [
  ...summary(paper),
  ...statements(paper.statements),
  ...paper.plans.flatMap(planSection),
];

/** One plan in a paper of many: only the tables that have something in them. */
function planSection(plan: PaperPlan): Block[] {
  const mark = plan.classification === 'unrestricted' ? '' : ` (${plan.classification.toUpperCase()})`;
  const section = (text: string, items: readonly unknown[], table: (of: PaperPlan) => Block): Block[] =>
    items.length === 0 ? [] : [{ block: 'heading', level: 3, text }, table(plan)];
  return [
    { block: 'heading', level: 2, text: `${plan.title}${mark}`, anchor: plan.anchor },
    standing(plan),
    { block: 'text', text: `${plan.directorate}; portfolio ${plan.portfolio}. ${countsText(plan)}` },
    ...section('Exceptions', plan.exceptions, exceptionsTable),
    ...section('Monitoring table', plan.kpis, monitoringTable),
    ...section('Projects and milestones', plan.milestones, milestonesTable),
    ...section('Updates still missing', plan.missing, missingTable),
  ];
}
