import { readFileSync } from 'node:fs';
import { type Method, methods } from '../../src/domain/council.ts';
import { Big } from '../../src/domain/decimal.ts';
import type { Kpi, KpiUpdate } from '../../src/domain/kpi.ts';
import { rateMilestone } from '../../src/domain/milestone-rating.ts';
import type { MilestoneState } from '../../src/domain/project.ts';
import { rateResult } from '../../src/domain/rating.ts';
import { trendBetween } from '../../src/domain/trend.ts';
import { milestoneWords, ratingWords, statusWords, trendWords } from '../../src/domain/words.ts';
import { yearToDate } from '../../src/domain/year-to-date.ts';
import { aKpi, aMilestone, anUpdate, ruleOf, said } from '../domain/examples.ts';
import { tablesIn } from './markdown.ts';

const page = 'docs/rating-rules.md';
const tables = tablesIn(page);
const examples = (...columns: string[]) =>
  tables
    .filter((table) => columns.every((column) => table.columns.includes(column)))
    .flatMap(({ code, rows }) => rows.map((row) => [Object.values(row).join(' | '), row, code] as const));

const kpiOf = ({ Better, Kind, Unit, Low, High, Target, Floor }: Record<string, string>): Partial<Kpi> => ({
  kind: Kind ? (Kind as Kpi['kind']) : 'target',
  unit: Unit ? (Unit as Kpi['unit']) : 'number',
  polarity: Better ? (Better as Kpi['polarity']) : 'higher',
  target: Target || null,
  floor: Floor || null,
  rangeLow: Low || null,
  rangeHigh: High || null,
});

it('the page on rating has an example of each method', () => {
  const shown = examples('Result', 'Rating').map(([, , method]) => method);
  expect(new Set(shown)).toEqual(new Set(methods));
});

it.each(examples('Result', 'Rating'))('is rated as the page says: %s', (_, row, method) => {
  const own: Partial<Kpi> = {
    ...kpiOf(row),
    method: method as Method,
    greenWithin: row['Green within'] || '0',
    amberWithin: row['Amber within'] || '0',
  };
  const rule = ruleOf(own, undefined, row['Last year'] || null);
  expect(ratingWords(rateResult(row.Result!, rule), rule, row.Result!).text).toBe(row.Rating);
});

it.each(examples('Before', 'Now', 'Direction'))('moves as the page says: %s', (_, row) => {
  expect(trendWords(trendBetween(row.Now!, row.Before!, aKpi(kpiOf(row)))).text).toBe(row.Direction);
});

it.each(examples('Results so far', 'Year to date'))('adds up as the page says: %s', (_, row) => {
  const kpi = aKpi({ ...kpiOf(row), yearToDate: row['Year to date is'] as Kpi['yearToDate'] });
  const updates = row['Results so far']!.split('; ').map((figure, at): KpiUpdate => {
    const [numerator, denominator] = figure.split('/');
    const parts = denominator ? { numerator, denominator } : {};
    return anUpdate(kpi, `2009/10 Q${at + 1}`, { result: numerator!, ...parts });
  });
  const places = row['Year to date']!.split('.')[1]?.length ?? 0;
  expect(new Big(yearToDate(kpi, updates)!.value).toFixed(places)).toBe(row['Year to date']);
});

it.each(examples('Due', 'State', 'Rating'))('stands as the page says: %s', (_, row) => {
  const milestone = aMilestone({ due: row.Due!, start: row.Starts! });
  const update = row.State
    ? said({
        state: row.State as MilestoneState,
        forecast: row.Forecast || null,
        completed: row.Completed || null,
      })
    : null;
  const { rating, daysLate } = rateMilestone(milestone, update, '2009-10-14');
  expect(milestoneWords(rating, daysLate).text).toBe(row.Rating);
});

it('every status is explained in its own words', () => {
  const explained = examples('What the plan has', 'Status').map(([, row]) => row.Status);
  expect(explained).toEqual(Object.values(statusWords).map(({ text }) => text));
});

type Published = { councils: Record<string, { rating: Record<string, string> }> };
const { councils } = JSON.parse(readFileSync('data/published/settings.json', 'utf8')) as Published;

it.each(examples('Council', 'Method'))('a published rule is the one that is replayed: %s', (_, row) => {
  const rule = councils[row.Council!.replace(/ \(.*\)$/, '')]!.rating;
  expect(row.Method).toBe(rule.method);
  expect(row['Green within'] || '0').toBe(rule.greenWithin);
  expect(row['Amber within'] || '0').toBe(rule.amberWithin);
});
