import { z } from 'zod';
import { bankHolidayNations, methods, trendComparisons, type YearSettings } from '../domain/council.ts';
import { isIsoDate } from '../domain/days.ts';
import { Big } from '../domain/decimal.ts';
import type { Frequency } from '../domain/frequency.ts';
import { startOfYear } from '../domain/periods.ts';
import { checkRatingSettings } from '../domain/thresholds.ts';
import { type Fault, splitAdvice } from './fault.ts';
import { didYouMean } from './nearest.ts';

const text = z.string().trim().min(1, 'is empty');
const days = z
  .number()
  .int('is not a whole number')
  .min(0, 'can’t be negative')
  .max(400, 'is more than a year');

const hour = z
  .number()
  .int('is not a whole hour')
  .min(0, 'is not an hour of the day')
  .max(24, 'is not an hour of the day');

const delays = { opensAfterDays: days, dueAfterDays: days, lockAfterDays: days };
const ownDelays = z.strictObject(delays).partial().optional();

/** A number or its text, kept exactly as it was written. */
const tolerance = z
  .union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^-?\d{1,15}(\.\d{1,15})?$/, 'is not a number: write one such as 10'),
    ],
    'is not a number: write one such as 10',
  )
  .transform((value) => new Big(value).toFixed());

const timeZone = text.refine((zone) => {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone: write one such as Europe/London');

const named = { ref: text, name: text };

const councilJson = z.strictObject({
  name: text,
  // Teams writes a tenant's id in lower case, and it is compared as it is.
  tenantId: text
    .regex(
      /^[\w.-]+$/,
      'is not a tenant id: copy it from Microsoft Entra, for example 6b1f0d5e-2009-4010-8a38-000000000001',
    )
    .toLowerCase(),
  timeZone: timeZone.default('Europe/London'),
  year: text.refine((year) => startOfYear(year) !== null, 'is not a financial year: write it as 2009/10'),
  rating: z
    .strictObject({
      method: z.enum(methods).default('relative'),
      greenWithin: tolerance.default('0'),
      amberWithin: tolerance.default('10'),
    })
    .prefault({}),
  trend: z.enum(trendComparisons).default('previous-period'),
  calendar: z
    .strictObject({
      opensAfterDays: days.default(1),
      dueAfterDays: days.default(21),
      lockAfterDays: days.default(42),
      frequencies: z
        .strictObject({
          monthly: ownDelays,
          quarterly: ownDelays,
          termly: ownDelays,
          'half-yearly': ownDelays,
          annual: ownDelays,
        } satisfies Record<Frequency, typeof ownDelays>)
        .optional(),
      remindBeforeDays: z.array(days).default([7, 2]),
      chaseEveryDays: days.min(1, 'is less than 1').default(7),
      tellHeadAfterDays: days.default(7),
      bankHolidays: z.enum(bankHolidayNations).default('england'),
      daysOff: z
        .array(text.refine(isIsoDate, 'is not a date: write it as 2009-12-29'))
        .max(366, 'are more than a year')
        .default([]),
      writeFromHour: hour.default(9),
      writeUntilHour: hour.default(17),
    })
    .prefault({}),
  retention: z
    .strictObject({
      years: z.number().int().min(1, 'is less than 1').nullable().optional(),
      deliveriesDays: days.min(31, 'is less than 31').optional(),
      cycleMessagesDays: days.min(31, 'is less than 31').optional(),
    })
    .optional(),
  directorates: z.array(z.strictObject(named)).default([]),
  portfolios: z.array(z.strictObject({ ...named, directorates: z.array(text).default([]) })).default([]),
  statements: z.array(z.strictObject({ section: text, text })).default([]),
  notice: text.nullable().default(null),
  playgroundDate: text.refine(isIsoDate, 'is not a date: write it as 2009-10-14').nullable().default(null),
});

type Place = readonly PropertyKey[];
const placeOf = (path: Place) => path.map(String).join('.') || null;

/**
 * Reads `council.json`. Settings that are left out get the product's defaults. Null with faults when anything
 * is wrong; a fault's column is the place in the file, such as `rating.greenWithin`.
 */
export function readCouncilJson(
  file: string,
  bytes: Uint8Array,
): { settings: YearSettings | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const say = (column: string | null, problem: string, remedy: string, row: number | null = null) =>
    faults.push({ file, row, column, problem, remedy });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const broken = error instanceof SyntaxError;
    const line = broken ? Number(/line (\d+)/.exec(error.message)?.[1] ?? 0) : 0;
    const problem = broken
      ? `This file is not valid JSON: ${error.message}.`
      : 'This file is not saved in UTF-8.';
    const remedy = broken
      ? 'Look for a missing comma, quotation mark or bracket there.'
      : 'Save it again in UTF-8.';
    say(null, problem, remedy, line || null);
    return { settings: null, faults };
  }
  const read = councilJson.safeParse(json);
  if (!read.success) {
    for (const issue of read.error.issues) sayIssue(issue, json, say);
    checkMeaning(soundParts(json), say);
    return { settings: null, faults };
  }
  checkMeaning(read.data, say);
  return { settings: faults.length === 0 ? read.data : null, faults };
}

type Say = (column: string | null, problem: string, remedy: string) => void;

function sayIssue(issue: z.core.$ZodIssue, json: unknown, say: Say): void {
  const place = placeOf(issue.path);
  const given = issue.path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown>)?.[step],
    json,
  );
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeAt(issue.path) ?? {});
    for (const name of issue.keys) {
      const remedy = `${didYouMean(name, known)} Rename it or delete it.`.trim();
      say(placeOf([...issue.path, name]), `“${name}” is not a setting that is known.`, remedy);
    }
  } else if (given === undefined) {
    say(place, `${place} is missing.`, 'Add it to the file.');
  } else if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    const remedy = `${didYouMean(String(given), words)} Use one of: ${words.join(', ')}.`.trim();
    say(place, `“${String(given)}” can’t stand here.`, remedy);
  } else if (issue.code === 'invalid_type') {
    say(
      place,
      `${place ?? 'The file'} should be ${nameOfType(issue.expected)}.`,
      'Compare it with the example in the documentation.',
    );
  } else {
    const [what, remedy = 'Correct it'] = issue.message.split(': ');
    say(place, `${place} ${what}.`, `${remedy[0]!.toUpperCase()}${remedy.slice(1)}.`);
  }
}

