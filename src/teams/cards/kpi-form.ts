import { type IsoDate, longDate } from '../../domain/days.ts';
import { formatFigure } from '../../domain/figures.ts';
import type { Kpi, KpiUpdate, RatingRule, ResultRating } from '../../domain/kpi.ts';
import { figureExample } from '../../domain/parse-figure.ts';
import { type Period, periodName, periodOf } from '../../domain/periods.ts';
import { ratePer } from '../../domain/units.ts';
import { polarityWords, ratingWords } from '../../domain/words.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines, isTouched, keptLengths } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { bandOf } from './tone.ts';

export type KpiFormView = Foot & {
  /** The nonce: the only thing that the card carries. */
  form: string;
  planTitle: string;
  kpi: Kpi;
  period: Period;
  due: IsoDate;
  /** The rule that a result given now is rated by: its target, floor and range. */
  rule: RatingRule;
  /** The newest result of an earlier period. */
  last: KpiUpdate | null;
  /** By field, exactly as typed. */
  typed: Readonly<Record<string, string>>;
  /** A sentence by field. */
  faults: Readonly<Record<string, string>>;
  /** Set when the form comes back for commentary, with the rule in words. */
  ratingSoFar: ResultRating | null;
  because: string;
  asksReason: boolean;
};

const why = ['commentary', 'action', 'actionBy'];
const ahead = ['forecast', 'dataAge'];
const missing = ['unavailable', 'unavailableReason', 'expected'];
const fields = ['result', 'numerator', 'denominator', 'provisional', 'reason', ...why, ...ahead, ...missing];

/** A KPI's form for one period. What comes back with faults keeps every value, and opens the parts they are in. */
export const kpiFormCard = (view: KpiFormView): Card =>
  fitting(keptLengths, (length) => kpiForm(view, length));

function kpiForm(view: KpiFormView, length: number): Card {
  const { kpi, planTitle, period, form, typed, faults, asksReason } = view;
  const asks = kpi.yearToDate === 'ratio' ? 'ratio' : kpi.unit === 'yes-no' ? 'yes-no' : 'figure';
  const open = {
    why: view.ratingSoFar !== null || isTouched(why, typed, faults),
    ahead: isTouched(ahead, typed, faults),
    missing: isTouched(missing, typed, faults),
  };
  const parts = [
    { section: 'why', title: 'Add commentary', shown: !open.why },
    { section: 'ahead', title: 'Add a forecast', shown: !open.ahead },
    { section: 'missing', title: 'No result yet?', shown: !open.missing },
  ];
  return renderCard(
    'kpi-form',
    { title: kpi.title, subtitle: `${planTitle} · ${periodName(period)}` },
    view,
    {
      form,
      asks,
      strip: stripOf(view),
      facts: factsOf(view),
      labels: labelsOf(kpi),
      hint: hintOf(kpi),
      typed: {
        ...everyField(fields, typed, length),
        provisional: typed.provisional || 'false',
        unavailable: typed.unavailable || 'false',
      },
      faults: faultLines(fields, faults),
      open,
      folded: parts.filter(({ shown }) => shown),
      asksReason,
      send: asksReason ? 'Send the correction' : 'Send',
    },
  );
}

/** What must be seen first when the form comes back: how the result is rated, or that something is wrong. */
function stripOf({ ratingSoFar, rule, because, faults }: KpiFormView) {
  if (ratingSoFar === null) return { style: 'attention', title: faultCount(faults), because: '', ask: '' };
  const rating = ratingWords(ratingSoFar, rule);
  return {
    style: bandOf(rating),
    title: rating.text,
    because,
    ask: 'Say why, what is being done about it, and by when. Then press Send again.',
  };
}

const figure = ({ unit, decimals }: Kpi, value: string) => formatFigure(value, unit, decimals);

function factsOf({ kpi, rule, last, due }: KpiFormView) {
  const { targetText, target, floor, rangeLow, rangeHigh, polarity } = rule;
  const shownTarget = target === null ? targetText : figure(kpi, target);
  const facts: [string, string | null][] = [
    ['Due', longDate(due)],
    ['Target', rule.kind === 'target' && polarity !== 'range' ? (shownTarget ?? 'none set') : null],
    ['Floor', floor && figure(kpi, floor)],
    ['Range', rangeInWords(kpi, rangeLow, rangeHigh)],
    ['Better', rule.kind === 'target' ? polarityWords[polarity] : null],
    ['Last', last && lastInWords(kpi, last)],
  ];
  return facts.filter(([, value]) => value).map(([title, value]) => ({ title, value }));
}

function rangeInWords(kpi: Kpi, low: string | null, high: string | null): string | null {
  if (low !== null && high !== null) return `${figure(kpi, low)} to ${figure(kpi, high)}`;
  if (low !== null) return `${figure(kpi, low)} or more`;
  return high === null ? null : `${figure(kpi, high)} or less`;
}

function lastInWords(kpi: Kpi, { result, rating, period }: KpiUpdate): string {
  const rated = rating.override
    ? ratingWords(rating.override.rating)
    : ratingWords(rating.computed, rating.rule, result);
  return `${result === null ? 'not available' : figure(kpi, result)}, ${rated.text}, in ${periodName(periodOf(period))}`;
}

const unitWords: Partial<Record<Kpi['unit'], string>> = {
  percent: 'in percent',
  gbp: 'in pounds',
  days: 'in days',
  hours: 'in hours',
  minutes: 'in minutes',
  seconds: 'in seconds',
};

function unitInWords({ unit }: Kpi): string {
  const per = ratePer(unit);
  const words = per ? `per ${Number(per).toLocaleString('en-GB')}` : unitWords[unit];
  return words ? `, ${words}` : '';
}

const labelsOf = (kpi: Kpi) => ({
  result: `Result${unitInWords(kpi)}`,
  numerator: 'How many met the standard (numerator)?',
  denominator: 'Out of how many (denominator)?',
  forecast: `What do you expect for the whole year${unitInWords(kpi)}?`,
});

/** `For example 91.2`: what figureExample says, without the words that the label has. */
const hintOf = ({ unit }: Kpi): string => {
  const example = /for example (.*)$/.exec(figureExample(unit))?.[1];
  return example ? `For example ${example}` : '';
};
