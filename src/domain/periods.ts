import { Temporal } from 'temporal-polyfill';
import { type IsoDate, monthName } from './days.ts';
import type { Frequency } from './frequency.ts';

/**
 * One reporting period of a financial year (1 April to 31 March; RULES "Reporting calendar").
 * `key` is how imports, stored documents and commands write it: `2009/10 Q2`, `2009/10 M07`, `2009/10`.
 */
export type Period = {
  key: string;
  year: string;
  frequency: Frequency;
  /** 1 for the first of the year. */
  index: number;
  start: IsoDate;
  end: IsoDate;
};

const letters = { monthly: 'M', quarterly: 'Q', termly: 'T', 'half-yearly': 'H', annual: '' } as const;

/** Months after April at which each period of a frequency starts, and the end of the last. */
const bounds: Record<Frequency, readonly number[]> = {
  monthly: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  quarterly: [0, 3, 6, 9, 12],
  // The school terms that fall in a financial year: summer (with April and August), autumn, spring.
  termly: [0, 5, 9, 12],
  'half-yearly': [0, 6, 12],
  annual: [0, 12],
};

const termNames = ['Summer term', 'Autumn term', 'Spring term'];
const periodNames: Record<Frequency, (index: number) => string> = {
  monthly: (index) => `Month ${index}`,
  quarterly: (index) => `Quarter ${index}`,
  termly: (index) => termNames[index - 1]!,
  'half-yearly': (index) => `Half ${index}`,
  annual: () => 'Year',
};

/** `2009` → `2009/10`. */
export const yearStarting = (start: number): string =>
  `${start}/${String((start + 1) % 100).padStart(2, '0')}`;

/** The calendar year in which a financial year starts: `2009/10` → 2009; null when it isn't one. */
export function startOfYear(year: string): number | null {
  const match = /^(\d{4})\/(\d{2})$/.exec(year);
  const start = Number(match?.[1]);
  return match && yearStarting(start) === year ? start : null;
}

export const previousYear = (year: string): string => yearStarting(startOfYear(year)! - 1);

const remembered = new Map<string, Period[]>();

/** Every period of a year at one frequency, in order. */
export function periodsOf(year: string, frequency: Frequency): Period[] {
  const memo = `${frequency} ${year}`;
  const known = remembered.get(memo);
  if (known) return known;
  const april = Temporal.PlainDate.from({ year: startOfYear(year)!, month: 4, day: 1 });
  const starts = bounds[frequency];
  const periods = starts.slice(1).map((until, at): Period => {
    const index = at + 1;
    const digits = frequency === 'monthly' ? String(index).padStart(2, '0') : String(index);
    const letter = letters[frequency];
    return {
      key: letter ? `${year} ${letter}${digits}` : year,
      year,
      frequency,
      index,
      start: april.add({ months: starts[at]! }).toString(),
      end: april.add({ months: until }).subtract({ days: 1 }).toString(),
    };
  });
  remembered.set(memo, periods);
  return periods;
}

const frequencyByLetter: Record<string, Frequency> = {
  M: 'monthly',
  Q: 'quarterly',
  T: 'termly',
  H: 'half-yearly',
};

/** Longer than any period however it is spaced; what is longer is not tried on a pattern. */
const longestPeriod = 40;

/**
 * Reads `2009/10 Q2`, `2009/10 M07`, `2009/10 T1`, `2009/10 H1` or `2009/10`, in either case and with any
 * spacing; null when it names no period.
 */
export function parsePeriod(text: string): Period | null {
  if (text.length > longestPeriod) return null;
  const match = /^(\d{4}\/\d{2})(?:\s*([MQTH])\s*0?(\d{1,2}))?$/i.exec(text.trim());
  if (!match || startOfYear(match[1]!) === null) return null;
  const [, year, letter, index] = match;
  if (!letter) return periodsOf(year!, 'annual')[0]!;
  return periodsOf(year!, frequencyByLetter[letter.toUpperCase()]!)[Number(index) - 1] ?? null;
}

/** A stored period key as a period. Throws when it isn't one: stored keys were checked when they came in. */
export function periodOf(key: string): Period {
  const period = parsePeriod(key);
  if (!period) throw new Error(`"${key}" is not a reporting period`);
  return period;
}

/** The period before, across the turn of the year. */
export function previousPeriod(period: Period): Period {
  const inYear = periodsOf(period.year, period.frequency)[period.index - 2];
  return inYear ?? periodsOf(previousYear(period.year), period.frequency).at(-1)!;
}

/** The same period one year earlier. */
export const samePeriodLastYear = (period: Period): Period =>
  periodsOf(previousYear(period.year), period.frequency)[period.index - 1]!;

/**
 * Which of a frequency's own periods is reported in `reporting`: the last one that ends within it, or null
 * when none does, so that the KPI isn't due then (RULES "Rating" 1). Quarter 2 reports September for a monthly
 * KPI, half 1 for a half-yearly one, and nothing for an annual one.
 */
export function periodReportedIn(reporting: Period, frequency: Frequency): Period | null {
  if (reporting.frequency === frequency) return reporting;
  return (
    periodsOf(reporting.year, frequency).findLast(
      ({ end }) => end >= reporting.start && end <= reporting.end,
    ) ?? null
  );
}

/** `Quarter 2 2009/10 (July to September)`, `Month 7 2009/10 (October)`. */
export function periodName(period: Period): string {
  const first = monthName(period.start);
  const last = monthName(period.end);
  const months = first === last ? first : `${first} to ${last}`;
  return `${periodNames[period.frequency](period.index)} ${period.year} (${months})`;
}

export type FormalPoint = 'mid-term' | 'end-of-year';

/**
 * Whether a plan is formally monitored when this period ends: at the end of September and of March (RULES "Reporting
 * calendar"; Kent's service plan template, section 5). Every frequency's period that ends then belongs to it.
 */
export function formalPointOf({ end }: Pick<Period, 'end'>): FormalPoint | null {
  if (end.endsWith('-09-30')) return 'mid-term';
  return end.endsWith('-03-31') ? 'end-of-year' : null;
}