const nameOfType = (type: string) =>
  ({
    string: 'text in quotation marks',
    array: 'a list in square brackets',
    object: 'an object in curly brackets',
    int: 'a whole number',
  })[type] ?? `a ${type}`;

function shapeAt(path: Place): Record<string, unknown> | null {
  const top = path[0];
  if (top === undefined) return councilJson.shape;
  if (top === 'calendar' && path[1] === 'frequencies') {
    return path.length > 2 ? delays : councilJson.shape.calendar.unwrap().shape.frequencies.unwrap().shape;
  }
  if (top === 'rating' || top === 'calendar') return councilJson.shape[top].unwrap().shape;
  if (top === 'retention') return councilJson.shape.retention.unwrap().shape;
  if (top === 'portfolios') return { ...named, directorates: null };
  return top === 'statements' ? { section: null, text: null } : named;
}

type Parts = Partial<Pick<YearSettings, 'rating' | 'calendar' | 'directorates' | 'portfolios'>>;

/** The parts that can be read although others can't, so that what is wrong in them is told at once. */
function soundParts(json: unknown): Parts {
  if (typeof json !== 'object' || json === null) return {};
  const part = <K extends keyof Parts>(name: K): Parts => {
    const read = councilJson.shape[name].safeParse((json as Record<string, unknown>)[name]);
    return read.success ? { [name]: read.data } : {};
  };
  return { ...part('rating'), ...part('calendar'), ...part('directorates'), ...part('portfolios') };
}

function checkMeaning({ rating, calendar, directorates, portfolios }: Parts, say: Say): void {
  for (const { column, sentence } of rating ? checkRatingSettings(rating) : []) {
    const { problem, remedy } = splitAdvice(sentence);
    say(`rating.${column}`, problem, remedy);
  }
  if (calendar) checkCalendar(calendar, say);
  checkRefs('directorates', directorates ?? [], say);
  checkRefs('portfolios', portfolios ?? [], say);
  if (directorates && portfolios) checkPortfolios(directorates, portfolios, say);
}

function checkCalendar(calendar: YearSettings['calendar'], say: Say): void {
  checkDelays('calendar', calendar, say);
  for (const [frequency, own] of Object.entries(calendar.frequencies ?? {})) {
    if (own) checkDelays(`calendar.frequencies.${frequency}`, { ...calendar, ...own }, say);
  }
  if (calendar.writeUntilHour <= calendar.writeFromHour)
    say(
      'calendar.writeUntilHour',
      'No hour would be left to write to people.',
      `Write ${calendar.writeFromHour + 1} or more.`,
    );
}

type Delays = Pick<YearSettings['calendar'], keyof typeof delays>;

function checkDelays(place: string, delays: Delays, say: Say): void {
  const { opensAfterDays: opens, dueAfterDays: due, lockAfterDays: locks } = delays;
  if (due < opens)
    say(`${place}.dueAfterDays`, 'Updates would be due before they open.', `Write ${opens} or more.`);
  if (locks < due)
    say(`${place}.lockAfterDays`, 'A period would lock before it is due.', `Write ${due} or more.`);
}

/** Each directorate of a portfolio is one that there is; its ref is written as there. */
function checkPortfolios(
  directorates: YearSettings['directorates'],
  portfolios: YearSettings['portfolios'],
  say: Say,
): void {
  const known = new Map(directorates.map(({ ref }) => [ref.toLowerCase(), ref]));
  for (const [at, portfolio] of portfolios.entries()) {
    for (const [nth, ref] of portfolio.directorates.entries()) {
      const canonical = known.get(ref.toLowerCase());
      if (canonical) portfolio.directorates[nth] = canonical;
      else {
        const remedy = `${didYouMean(ref, known.values())} Correct it, or add it to directorates.`.trim();
        say(`portfolios.${at}.directorates`, `“${ref}” is not one of the directorates.`, remedy);
      }
    }
  }
}

function checkRefs(list: string, items: readonly { ref: string }[], say: Say): void {
  const seen = new Set<string>();
  for (const [at, { ref }] of items.entries()) {
    if (seen.has(ref.toLowerCase()))
      say(`${list}.${at}.ref`, `“${ref}” is there twice.`, 'Give each its own ref.');
    seen.add(ref.toLowerCase());
  }
}
