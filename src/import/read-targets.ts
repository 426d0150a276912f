import type { RatingSettings } from '../domain/council.ts';
import type { Kpi } from '../domain/kpi.ts';
import { targetNumber } from '../domain/target.ts';
import { checkThresholds } from '../domain/thresholds.ts';
import { fault, figure, targetText, text } from './cells.ts';
import { splitAdvice } from './fault.ts';
import { frequencyOf, readPeriod } from './read-period.ts';
import { define, isWrong, mustLookUp, noRefs, type Refs } from './refs.ts';
import type { Row } from './table.ts';

/**
 * Reads kpi_targets.csv into the KPIs' target profiles.
 *
 * @returns the row of each KPI's period, by `targetRowKey`
 */
export function readTargets(rows: readonly Row[], kpis: Refs<Kpi>, year: string): Map<string, Row> {
  const seen = noRefs('kpi_targets', true);
  const byPeriod = new Map<string, Row>();
  for (const row of rows) {
    const kpi = mustLookUp(kpis, row, 'kpi');
    const period = readPeriod(row, frequencyOf(kpis, kpi), year, false);
    if (kpi && period) define(seen, row, 'period', `${kpi.ref} ${period.key}`, '');
    if (!kpi || isWrong(kpis, kpi.ref, 'unit')) continue;
    const thresholds = {
      target: targetText(row, 'target', kpi.unit),
      floor: figure(row, 'floor', kpi.unit),
    };
    if (!period) continue;
    kpi.targets[period.key] = thresholds;
    byPeriod.set(targetRowKey(kpi.ref, period.key), row);
  }
  return byPeriod;
}

export const targetRowKey = (kpi: string, period: string): string => `${kpi}@${period}`;

/** Checks that each KPI can be rated by what it says: which way is better, and one clear set of bands. */
export function checkRules(
  kpis: readonly Kpi[],
  rows: readonly Row[],
  targetRows: ReadonlyMap<string, Row>,
  rating: RatingSettings,
): void {
  for (const [at, kpi] of kpis.entries()) {
    const row = rows[at]!;
    if (kpi.kind === 'target' && text(row, 'polarity') === '' && isMeasured(kpi)) {
      const remedy = 'Write higher, lower or range: which way is better.';
      fault(row, 'polarity', 'polarity is empty, so the KPI can’t be rated.', remedy);
    }
    // Which way is better, by what method and in what unit decides all else: without them nothing can be said.
    if (['kind', 'unit', 'polarity', 'method'].some((column) => row.spoilt.has(column))) continue;
    for (const { period, column, sentence } of checkThresholds(kpi, rating)) {
      const { problem, remedy } = splitAdvice(sentence);
      const where = period === null ? row : (targetRows.get(targetRowKey(kpi.ref, period)) ?? row);
      fault(where, column, problem, remedy);
    }
  }
}

const isMeasured = (kpi: Kpi) =>
  [kpi.target, ...Object.values(kpi.targets).map(({ target }) => target)].some(
    (target) => targetNumber(target, kpi.unit) !== null,
  );
