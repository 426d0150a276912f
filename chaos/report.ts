import type { RunRecord } from './run.ts';

export type Totals = {
  runs: number;
  /** Runs with a broken promise. */
  broken: number;
  /** Runs that the machine could not bring to an end, which say nothing. */
  notRun: number;
  submissions: number;
  repeats: number;
  requests: number;
  kills: number;
  longestTakeOver: number;
  deliveries: Record<string, number>;
  faults: Record<string, number>;
};

export const emptyTotals = (): Totals => ({
  runs: 0,
  broken: 0,
  notRun: 0,
  submissions: 0,
  repeats: 0,
  requests: 0,
  kills: 0,
  longestTakeOver: 0,
  deliveries: {},
  faults: {},
});

const add = (counts: Record<string, number>, name: string, more = 1) => {
  counts[name] = (counts[name] ?? 0) + more;
};

export function addRun(totals: Totals, record: RunRecord): void {
  totals.runs += 1;
  totals.broken += record.broken.length > 0 ? 1 : 0;
  totals.submissions += keptIn(record);
  totals.repeats += record.people.counts.repeats;
  totals.requests += record.teams.requests.length;
  totals.kills += record.kills;
  totals.longestTakeOver = Math.max(totals.longestTakeOver, record.longestTakeOver);
  for (const [state, count] of Object.entries(record.deliveries)) add(totals.deliveries, state, count);
  for (const { fault } of record.teams.requests) if (fault) add(totals.faults, fault);
}

const keptIn = ({ people }: RunRecord) => people.submissions.filter(({ keptAt }) => keptAt !== null).length;

const faultsIn = ({ teams }: RunRecord) => teams.requests.filter(({ fault }) => fault !== null).length;

const inWords = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort()
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

/** One line for one run. */
export const lineOf = (record: RunRecord): string =>
  [
    `seed ${record.plan.seed}: ${record.broken.length === 0 ? 'kept' : 'BROKEN'}`,
    `${record.plan.skews.length} instances`,
    `${record.kills} kills`,
    `${keptIn(record)} submissions`,
    `${faultsIn(record)} faults in ${record.teams.requests.length} requests`,
    `messages: ${inWords(record.deliveries)}`,
    `longest take-over ${Math.round(record.longestTakeOver)} s`,
    `${(record.milliseconds / 1000).toFixed(1)} s`,
  ].join(' · ');

export const summaryOf = (totals: Totals, { first, store }: { first: number; store: string }): string =>
  [
    `${totals.runs} runs on ${store}, seeds from ${first}: ${totals.broken} with a broken promise${totals.notRun > 0 ? `, ${totals.notRun} more could not be run` : ''}`,
    `submissions answered as kept: ${totals.submissions}, after ${totals.repeats} repeated activities`,
    `messages: ${inWords(totals.deliveries)}; requests to Teams: ${totals.requests}`,
    `processes killed: ${totals.kills}; longest take-over: ${Math.round(totals.longestTakeOver)} s by the run’s clock`,
    `faults: ${inWords(totals.faults) || 'none'}`,
  ].join('\n');
