import { type IsoDate, longDate } from '../domain/days.ts';
import { Big, type DecimalText } from '../domain/decimal.ts';
import type { Kpi } from '../domain/kpi.ts';
import { askIfUnlikely } from '../domain/parse-figure.ts';
import { resultOf } from '../domain/result.ts';
import type { GivenKpiUpdate } from '../usecases/import-council/council-data.ts';
import { fault, figure, instant, text, yesNo } from './cells.ts';
import { splitAdvice } from './fault.ts';
import { frequencyOf, readPeriod } from './read-period.ts';
import { isWrong, lookUp, mustLookUp, type Refs } from './refs.ts';
import { earlierSaid, oldestFirst, type Said, sayAgain } from './said-again.ts';
import type { Row } from './table.ts';

/** When and where the folder is read: `now` is an instant, `today` the council's date. */
export type Moment = { now: string; today: IsoDate; timeZone: string };

/**
 * Reads kpi_updates.csv. A row that names a KPI and a period and nothing else is one that nobody has filled in
 * yet, and is left out. A figure that was corrected has a row for each time it was given, told apart by
 * `submitted_at`; they come oldest first.
 */
export function readKpiUpdates(
  rows: readonly Row[],
  kpis: Refs<Kpi>,
  people: Refs,
  year: string,
  moment: Moment,
): GivenKpiUpdate[] {
  const seen: Said = earlierSaid();
  const updates: GivenKpiUpdate[] = [];
  for (const row of rows) {
    const kpi = mustLookUp(kpis, row, 'kpi');
    const period = readPeriod(row, frequencyOf(kpis, kpi), year, true);
    const submittedAt = instant(row, 'submitted_at', moment.timeZone, moment.now);
    if (kpi && period) sayAgain(seen, row, 'period', `${kpi.ref} ${period.key}`, submittedAt);
    if (!isFilledIn(row)) continue;
    const said = {
      provisional: yesNo(row, 'provisional') ?? false,
      commentary: text(row, 'commentary'),
      action: text(row, 'action'),
      submittedBy: lookUp(people, row, 'submitted_by'),
      submittedAt,
    };
    // The figures are read where the KPI's unit is known, whatever is wrong with the period: every fault is told
    // at once, and none that follows from another.
    const figures = kpi &&
      !isWrong(kpis, kpi.ref, 'unit') && {
        ...readResult(row, kpi),
        forecast: figure(row, 'forecast', kpi.unit),
      };
    if (!kpi || !period || !figures) continue;
    if (period.start > moment.today) {
      const problem = `The period begins on ${longDate(period.start)}, which is still to come.`;
      fault(row, 'period', problem, 'Correct the period, or delete the row.');
    }
    updates.push({
      kpi: kpi.ref,
      plan: kpi.plan,
      period: period.key,
      ...figures,
      ...said,
    });
  }
  return oldestFirst(updates, ({ kpi, period }) => `${kpi} ${period}`);
}

const told = ['result', 'numerator', 'denominator', 'unavailable_reason', 'forecast', 'commentary', 'action'];
const isFilledIn = (row: Row) => told.some((column) => (row.cells[column] ?? '') !== '');

type Result = Pick<GivenKpiUpdate, 'result' | 'numerator' | 'denominator' | 'unavailable'>;

/** The result of a row: given, computed from numerator and denominator, or said to be unavailable. */
function readResult(row: Row, kpi: Kpi): Result {
  const has = (column: string) => (row.cells[column] ?? '') !== '';
  const reason = text(row, 'unavailable_reason');
  const given = figure(row, 'result', kpi.unit);
  const numerator = figure(row, 'numerator', 'number');
  const denominator = figure(row, 'denominator', 'number');
  if (has('unavailable_reason')) {
    const also = ['result', 'numerator', 'denominator'].find(has);
    if (also) {
      const remedy = `Empty either ${also} or unavailable_reason.`;
      fault(row, 'unavailable_reason', 'The row has a figure and a reason why there is none.', remedy);
    }
    return { result: null, numerator: null, denominator: null, unavailable: { reason, expected: null } };
  }
  if (has('numerator') || has('denominator')) {
    const result = computed(row, kpi, numerator, denominator);
    if (result !== null && given !== null) mustAgree(row, given, result);
    return { result: result ?? given, numerator, denominator, unavailable: null };
  }
  if (!has('result')) {
    const remedy = 'Give the result, or say in unavailable_reason why there is none.';
    fault(row, 'result', 'The row has no result.', remedy);
  }
  return { result: given, numerator: null, denominator: null, unavailable: null };
}

function computed(
  row: Row,
  kpi: Kpi,
  numerator: DecimalText | null,
  denominator: DecimalText | null,
): DecimalText | null {
  const has = (column: string) => (row.cells[column] ?? '') !== '';
  if (kpi.unit === 'yes-no') {
    fault(
      row,
      'numerator',
      'A yes/no KPI has no numerator or denominator.',
      'Write yes or no in result and empty these two.',
    );
    return null;
  }
  if (!has('denominator'))
    fault(row, 'denominator', 'There is a numerator and no denominator.', 'Fill in both, or neither.');
  if (!has('numerator'))
    fault(row, 'numerator', 'There is a denominator and no numerator.', 'Fill in both, or neither.');
  if (numerator === null || denominator === null) return null;
  const result = resultOf(numerator, denominator, kpi.unit);
  const doubt = result.ok ? askIfUnlikely(result.result, kpi.unit) : result.sentence;
  if (result.ok && doubt === null) return result.result;
  const { problem, remedy } = splitAdvice(doubt ?? '');
  fault(row, 'denominator', problem, remedy);
  return null;
}

/** What is printed beside a numerator and denominator must be their quotient, rounded to the places printed. */
function mustAgree(row: Row, given: DecimalText, computed: DecimalText): void {
  const places = given.split('.')[1]?.length ?? 0;
  const most = new Big(10).pow(-places).div(2);
  if (new Big(given).minus(computed).abs().lte(most)) return;
  const shown = new Big(computed).round(Math.max(places, 2)).toFixed();
  const problem = `The result ${given} is not what the numerator and denominator give, which is ${shown}.`;
  fault(row, 'result', problem, 'Correct the wrong one, or leave result empty to have it worked out.');
}
