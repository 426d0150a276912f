import type { Frequency, Kpi } from '../domain/kpi.ts';
import { type Period, parsePeriod, periodName, periodsOf } from '../domain/periods.ts';
import { quoted } from '../domain/typed-text.ts';
import { fault, required } from './cells.ts';
import { isWrong, type Refs } from './refs.ts';
import type { Row } from './table.ts';

const frequencyWords: Record<Frequency, string> = {
  monthly: 'monthly',
  quarterly: 'quarterly',
  termly: 'termly',
  'half-yearly': 'half-yearly',
  annual: 'annual',
};

const looksLikeDate =
  /^([a-z]{3}[-/ ]\d{2,4}|\d{1,2}[-/ ][a-z]{3}.*|\d{4}-\d{2}-\d{2}.*|\d{1,2}\/\d{1,2}\/\d{4}|\d{5})$/i;

/** How often a row's KPI is reported; null when that isn't known, and then a period of any length will do. */
export const frequencyOf = (kpis: Refs<Kpi>, kpi: Kpi | null): Frequency | null =>
  kpi && !isWrong(kpis, kpi.ref, 'frequency') ? kpi.frequency : null;

/**
 * Reads the `period` cell: one of the KPI's own periods, of the year that is loaded or, where `earlier` is
 * allowed, of a year before. `year` is empty when council.json couldn't be read; then any year will do.
 */
export function readPeriod(
  row: Row,
  frequency: Frequency | null,
  year: string,
  earlier: boolean,
): Period | null {
  const cell = required(row, 'period');
  if (cell === '') return null;
  const say = (problem: string, remedy: string) => {
    fault(row, 'period', problem, remedy);
    return null;
  };
  const example = periodsOf(year || '2009/10', frequency ?? 'quarterly').map(({ key }) => key);
  const shown = example.length === 1 ? example[0] : `one of ${example[0]} to ${example.at(-1)}`;
  const period = parsePeriod(cell);
  if (!period) {
    return looksLikeDate.test(cell)
      ? say(
          `${quoted(cell)} is a date: a spreadsheet may have made it from the period.`,
          `Set the column’s format to Text and write ${shown}.`,
        )
      : say(`${quoted(cell)} is not a reporting period.`, `Write ${shown}.`);
  }
  if (frequency && period.frequency !== frequency) {
    const problem = `${quoted(cell)} is a ${frequencyWords[period.frequency]} period and this KPI is ${frequencyWords[frequency]}.`;
    return say(problem.replace('a annual', 'an annual'), `Write ${shown}, or change the KPI’s frequency.`);
  }
  if (year && period.year > year) {
    return say(`${periodName(period)} is after the year that is loaded, ${year}.`, `Write ${shown}.`);
  }
  if (year && period.year !== year && !earlier) {
    return say(
      `${periodName(period)} is not in the year that is loaded, ${year}.`,
      `Write ${shown}, or delete the row.`,
    );
  }
  return period;
}
