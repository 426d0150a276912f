import type { TrendComparison } from './council.ts';
import { longDate } from './days.ts';
import type { DigestBrief, DigestException, DigestMissing } from './digest-content.ts';
import { explainMissing } from './explain.ts';
import { forecastText, ratingOf } from './line-words.ts';
import type { Plan } from './plan.ts';
import type { KpiLine, MilestoneLine, PlanException, PlanReport } from './report.ts';
import { cut } from './typed-text.ts';
import { lateTitle, milestoneWords, statusWords, trendWords } from './words.ts';

/** What the lines of a digest need besides the report. */
export type Telling = {
  comparison: TrendComparison;
  /** A person's name by id. */
  people: (id: string | null) => string;
};

// A digest is read in a channel: the whole of a long text is one press away, on the plan's own card.
const titleLength = 160;
const wordsLength = 320;

export const named = ({ ref, title }: Pick<Plan, 'ref' | 'title'>) => ({
  ref,
  title: cut(title, titleLength),
});

const saying = (words: string | undefined) => (words ? cut(words, wordsLength) : null);

function kpiException(plan: Plan, line: KpiLine, { comparison, people }: Telling): DigestException {
  const { kpi, update, trend } = line;
  const { text, colour } = ratingOf(line);
  const by = update?.actionBy ? ` By ${longDate(update.actionBy)}.` : '';
  const action = saying(update?.action);
  return {
    kind: 'kpi',
    plan: named(plan),
    ref: kpi.ref,
    title: cut(kpi.title, titleLength),
    ratingText: text,
    colour,
    because: line.because,
    trendText: trend && trendWords(trend, comparison).text,
    forecastText: forecastText(line),
    persistent: line.persistent,
    provisional: update?.provisional ?? false,
    dataAge: update?.dataAge ?? null,
    commentary: saying(update?.commentary),
    action: action && `${action}${by}`,
    saidBy: update?.submittedBy ? people(update.submittedBy) : null,
  };
}

function milestoneException(plan: Plan, line: MilestoneLine, { people }: Telling): DigestException {
  const { milestone, project, update, rating, daysLate, because } = line;
  const { text, colour } = milestoneWords(rating, daysLate);
  return {
    kind: 'milestone',
    plan: named(plan),
    ref: milestone.ref,
    title: cut(`${project.title}: ${milestone.title}`, titleLength),
    ratingText: text,
    colour,
    because,
    trendText: null,
    forecastText: null,
    persistent: false,
    provisional: false,
    dataAge: null,
    commentary: saying(update?.commentary),
    action: null,
    saidBy: update?.submittedBy ? people(update.submittedBy) : null,
  };
}

/** One exception of a plan, as a digest tells it. */
export const exceptionLine = (plan: Plan, exception: PlanException, telling: Telling): DigestException =>
  'kpi' in exception
    ? kpiException(plan, exception.kpi, telling)
    : milestoneException(plan, exception.milestone, telling);

const briefLines = 2;

function briefLine(exception: PlanException): string {
  const [title, rating, because] =
    'kpi' in exception
      ? [exception.kpi.kpi.title, ratingOf(exception.kpi).text, exception.kpi.because]
      : [
          exception.milestone.milestone.title,
          milestoneWords(exception.milestone.rating, exception.milestone.daysLate).text,
          exception.milestone.because,
        ];
  const forecast =
    'kpi' in exception && exception.kpi.forecastRating === 'red' ? `. ${forecastText(exception.kpi)}` : '';
  return `${cut(title, titleLength)}: ${rating}, ${because}${forecast}`;
}

/** A plan at risk with its two worst exceptions. */
export const planInBrief = ({ plan, status, exceptions }: PlanReport): DigestBrief => ({
  ...named(plan),
  statusText: statusWords[status].text,
  lines: exceptions.slice(0, briefLines).map(briefLine),
  more: Math.max(0, exceptions.length - briefLines),
});

const missingItems = 6;

/** A plan's figures that are awaited or overdue, overdue first, and whose they are; null when none is. */
export function missingFrom({ plan, kpis, counts }: PlanReport, { people }: Telling): DigestMissing | null {
  const { awaited } = counts;
  const late = kpis.flatMap((line) =>
    line.late.map((one) => ({
      line,
      title: lateTitle(line, one),
      overdue: true,
      dueText: explainMissing(one.due, true),
    })),
  );
  const overdue = late.length;
  if (overdue + awaited === 0) return null;
  const lines = [
    ...late,
    ...kpis
      .filter(({ rating }) => rating === 'awaited')
      .map((line) => ({ line, title: line.kpi.title, overdue: false, dueText: line.because })),
  ];
  return {
    ...named(plan),
    overdue,
    awaited,
    items: lines.slice(0, missingItems).map(({ line, title, ...item }) => ({
      title: cut(title, titleLength),
      manager: people(line.kpi.accountableManager),
      ...item,
    })),
    more: Math.max(0, lines.length - missingItems),
  };
}
