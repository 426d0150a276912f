import type { IsoDate } from './days.ts';
import { Big, type DecimalText } from './decimal.ts';
import { formatFigure, parseFigure } from './figures.ts';
import {
  type FieldFaults,
  fieldDate,
  fieldText,
  isTicked,
  limitedText,
  saysSomething,
  type Typed,
} from './form-fields.ts';
import type { Kpi, KpiUpdate, RatingRule, ResultRating, Unit } from './kpi.ts';
import { askIfUnlikely, type FigureRead } from './parse-figure.ts';
import { type Period, periodName } from './periods.ts';
import { rateResult } from './rating.ts';
import { resultOf } from './result.ts';
import { plainText } from './typed-text.ts';
import { ratingWords } from './words.ts';

/** The names of the form's fields, which are also the keys of `faults`. */
export const kpiFormFields = [
  'result',
  'numerator',
  'denominator',
  'provisional',
  'unavailable',
  'unavailableReason',
  'expected',
  'forecast',
  'commentary',
  'action',
  'actionBy',
  'dataAge',
  'reason',
] as const;

/** The most characters that each text may have. */
export const kpiTextLimits = {
  commentary: 2000,
  action: 1000,
  unavailableReason: 500,
  reason: 500,
  dataAge: 100,
} as const;

export type KpiUpdateValues = Pick<
  KpiUpdate,
  | 'result'
  | 'numerator'
  | 'denominator'
  | 'provisional'
  | 'unavailable'
  | 'forecast'
  | 'commentary'
  | 'action'
  | 'actionBy'
  | 'dataAge'
  | 'reason'
>;

export type CheckedKpiUpdate =
  | { ok: true; values: KpiUpdateValues }
  | {
      ok: false;
      faults: FieldFaults;
      /** Amber or Red, when the result that was typed comes out so; else null. */
      ratingSoFar: ResultRating | null;
      /** The result that comes out so, exactly; null when `ratingSoFar` is. */
      resultSoFar: DecimalText | null;
    };

const figureFields = ['result', 'numerator', 'denominator'];
type Figures = Pick<KpiUpdate, 'result' | 'numerator' | 'denominator'>;
const noFigures: Figures = { result: null, numerator: null, denominator: null };

function readInto(faults: FieldFaults, field: string, read: FigureRead): DecimalText | null {
  if (read.ok) return read.value;
  faults[field] = read.sentence;
  return null;
}

/** A numerator or denominator counts things or pounds, whatever its quotient is measured in. */
const partUnit = (text: string): Unit => (text.includes('£') ? 'gbp' : 'number');

/** Whether a typed result is the computed one, to the places that were typed. */
function agrees(typed: string, computed: DecimalText, unit: Unit): boolean {
  if (plainText(typed) === computed) return true;
  const read = parseFigure(typed, unit);
  if (!read.ok) return false;
  const places = read.value.split('.')[1]?.length ?? 0;
  return new Big(computed).round(places, Big.roundHalfUp).eq(read.value);
}

function computedFigures(typed: Typed, { unit, decimals }: Kpi, faults: FieldFaults): Figures {
  const above = fieldText(typed, 'numerator');
  const below = fieldText(typed, 'denominator');
  if (above === '') faults.numerator = 'Type the numerator as well, or clear the denominator.';
  if (below === '') faults.denominator = 'Type the denominator as well, or clear the numerator.';
  if (above === '' || below === '') return noFigures;
  const numerator = readInto(faults, 'numerator', parseFigure(above, partUnit(above)));
  const denominator = readInto(faults, 'denominator', parseFigure(below, partUnit(below)));
  if (numerator === null || denominator === null) return noFigures;
  if (new Big(denominator).lt(0)) {
    faults.denominator = 'The denominator can’t be below zero. Check it and type it again.';
    return noFigures;
  }
  const computed = resultOf(numerator, denominator, unit);
  if (!computed.ok) {
    faults.denominator = computed.sentence;
    return noFigures;
  }
  const { result } = computed;
  const unlikely = askIfUnlikely(result, unit);
  if (unlikely) {
    faults.numerator = `These numbers give ${formatFigure(result, unit, decimals)}. Check whether the numerator and denominator are the right way round.`;
    return noFigures;
  }
  const said = fieldText(typed, 'result');
  if (said !== '' && !agrees(said, result, unit)) {
    faults.result = `The numerator and denominator give ${formatFigure(result, unit, decimals)}, not what is typed here. Clear the one that is wrong.`;
  }
  return { result, numerator, denominator };
}

/** Whether the form asks for numerator and denominator, because the year to date is worked out from them. */
const asksParts = ({ yearToDate }: Kpi) => yearToDate === 'ratio';

/** The field that a sentence about the figure stands by: one that the form shows. */
const figureField = (kpi: Kpi) => (asksParts(kpi) ? 'numerator' : 'result');

