import { type IsoDate, longDate } from './days.ts';
import { Big, type DecimalText } from './decimal.ts';
import { formatFigure } from './figures.ts';
import type { Frequency, Kpi, KpiUpdate, RatingRule, Unit } from './kpi.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';

type Shown = Pick<Kpi, 'unit' | 'decimals'>;

const mostPlaces = 20;

const placesOf = (figure: DecimalText): number => (figure.split('.')[1] ?? '').replace(/0+$/, '').length;

/** A target or a floor is never rounded: it is what the result is compared with. */
export const lineInWords = (figure: DecimalText, { unit, decimals }: Shown): string =>
  formatFigure(figure, unit, Math.max(decimals, placesOf(figure)));

/** Places enough for `figure` to print on the same side of every line as it is: 97.93 against 98 shows its miss. */
function placesToSee(figure: Big, lines: () => readonly (DecimalText | Big)[], decimals: number): number {
  const most = Math.min(mostPlaces, figure.c.length - figure.e - 1);
  if (decimals >= most) return decimals;
  const seen = lines().map((at) => new Big(at));
  const hides = (places: number) => {
    const printed = figure.round(places, Big.roundHalfUp);
    return seen.some((at) => printed.cmp(at) !== figure.cmp(at));
  };
  let places = decimals;
  while (places < most && hides(places)) places += 1;
  return places;
}

/**
 * A rating's rule in words, so that a member can work it out again by hand: `91.2% against a target of 95%;
 * floor 90%`, `61.54 against a target of 70: 12.1% short; Amber within 10%`. Targets are shown in full, the
 * result with as many places as it takes to see on which side of them it is.
 */
export function explainResult(result: DecimalText, rule: RatingRule, kpi: Shown): string {
  const figure = resultInWords(result, rule, kpi);
  if (rule.kind === 'data-only') return `${figure}; shown for information and not rated`;
  const aim = aimInWords(rule, kpi);
  if (aim === null) return `${figure}; ${whyNotRated(rule)}`;
  const floor =
    rule.method === 'floor' && rule.floor !== null ? `; floor ${lineInWords(rule.floor, kpi)}` : '';
  const shortfall = shortfallOf(result, rule);
  const miss = shortfall && rule.kind === 'target' ? missInWords(result, shortfall, rule, kpi) : '';
  return `${figure} against ${aim}${miss}${floor}`;
}

/** A result with as many places as it takes to see on which side of its target and floor it is. */
export const resultInWords = (result: DecimalText, rule: RatingRule, { unit, decimals }: Shown): string =>
  formatFigure(
    result,
    unit,
    placesToSee(new Big(result), () => linesOf(rule), decimals),
  );

/** Every figure at which the rating changes. */
function linesOf(rule: RatingRule): (DecimalText | Big)[] {
  const { polarity, target, floor, rangeLow, rangeHigh, lastYear, kind } = rule;
  const isRange = polarity === 'range' || kind === 'activity';
  const aims = (isRange ? [rangeLow, rangeHigh] : [target]).filter((at) => at !== null);
  const edges = aims.flatMap((at, index) => edgesOf(at, polarity === 'lower' || index === 1, rule));
  return [...aims, floor, lastYear, ...edges].filter((at) => at !== null);
}

/** Where the bands of tolerance beyond one target or bound end. */
function edgesOf(at: DecimalText, upwards: boolean, rule: RatingRule): Big[] {
  const aim = new Big(at);
  return tolerancesOf(rule).map((tolerance) => {
    const size = rule.method === 'absolute' ? new Big(tolerance) : aim.abs().times(tolerance).times('0.01');
    return upwards ? aim.plus(size) : aim.minus(size);
  });
}

/** What the result is measured against; null when there is nothing to rate it by. */
function aimInWords({ kind, polarity, target, rangeLow, rangeHigh }: RatingRule, kpi: Shown): string | null {
  if (kind === 'activity' || polarity === 'range') {
    if (rangeLow === null || rangeHigh === null) return null;
    const range = kind === 'activity' ? 'an expected range' : 'a range';
    return `${range} of ${lineInWords(rangeLow, kpi)} to ${lineInWords(rangeHigh, kpi)}`;
  }
  return target === null ? null : `a target of ${lineInWords(target, kpi)}`;
}

function whyNotRated({ kind, polarity, targetText }: RatingRule): string {
  if (kind === 'activity' || polarity === 'range') return 'not rated, because no range is set';
  return targetText === null
    ? 'not rated, because no target is set'
    : `not rated, because the target “${targetText}” is not a number`;
}

