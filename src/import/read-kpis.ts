import { methods, type RatingSettings } from '../domain/council.ts';
import {
  frequencies,
  type Kpi,
  kpiKinds,
  plainUnits,
  polarities,
  type Unit,
  yearToDateMethods,
} from '../domain/kpi.ts';
import { figure, oneOf, required, targetText, text, wholeNumber, wordIn, yesNo } from './cells.ts';
import { define, lookUp, mustLookUp, ownRef, type Refs } from './refs.ts';
import type { Row } from './table.ts';

/** Reads kpis.csv; `kpis` gains them. The target profile and the thresholds are read and checked after. */
export function readKpis(
  rows: readonly Row[],
  rating: RatingSettings,
  people: Refs,
  plans: Refs,
  kpis: Refs<Kpi>,
): Kpi[] {
  return rows.map((row) => {
    const unit = readUnit(row);
    const kind = oneOf(row, 'kind', kpiKinds, 'target');
    const method = oneOf(row, 'method', methods, null);
    const tolerance = (method ?? rating.method) === 'absolute' ? unit : 'percent';
    const kpi: Kpi = {
      ref: ownRef(row),
      plan: mustLookUp(plans, row, 'plan') ?? '',
      title: required(row, 'title'),
      kind,
      type: text(row, 'type'),
      unit,
      decimals: wholeNumber(row, 'decimals', 0, 6) ?? decimalsFor(row, unit),
      polarity: oneOf(row, 'polarity', polarities, kind === 'activity' ? 'range' : 'higher'),
      frequency: oneOf(row, 'frequency', frequencies, 'quarterly'),
      yearToDate: oneOf(row, 'year_to_date', yearToDateMethods, 'latest'),
      accountableManager: lookUp(people, row, 'accountable_manager'),
      targetPreviousYear: targetText(row, 'target_previous_year', unit),
      estimatePreviousYear: targetText(row, 'estimate_previous_year', unit),
      target: targetText(row, 'target', unit),
      floor: figure(row, 'floor', unit),
      method,
      greenWithin: figure(row, 'green_within', tolerance),
      amberWithin: figure(row, 'amber_within', tolerance),
      rangeLow: figure(row, 'range_low', unit),
      rangeHigh: figure(row, 'range_high', unit),
      targets: {},
      strategicPriority: text(row, 'strategic_priority'),
      role: oneOf(row, 'role', ['lead', 'support'], null),
      core: yesNo(row, 'core'),
      benchmark: text(row, 'benchmark'),
      benchmarkSource: text(row, 'benchmark_source'),
      quartile: text(row, 'quartile'),
    };
    define(kpis, row, 'ref', kpi.ref, kpi);
    return kpi;
  });
}

/** One of the plain units, or `rate:1000`; a number when the cell is empty. */
function readUnit(row: Row): Unit {
  const cell = text(row, 'unit').toLowerCase();
  if (cell === '') return 'number';
  const rate = /^rate:([1-9]\d{0,8})$/.exec(cell.replace(/[\s,]/g, ''));
  if (rate) return `rate:${Number(rate[1])}`;
  const unit = wordIn(row, 'unit', cell, [...plainUnits, 'rate:1000'] as const);
  return unit ?? 'number';
}

/** How many places to show where the plan doesn't say: as many as it prints, and one for what is a share. */
function decimalsFor(row: Row, unit: Unit): number {
  const printed = ['target', 'floor', 'range_low', 'range_high', 'target_previous_year'].map(
    (column) => /^[^a-z]*\.(\d+)[^a-z.]*$/i.exec(text(row, column))?.[1]?.length ?? 0,
  );
  const usual = unit === 'percent' || unit === 'ratio' || unit.startsWith('rate:') ? 1 : 0;
  return Math.min(6, Math.max(usual, ...printed));
}