function typedFigures(typed: Typed, kpi: Kpi, period: Period, faults: FieldFaults): Figures {
  if (fieldText(typed, 'numerator') !== '' || fieldText(typed, 'denominator') !== '') {
    return computedFigures(typed, kpi, faults);
  }
  const text = fieldText(typed, 'result');
  if (text === '') {
    const wanted = asksParts(kpi) ? 'numerator and denominator' : 'result';
    faults[figureField(kpi)] =
      `Type the ${wanted} for ${periodName(period)}, or say that there is no result yet and why.`;
    return noFigures;
  }
  return { ...noFigures, result: readInto(faults, 'result', parseFigure(text, kpi.unit)) };
}

function unavailable(typed: Typed, today: IsoDate, faults: FieldFaults): KpiUpdate['unavailable'] {
  if (figureFields.some((field) => fieldText(typed, field) !== '')) {
    faults.unavailable = 'You typed a result and said that it is not available. Clear one of them.';
  }
  const reason = limitedText(typed, 'unavailableReason', kpiTextLimits.unavailableReason, faults);
  if (!saysSomething(reason)) faults.unavailableReason = 'Say why the result is not available.';
  const expected = fieldDate(typed, 'expected', faults);
  if (expected !== null && expected <= today) {
    faults.expected = 'This date must be after today. Give the date on which you expect the result.';
  }
  if (expected === null) faults.expected ??= 'Give the date on which you expect the result.';
  return { reason, expected };
}

/** Amber and Red need a cause and a dated action (RULES "Floor standard", issue "The KPI form"). */
function askForCause(
  rated: string,
  values: KpiUpdateValues,
  today: IsoDate,
  isNew: boolean,
  faults: FieldFaults,
) {
  if (!saysSomething(values.commentary)) {
    faults.commentary ??= `This result comes out as ${rated}. Say what caused it.`;
  }
  if (!saysSomething(values.action)) {
    faults.action ??= `This result comes out as ${rated}. Say what is being done about it.`;
  }
  if (values.actionBy === null) faults.actionBy ??= 'Give the date by which the action will be done.';
  else if (isNew && values.actionBy < today) {
    faults.actionBy = 'This date has passed. Give the date by which the action will be done.';
  }
}

/** The box is ticked, or its reason or date is given in place of a figure: those who say why rarely tick as well. */
function saysUnavailable(typed: Typed): boolean {
  const isTyped = (field: string) => fieldText(typed, field) !== '';
  if (isTicked(typed, 'unavailable')) return true;
  return ['unavailableReason', 'expected'].some(isTyped) && !figureFields.some(isTyped);
}

/** Whether a KPI can go below zero, by what its plan says of it. */
const mayBeNegative = ({ target, floor, rangeLow }: RatingRule): boolean =>
  [target, floor, rangeLow].some((line) => line !== null && new Big(line).lt(0));

/**
 * Checks a KPI form, whatever the client sent, and gives the update's values or a sentence by each field that
 * needs another look. What was typed is left as it is, so that the form can show it again.
 *
 * A result that comes out Amber or Red by `rule` is asked about until it has a cause, an action and the
 * action's date; `ratingSoFar` then says what it comes out as.
 *
 * @param asksReason a reason for the change is wanted, because there is an earlier figure or the period is locked
 */
export function checkKpiUpdate(input: {
  typed: Typed;
  kpi: Kpi;
  period: Period;
  rule: RatingRule;
  asksReason: boolean;
  today: IsoDate;
}): CheckedKpiUpdate {
  const { typed, kpi, period, rule, asksReason, today } = input;
  const faults: FieldFaults = {};
  const missing = saysUnavailable(typed);
  const forecast = fieldText(typed, 'forecast');
  const values: KpiUpdateValues = {
    ...(missing ? noFigures : typedFigures(typed, kpi, period, faults)),
    unavailable: missing ? unavailable(typed, today, faults) : null,
    provisional: !missing && isTicked(typed, 'provisional'),
    forecast: forecast === '' ? null : readInto(faults, 'forecast', parseFigure(forecast, kpi.unit)),
    commentary: limitedText(typed, 'commentary', kpiTextLimits.commentary, faults),
    action: limitedText(typed, 'action', kpiTextLimits.action, faults),
    actionBy: fieldDate(typed, 'actionBy', faults),
    dataAge: limitedText(typed, 'dataAge', kpiTextLimits.dataAge, faults) || null,
    reason: limitedText(typed, 'reason', kpiTextLimits.reason, faults) || null,
  };
  if (asksReason && !saysSomething(values.reason ?? ''))
    faults.reason = 'Say why you are giving or changing this figure now.';

  const { result } = values;
  const rating = result === null ? null : rateResult(result, rule);
  const needsCause = rating === 'amber' || rating === 'red';
  if (needsCause) askForCause(ratingWords(rating, rule, result).text, values, today, !asksReason, faults);
  const belowZero = result !== null && new Big(result).lt(0) && !mayBeNegative(rule);
  if (belowZero && !saysSomething(values.commentary)) {
    faults[figureField(kpi)] ??=
      `This figure isn’t usually below zero. If ${formatFigure(result, kpi.unit, kpi.decimals)} is right, say why in the commentary.`;
  }
  if (Object.keys(faults).length === 0) return { ok: true, values };
  return {
    ok: false,
    faults,
    ratingSoFar: needsCause ? rating : null,
    resultSoFar: needsCause ? result : null,
  };
}
