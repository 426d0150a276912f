import type { RatingSettings } from './council.ts';
import { Big } from './decimal.ts';
import type { Kpi, RatingRule } from './kpi.ts';
import { ruleAgainst } from './rating.ts';
import { shortfallOf } from './shortfall.ts';
import { type TargetLines, targetFor } from './target.ts';

/**
 * One thing wrong with a set of thresholds. `column` is the import's; `period` is the key of the target
 * profile's row that it stands in, null for the KPI's own row.
 */
export type ThresholdFault = { period: string | null; column: string; sentence: string };

/**
 * Everything that keeps a KPI's thresholds from making one clear set of bands (RULES "A set of thresholds is
 * checked when it is loaded"). Each sentence says what to do. Empty when they are fine.
 */
export function checkThresholds(kpi: Kpi, settings: RatingSettings): ThresholdFault[] {
  if (kpi.kind === 'data-only') return [];
  if (kpi.kind === 'activity') return rangeFaults(kpi);
  const bounds = kpi.polarity === 'range' ? rangeFaults(kpi) : [];
  return [...toleranceFaults(kpi, settings), ...bounds, ...floorFaults(kpi)];
}

/** The same for the council's own settings; the columns are those of `rating` in council.json. */
export function checkRatingSettings({ method, greenWithin, amberWithin }: RatingSettings): ThresholdFault[] {
  const faults = [...negative('greenWithin', greenWithin), ...negative('amberWithin', amberWithin)];
  return faults.length === 0 && isTolerant(method) && new Big(greenWithin).gt(amberWithin)
    ? [fault('amberWithin', overlap(greenWithin, amberWithin))]
    : faults;
}

const fault = (column: string, sentence: string, period: string | null = null): ThresholdFault => ({
  period,
  column,
  sentence,
});

const isTolerant = (method: RatingRule['method']) => method === 'relative' || method === 'absolute';

const overlap = (green: string, amber: string) =>
  `Green reaches to ${green} short of the target and Amber only to ${amber}, so the bands overlap. Make Amber’s tolerance at least ${green}.`;

const negative = (column: string, tolerance: string | null) =>
  tolerance !== null && new Big(tolerance).lt(0)
    ? [fault(column, `A tolerance can’t be negative. Write ${tolerance.slice(1)} instead of ${tolerance}.`)]
    : [];

function toleranceFaults(kpi: Kpi, settings: RatingSettings): ThresholdFault[] {
  const faults = [...negative('green_within', kpi.greenWithin), ...negative('amber_within', kpi.amberWithin)];
  if (faults.length > 0) return faults;
  const rule = ruleAgainst(targetFor(kpi, null), kpi, settings, null);
  if (rule.method === 'floor') return unusedTolerances(kpi, rule, settings);
  // What the council's own settings get wrong is said once, by `checkRatingSettings`.
  const own = kpi.greenWithin !== null || kpi.amberWithin !== null || rule.method !== settings.method;
  if (!own || !isTolerant(rule.method) || new Big(rule.greenWithin).lte(rule.amberWithin)) return [];
  const column = kpi.amberWithin === null ? 'green_within' : 'amber_within';
  return [fault(column, overlap(rule.greenWithin, rule.amberWithin))];
}

/** Under `floor` the target and the floor are the only lines: a tolerance that says otherwise isn't ignored. */
function unusedTolerances(kpi: Kpi, rule: RatingRule, settings: RatingSettings): ThresholdFault[] {
  const faults: ThresholdFault[] = [];
  const { greenWithin, amberWithin } = kpi;
  if (greenWithin !== null && !new Big(greenWithin).eq(0)) {
    faults.push(
      fault(
        'green_within',
        `Under method floor only a met target is Green, so a green tolerance of ${greenWithin} is never used. Leave it empty, or write relative or absolute in method.`,
      ),
    );
  }
  if (amberWithin === null) return faults;
  if (rule.floor === null) {
    faults.push(
      fault(
        'amber_within',
        `Under method floor an amber tolerance of ${amberWithin} is never used. Give a floor, or write relative or absolute in method.`,
      ),
    );
  } else if (!isAtTolerance(rule, amberWithin, settings)) {
    faults.push(
      fault(
        'amber_within',
        `The floor of ${rule.floor} and an amber tolerance of ${amberWithin} draw two different lines between Amber and Red. Leave one of them empty, or write in method which one counts.`,
      ),
    );
  }
  return faults;
}

function isAtTolerance(rule: RatingRule, amberWithin: string, { method }: RatingSettings): boolean {
  const shortfall = shortfallOf(rule.floor!, rule);
  if (!shortfall) return true;
  const { by, against } = shortfall;
  return method === 'absolute' ? by.eq(amberWithin) : by.times(100).eq(against.abs().times(amberWithin));
}

function rangeFaults({ kind, rangeLow, rangeHigh }: Kpi): ThresholdFault[] {
  const what = kind === 'activity' ? 'An activity KPI' : 'A KPI whose polarity is range';
  const missing = (column: string, bound: string) =>
    fault(column, `${what} needs a ${bound} bound. Give the lowest and highest figure that are as expected.`);
  const faults: ThresholdFault[] = [];
  if (rangeLow === null) faults.push(missing('range_low', 'low'));
  if (rangeHigh === null) faults.push(missing('range_high', 'high'));
  if (rangeLow !== null && rangeHigh !== null && new Big(rangeLow).gt(rangeHigh)) {
    faults.push(
      fault('range_low', `The low bound of ${rangeLow} is above the high bound of ${rangeHigh}. Swap them.`),
    );
  }
  return faults;
}

function floorFaults(kpi: Kpi): ThresholdFault[] {
  const periods = [null, ...Object.keys(kpi.targets)];
  return periods.flatMap((period) => {
    const lines = targetFor(kpi, period);
    const sentence = kpi.polarity === 'range' ? floorInRange(kpi, lines) : floorPastTarget(kpi, lines);
    if (!sentence) return [];
    const inherited = period !== null && (kpi.targets[period]?.floor ?? null) === null;
    const remedy = inherited ? `${sentence} Give ${period} a floor of its own.` : sentence;
    return [fault('floor', remedy, period)];
  });
}

function floorPastTarget({ polarity }: Kpi, { target, floor }: TargetLines): string | null {
  if (target === null || floor === null) return null;
  const [side, fitting, other] =
    polarity === 'higher' ? ['above', 'below', 'lower'] : ['below', 'above', 'higher'];
  const wrong = polarity === 'higher' ? new Big(floor).gt(target) : new Big(floor).lt(target);
  return wrong
    ? `The floor of ${floor} is ${side} the target of ${target}, but ${polarity} is better. Put the floor at or ${fitting} the target, or change polarity to ${other}.`
    : null;
}

function floorInRange({ rangeLow, rangeHigh }: Kpi, { floor }: TargetLines): string | null {
  if (floor === null || rangeLow === null || rangeHigh === null) return null;
  return new Big(floor).gt(rangeLow) && new Big(floor).lt(rangeHigh)
    ? `The floor of ${floor} is inside the range ${rangeLow} to ${rangeHigh}, where everything is Green. Put it outside the range, or leave it empty.`
    : null;
}
