import { type Pair, type Question, slice } from './conversation.ts';
import { shape } from './generate-council.ts';
import { people, type Round } from './load.ts';
import type { DigestCost } from './measure-digest.ts';
import type { Memory } from './run-bot.ts';
import { median } from './statistics.ts';

export type Results = {
  council: { plans: number; items: number };
  rounds: number;
  pairs: Record<Question, Pair[]>;
  memory: { turns: number; planwatch: Memory; bare: Memory }[];
  digests: DigestCost[];
};

const names: Record<Question, string> = {
  open: 'A KPI form is opened (button)',
  submit: 'A KPI result is submitted, durably stored (button)',
  press: 'A plan’s status (button)',
  ask: 'A plan’s status (message)',
};
/** What the project aims for; a question without a target is there to be seen. */
const targets: Partial<Record<Question, number>> = { submit: 0.6, press: 0.7, ask: 0.7 };

const whole = (number: number) => Math.round(number).toLocaleString('en-GB');
const tenths = (number: number) => number.toFixed(1);
const hundredths = (number: number) => number.toFixed(2);
const megabytes = (bytes: number) => whole(bytes / 1_048_576);
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');

function turnRow(question: Question, pairs: readonly Pair[]): string[] {
  const middle = (of: (pair: Pair) => number) => median(pairs.map(of));
  const both = (of: (round: Round) => number) =>
    ['planwatch', 'bare'].map((bot) => middle((pair) => of(pair[bot as keyof Pair])));
  const [rate, bareRate] = both(({ perSecond }) => perSecond);
  const [p50, bareP50] = both((round) => round.p50);
  const [p99, bareP99] = both((round) => round.p99);
  const ratio = middle(({ planwatch, bare }) => planwatch.perSecond / bare.perSecond);
  const target = targets[question];
  return [
    names[question],
    whole(rate!),
    whole(bareRate!),
    `**${hundredths(ratio)}**`,
    target === undefined ? '' : `${target} ${ratio >= target ? 'met' : 'missed'}`,
    `${tenths(p50!)} / ${tenths(bareP50!)}`,
    `${tenths(p99!)} / ${tenths(bareP99!)}`,
  ];
}

function digestRows(digests: readonly DigestCost[]): string[][] {
  const perPlan = ({ first, plans }: DigestCost) => first / plans;
  return digests.map((cost, at) => {
    const smaller = digests[at - 1];
    const { plans, pages, first, again, parts } = cost;
    return [
      whole(plans),
      whole(pages),
      tenths(first),
      perPlan(cost).toFixed(3),
      smaller ? hundredths(perPlan(cost) / perPlan(smaller)) : '',
      tenths(again),
      `${tenths(parts.compose)} + ${tenths(parts.pages)} + ${tenths(parts.render)}`,
    ];
  });
}

/** Everything that was measured and how, as Markdown. */
export function report(results: Results, { quick, seconds }: { quick: boolean; seconds: number }): string {
  const { council, rounds, pairs, memory, digests } = results;
  const turns = table(
    ['Turn', 'Planwatch/s', 'bare/s', 'ratio', 'target', 'p50 ms', 'p99 ms'],
    (Object.keys(names) as Question[]).map((question) => turnRow(question, pairs[question])),
  );
  const memories = table(
    ['After turns', 'Planwatch RSS', 'heap', 'bare RSS', 'heap'],
    memory.map(({ turns: after, planwatch, bare }) => [
      whole(after),
      ...[planwatch.rss, planwatch.heapUsed, bare.rss, bare.heapUsed].map(megabytes),
    ]),
  );
  const costs = table(
    ['Plans', 'pages', 'ms', 'ms a plan', 'growth', 'again ms', 'compose + pages + render ms'],
    digestRows(digests),
  );
  return `# What a turn costs

Planwatch beside a bare bot: the same SDK (botbuilder's CloudAdapter) and web server (restify) that answers
everything with one constant card, without rules, identity or a store. \`npm run bench\` makes these figures${quick ? ' (this is the short run, `--quick`)' : ''};
it took ${whole(seconds)} seconds.

## Turns

${turns}

A ratio is Planwatch's turns a second divided by the bare bot's. Latencies are Planwatch's / the bare bot's.

## Memory, MB after garbage collection

${memories}

## The council's digest

${costs}

*growth* is how much more a plan costs than in the smaller council: 1.00 is a cost that grows exactly with the
plans. *again* is the same digest asked for a second time, from the same process.

## How it is measured

- Both bots run at once, each in its own process, and answer on loopback; the load comes from a third process,
  ${people} people at a time, each with a keep-alive connection, each waiting for an answer before pressing again.
- ${rounds} rounds after one that warms up. In a round each kind of turn is put ${whole(council.items)} times to both bots, with the
  same bodies; they take turns every ${slice} turns, so that both have the machine in the same state. Figures are medians
  over the rounds, ratios medians of each round's ratio.
- The council has ${council.plans} plans of ${shape.kpis} KPIs and ${shape.milestones} milestones, ${shape.quarters} quarters of results each, ${shape.managers} managers a plan. A round
  opens and submits one form for every KPI and quarter, so that no two turns write the same document; each
  submission corrects an earlier figure, which is more work than a first one.
- Status is asked of every plan in turn by clerks and managers. A plan's card is filled once until something in it
  changes, so most of these answers are made of what is remembered, the first of each plan in a round is not.
- Planwatch runs as \`node src/index.ts\` runs in playground mode: identity, access, rules, cards, a log line for each
  turn, SQLite with \`synchronous=FULL\` on a real disk. A submission is answered when its commit is on the disk.
- The bare bot answers with 0.4 KB whatever it is asked; Planwatch's form has about 6 KB, its receipt 3 KB and a
  plan's status 26 KB.
- A message is answered by a post to the connector, which is a stand-in on loopback for both bots.
- Every answer is checked to be the one asked for; a refusal stops the run.
- A digest is read from a SQLite file that was just opened, composed, cut into pages, and every page rendered;
  in production one page is rendered at a time.
`;
}
