import { daysBetween, type IsoDate, longDate } from '../../domain/days.ts';
import { sayProvisional } from '../../domain/explain.ts';
import { figureOf, ratingOf } from '../../domain/line-words.ts';
import type { KpiLine, PlanReport } from '../../domain/report.ts';
import {
  lateTitle,
  milestoneCountsInWords,
  milestoneWords,
  plural,
  trendWords,
  type Wording,
} from '../../domain/words.ts';
import { milestoneData } from './lines.ts';

/** A KPI in the list of all: its rating, what made it, the year to date and the trend. */
export function kpiRow(line: KpiLine) {
  const { kpi, because, update, yearToDate, trend } = line;
  const rating = ratingOf(line);
  const figures = [
    sayProvisional(because, update?.provisional),
    yearToDate && yearToDate.periods > 1 ? `year to date ${figureOf(line, yearToDate.value)}` : '',
    trend ? trendWords(trend).text : '',
  ];
  return {
    title: kpi.title,
    rating: rating.text,
    figures: figures.filter(Boolean).join(' · '),
  };
}

/** The updates that are overdue, whose they are, and of which period where it isn't the one shown. */
export const lateRows = (
  kpis: readonly KpiLine[],
  today: IsoDate,
  nameOf: (person: string | null) => string,
) =>
  kpis.flatMap((line) =>
    line.late.map((late) => ({
      title: lateTitle(line, late),
      whose: `${nameOf(line.kpi.accountableManager)}, was due ${longDate(late.due)}, ${plural(daysBetween(late.due, today), 'day')} late`,
    })),
  );

/** A project is only as its worst milestone: how late, the milestones say. */
const wordOf = ({ symbol, word }: Wording): string => `${symbol} ${word}`;

/** Every project with its milestones, at most `most` of each. */
export const projectRows = ({ projects, milestones }: PlanReport, most: number) =>
  projects.map(({ project, rating }) => ({
    title: project.title,
    rating: rating ? wordOf(milestoneWords(rating)) : 'no open milestone',
    milestones: milestones
      .filter((line) => line.project.ref === project.ref)
      .slice(0, most)
      .map(milestoneData),
  }));

/** `4 milestones: 1 Red, 1 complete, 2 not started`; empty when there is none. */
export const milestoneSentence = ({ milestones, milestoneCounts }: PlanReport): string =>
  milestones.length === 0
    ? ''
    : `${plural(milestones.length, 'milestone')}: ${milestoneCountsInWords(milestoneCounts)}`;