function missInWords(result: DecimalText, shortfall: Shortfall, rule: RatingRule, kpi: Shown): string {
  if (shortfall.by.lte(0) || rule.method === 'floor') return '';
  if (rule.method === 'absolute') return absoluteMiss(result, shortfall, rule, kpi);
  const lastYear = rule.method === 'relative-or-improving' ? `; ${lastYearInWords(rule, kpi)}` : '';
  if (shortfall.against.eq(0)) return `: any miss of 0 is outside every percentage${lastYear}`;
  const share = shortfall.by.times(100).div(shortfall.against.abs());
  const size = formatFigure(
    share.toFixed(mostPlaces),
    'percent',
    placesToSee(share, () => tolerancesOf(rule), 1),
  );
  return `: ${size} ${side(result, shortfall, rule)}${bands(rule, (tolerance) => `${plain(tolerance)}%`)}${lastYear}`;
}

function absoluteMiss(result: DecimalText, shortfall: Shortfall, rule: RatingRule, kpi: Shown): string {
  const { unit, decimals } = kpi;
  const places = placesToSee(shortfall.by, () => tolerancesOf(rule), decimals);
  const size = amount(shortfall.by.toFixed(), unit, places);
  const within = bands(rule, (tolerance) => amount(tolerance, unit, Math.max(decimals, placesOf(tolerance))));
  return `: ${size} ${side(result, shortfall, rule)}${within}`;
}

/** A distance in the KPI's own unit; between percentages that is percentage points. */
function amount(size: DecimalText, unit: Unit, places: number): string {
  if (unit !== 'percent') return formatFigure(size, unit, places);
  const points = formatFigure(size, 'number', places);
  return `${points} percentage ${points === '1' ? 'point' : 'points'}`;
}

const plain = (tolerance: DecimalText) => new Big(tolerance).toFixed();

/** Green's, then Amber's where there is a band for it. */
const tolerancesOf = ({ greenWithin, amberWithin, method }: RatingRule): DecimalText[] =>
  method === 'relative-or-improving' || new Big(amberWithin).lte(greenWithin)
    ? [greenWithin]
    : [greenWithin, amberWithin];

function bands(rule: RatingRule, say: (tolerance: DecimalText) => string): string {
  const named = tolerancesOf(rule).map((tolerance, at) => ({
    tolerance,
    word: at === 0 ? 'Green' : 'Amber',
  }));
  const said = named.filter(({ tolerance }) => new Big(tolerance).gt(0));
  const words = said.map(({ tolerance, word }) => `${word} within ${say(tolerance)}`);
  return words.length > 0 ? `; ${words.join(', ')}` : '';
}

function side(result: DecimalText, { against }: Shortfall, { polarity }: RatingRule): string {
  if (polarity !== 'range') return polarity === 'lower' ? 'over' : 'short';
  return new Big(result).lt(against) ? 'below it' : 'above it';
}

const lastYearInWords = ({ lastYear }: RatingRule, kpi: Shown): string =>
  lastYear === null
    ? 'no result for the same period last year'
    : `${lineInWords(lastYear, kpi)} in the same period last year`;

/** Why there is no figure, in the manager's words where there are any. */
export function explainUnavailable({ reason, expected }: NonNullable<KpiUpdate['unavailable']>): string {
  return `Not available${reason && `: ${reason}`}${expected ? `; expected by ${spoken(expected)}` : ''}`;
}

/** A figure that may still change says so before it is read: `Provisional: 176 against a target of 170`. */
export const sayProvisional = (because: string, isProvisional = false): string =>
  isProvisional ? `Provisional: ${because}` : because;

const howOften: Record<Frequency, string> = {
  monthly: 'every month',
  quarterly: 'every quarter',
  termly: 'every term',
  'half-yearly': 'every half year',
  annual: 'once a year',
};

export const explainNotDue = (frequency: Frequency): string =>
  `Not due in this period: reported ${howOften[frequency]}`;

export const explainMissing = (due: IsoDate, overdue: boolean): string =>
  overdue ? `Was due by ${spoken(due)}` : `Due by ${spoken(due)}`;

const remembered = new Map<IsoDate, string>();

/** `longDate`, kept: a report names the same few due dates over and over, and formatting one costs most of it. */
function spoken(date: IsoDate): string {
  const words = remembered.get(date) ?? longDate(date);
  remembered.set(date, words);
  return words;
}
