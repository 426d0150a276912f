import { Temporal } from 'temporal-polyfill';
import { isShownIn, placeOfChannel } from './access.ts';
import { datesOf, moveOf } from './calendar.ts';
import type { YearSettings } from './council.ts';
import { type IsoDate, longDate } from './days.ts';
import { type Audience, isAbout } from './digest.ts';
import type { DigestContent, DigestException, DigestGroup } from './digest-content.ts';
import { headline } from './digest-headline.ts';
import { exceptionLine, missingFrom, named, planInBrief, type Telling } from './digest-lines.ts';
import { dateAt } from './local-time.ts';
import { type Period, periodName } from './periods.ts';
import type { Plan } from './plan.ts';
import type { PlanException, PlanReport } from './report.ts';
import { rollUp } from './roll-up.ts';
import { countsInWords, statusWords } from './words.ts';

export { type DigestContent, digestContentSchema } from './digest-content.ts';
export { paginate } from './paginate-digest.ts';

/**
 * Whether a plan may be told to an audience: it is about the plan, and what is exempt or confidential goes to a
 * channel that is cleared for it and to no other.
 */
export const visibleIn = (
  plan: Pick<Plan, 'portfolio' | 'classification'>,
  audience: Audience,
  cleared: boolean,
): boolean => isAbout(audience, plan) && isShownIn(placeOfChannel({ cleared }), plan);

export type DigestParts = {
  audience: Audience;
  period: Period;
  /** Of the plans that the channel may see (`visibleIn`), in any order. */
  reports: readonly PlanReport[];
  settings: YearSettings;
  /** What was said before: of the period before, or of this one when it was posted earlier. */
  previous: DigestContent | null;
  /** A person's name by id. */
  people: Telling['people'];
  /** ISO instant. */
  now: string;
  /** How many plans are not shown because the channel isn't cleared for them. */
  leftOut?: number;
};

/** `14 October 2009 at 10:32` in the council's time, summer time included. */
function moment(now: string, timeZone: string): string {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone);
  return `${longDate(local.toPlainDate().toString())} at ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/**
 * Whether a period's figures still change, and until when: past its lock only a performance officer corrects one,
 * with a reason (RULES "Reporting calendar").
 */
export function finalityOf(period: Period, { calendar }: Pick<YearSettings, 'calendar'>, today: IsoDate) {
  const { due, locks } = datesOf(period, calendar);
  const was = moveOf(period, calendar)?.was;
  const final = today > locks;
  const text = final
    ? `Final: the figures were locked at the end of ${longDate(locks)}.`
    : `Provisional: figures can change until ${longDate(locks)}.`;
  const moved = was
    ? ` Its dates were moved: due ${longDate(due)} (was ${longDate(was.due)}), locked after ${longDate(locks)} (was ${longDate(was.locks)}).`
    : '';
  return { final, locks, text: text + moved };
}

function nameOf(audience: Audience, { name, portfolios }: YearSettings): string {
  if (audience.kind === 'council') return name;
  if (audience.kind === 'scrutiny') return 'Scrutiny committee: exceptions of all plans';
  return portfolios.find(({ ref }) => ref === audience.portfolio)?.name ?? audience.portfolio;
}

const rank = (exception: PlanException): number => {
  if ('milestone' in exception) return exception.milestone.rating === 'red' ? 2 : 4;
  const { rating, persistent } = exception.kpi;
  if (rating === 'red') return persistent ? 0 : 1;
  return rating === 'amber' ? 3 : 5;
};

const badness = ({ exceptions }: PlanReport) => {
  const having = (wanted: number) => exceptions.filter((exception) => rank(exception) === wanted).length;
  return [having(0), having(0) + having(1), having(2)] as const;
};

/** Most persistent Reds first, then most Reds, then most Red milestones, then by title. */
function worstFirst(reports: readonly PlanReport[]): PlanReport[] {
  const ranked = reports.map((report) => ({ report, by: badness(report) }));
  ranked.sort(
    (a, b) =>
      b.by[0] - a.by[0] ||
      b.by[1] - a.by[1] ||
      b.by[2] - a.by[2] ||
      (a.report.plan.title < b.report.plan.title ? -1 : 1),
  );
  return ranked.map(({ report }) => report);
}

const worstKpis = 3;
const worstMilestones = 2;

/** A plan's worst KPIs and the milestones that slip most; the rest is counted. */
function planGroup(
  { plan, status, counts, exceptions }: PlanReport,
  directorate: string,
  telling: Telling,
): DigestGroup {
  const told = [
    ...exceptions.filter((exception) => 'kpi' in exception).slice(0, worstKpis),
    ...exceptions.filter((exception) => 'milestone' in exception).slice(0, worstMilestones),
  ];
  const name = named(plan);
  return {
    heading: name.title,
    plan: { ...name, directorate, statusText: statusWords[status].text, countsText: countsInWords(counts) },
    exceptions: told.map((exception) => exceptionLine(plan, exception, telling)),
    more: exceptions.length - told.length,
    continued: false,
  };
}

/** Every exception of every plan by directorate, in the council's order; persistent ones first in each. */
function directorateGroups(
  reports: readonly PlanReport[],
  directorates: ReadonlyMap<string, string>,
  telling: Telling,
): DigestGroup[] {
  const bySection = new Map(
    [...directorates.keys()].map((ref) => [ref, [] as { at: number; line: DigestException }[]]),
  );
  for (const { plan, exceptions } of reports) {
    const section = bySection.get(plan.directorate) ?? [];
    bySection.set(plan.directorate, section);
    for (const exception of exceptions) {
      section.push({ at: rank(exception), line: exceptionLine(plan, exception, telling) });
    }
  }
  return [...bySection]
    .filter(([, lines]) => lines.length > 0)
    .map(([ref, lines]) => ({
      heading: directorates.get(ref) ?? ref,
      plan: null,
      exceptions: lines.sort((a, b) => a.at - b.at).map(({ line }) => line),
      more: 0,
      continued: false,
    }));
}

/**
 * What a channel is told of a period. A portfolio's Cabinet Member and the whole council get the plans that are
 * off target, each with its worst exceptions and the managers' own words, and those at risk in brief; scrutiny
 * gets every exception by directorate, persistent ones first. Both get what is still missing, and whose it is.
 *
 * Nothing in it but `asAt` changes while the reports stay as they are. Costs one pass over the reports and a
 * sort of the worst.
 */
export function composeDigest(parts: DigestParts): DigestContent {
  const { audience, period, settings, previous, now, leftOut = 0 } = parts;
  const telling: Telling = { comparison: settings.trend, people: parts.people };
  const directorates = new Map(settings.directorates.map(({ ref, name }) => [ref, name]));
  const reports = worstFirst(parts.reports);
  const total = rollUp(reports);
  const scrutiny = audience.kind === 'scrutiny';
  const having = (status: PlanReport['status']) => reports.filter((report) => report.status === status);
  const directorateOf = ({ plan }: PlanReport) => directorates.get(plan.directorate) ?? plan.directorate;
  return {
    council: settings.name,
    audience,
    audienceName: nameOf(audience, settings),
    period: period.key,
    periodName: periodName(period),
    asAt: moment(now, settings.timeZone),
    headline: headline(reports, period.key, previous),
    plans: total.plans,
    statuses: total.statuses,
    kpis: total.kpis,
    counts: total.counts,
    provisional: reports.flatMap(({ kpis }) => kpis).filter(({ update }) => update?.provisional).length,
    leftOut,
    groups: scrutiny
      ? directorateGroups(reports, directorates, telling)
      : having('off-target').map((report) => planGroup(report, directorateOf(report), telling)),
    atRisk: scrutiny ? [] : having('at-risk').map(planInBrief),
    missing: reports.flatMap((report) => missingFrom(report, telling) ?? []),
    notice: settings.notice,
    finality: finalityOf(period, settings, dateAt(now, settings.timeZone)),
    page: 1,
    pages: 1,
    standing: Object.fromEntries(reports.map(({ plan, status }) => [plan.ref, status])),
  };
}
