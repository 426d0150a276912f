import { parseDate } from './dates.ts';
import { type IsoDate, longDate } from './days.ts';
import { type ScheduleRule, sameRule } from './schedule.ts';
import { readTimeOfDay, type TimeOfDay } from './time-of-day.ts';
import { plainText, quoted } from './typed-text.ts';

export type ScheduleRead = { ok: true; rules: ScheduleRule[] } | { ok: false; sentence: string };

export const scheduleExamples =
  'Write, for example, “every friday at 9”, “first working day at 10am”, “on 14 October 2009 at 2pm”, “at due and at lock”, or “off”.';

const usualTime = '09:00';
const mostRules = 8;
const longest = 300;

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekday =
  /^(?:weekly )?(?:on )?(?:every |each )?(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?(?: mornings?)?$/;
const due = /^(?:at |on |when |after )?(?:the )?(?:figures are )?due(?: date| day)?$/;
const lock = /^(?:at |on |when |after )?(?:the )?(?:figures )?(?:lock|locks|locked|lock day|lock date)$/;
const month =
  /^(?:monthly )?(?:on |at )?(?:every |each )?(?:the )?(?:first|1st) working day(?: (?:of|in) (?:the|a|each|every) month)?$/;

const clock = String.raw`\d{1,2}(?:[.:]\d{2})?(?: ?(?:am|pm|a\.m\.?|p\.m\.?)| ?o['’]?clock)?|noon|midday|midnight`;
const sure = String.raw`\d{1,2}(?:[.:]\d{2})|\d{1,2}(?:[.:]\d{2})? ?(?:am|pm|a\.m\.?|p\.m\.?)|noon|midday|midnight`;
/** Where a clause says its time: at its end or its start, after “at” or so that it can be nothing else. */
const timed: [RegExp, when: number, time: number][] = [
  [new RegExp(`^(.+?),? (?:at|@) ?(${clock})$`), 1, 2],
  [new RegExp(`^(.+?),? (${sure})$`), 1, 2],
  [new RegExp(`^(?:at )?(${sure}),? (.+)$`), 2, 1],
  [new RegExp(`^at (${clock}),? (.+)$`), 2, 1],
];
/** `mondays 9`: a number alone is a time only where it can't be part of a date. */
const bare = /^(.+?) (\d{1,2})$/;

type Unsettled = { rule: ScheduleRule; saysTime: boolean };
type Clause = { ok: true; clause: Unsettled } | { ok: false; sentence: string | null };

const none: Clause = { ok: false, sentence: null };

function ruleOf(when: string, time: TimeOfDay, today: IsoDate): ScheduleRule | string | null {
  const day = weekday.exec(when)?.[1];
  if (day) return { on: 'weekday', weekday: weekdays.indexOf(day.slice(0, 3)) + 1, time };
  if (due.test(when)) return { on: 'due', time };
  if (lock.test(when)) return { on: 'lock', time };
  if (month.test(when)) return { on: 'month', time };
  const date = dateIn(when.replace(/^on /, '').replace(/^the /, ''), today);
  if (date === null) return null;
  return date.ok ? { on: 'date', date: date.value, time } : date.sentence;
}

/** A date, where it is one or nearly one. Without a year it is the next that there is. */
function dateIn(text: string, today: IsoDate) {
  if (text === 'today') return { ok: true, value: today } as const;
  if (text === 'tomorrow') {
    const next = new Date(Date.parse(today) + 86_400_000).toISOString();
    return { ok: true, value: next.slice(0, 10) } as const;
  }
  const read = parseDate(text);
  if (read.ok) return read;
  const year = Number(today.slice(0, 4));
  const [now, then] = [parseDate(`${text} ${year}`), parseDate(`${text} ${year + 1}`)];
  if (now.ok && now.value >= today) return now;
  if (now.ok && then.ok) return then;
  return /\d/.test(text) && /^[\d\s./-]+$|\d(st|nd|rd|th)?[ -][a-z]{3}/.test(text) ? read : null;
}

function readClause(text: string, today: IsoDate): Clause {
  let fault: string | null = null;
  for (const [pattern, whenAt, timeAt] of timed) {
    const parts = pattern.exec(text);
    if (!parts) continue;
    const rule = ruleOf(parts[whenAt]!, usualTime, today);
    if (rule === null) continue;
    const time = readTimeOfDay(parts[timeAt]!);
    if (!time.ok || typeof rule === 'string') fault ??= time.ok ? (rule as string) : time.sentence;
    else return { ok: true, clause: { rule: { ...rule, time: time.value }, saysTime: true } };
  }
  const alone = bare.exec(text);
  if (alone) {
    const rule = ruleOf(alone[1]!, usualTime, today);
    const time = readTimeOfDay(alone[2]!);
    if (rule !== null && typeof rule !== 'string' && rule.on !== 'date') {
      if (time.ok) return { ok: true, clause: { rule: { ...rule, time: time.value }, saysTime: true } };
      fault ??= time.sentence;
    }
  }
  const rule = fault === null ? ruleOf(text, usualTime, today) : null;
  if (rule !== null && typeof rule !== 'string') return { ok: true, clause: { rule, saysTime: false } };
  return fault === null && rule === null ? none : { ok: false, sentence: fault ?? (rule as string) };
}

/** Reads parts as clauses, each as long as can be: `friday, 16 october 2009` is one. */
function readClauses(parts: readonly string[], today: IsoDate): Unsettled[] | { sentence: string | null } {
  const clauses: Unsettled[] = [];
  for (let at = 0; at < parts.length; ) {
    let sentence: string | null = null;
    let to = parts.length;
    for (; to > at; to--) {
      const read = readClause(parts.slice(at, to).join(' '), today);
      if (read.ok) {
        clauses.push(read.clause);
        break;
      }
      sentence = read.sentence ?? sentence;
    }
    if (to === at) return { sentence };
    at = to;
  }
  return clauses;
}

/**
 * Reads when a digest is to be posted, as people write it: `every friday at 9`, `mondays 8.30`, `first working day at
 * 10am`, `on 14 October 2009 at 2pm`, `at due and at lock`, `off` (no rules). A clause without a time takes that of
 * the next that has one, or else 9am. Nonsense gets a sentence that quotes it, with examples.
 */
export function readSchedule(typed: string, today: IsoDate): ScheduleRead {
  const asks = (sentence: string): ScheduleRead => ({ ok: false, sentence });
  const written = plainText(typed);
  const unread = (why: string | null) =>
    asks(`${why ?? `I can’t read ${quoted(written)} as a time to post.`} ${scheduleExamples}`);
  // Before any pattern is tried on it: some take the square of a text's length.
  if (written.length > longest) return unread(null);
  const text = written
    .toLowerCase()
    .replace(/^post /, '')
    .replace(/[.!]+$/, (end, at: number, whole: string) => (/[ap]\.m$/.test(whole.slice(0, at)) ? end : ''));
  if (/^(off|none|never|stop|no schedule|nothing)$/.test(text)) return { ok: true, rules: [] };
  if (text === '') return asks(`Write when the digest is posted. ${scheduleExamples}`);
  const parts = text.split(/\s*(?:[;,]|\band\b|&|\bplus\b)\s*/).filter((part) => part !== '');
  if (parts.length > 2 * mostRules || parts.length === 0) return unread(null);
  const clauses = readClauses(parts, today);
  if (!Array.isArray(clauses)) return unread(clauses.sentence);
  const rules = withTimes(clauses);
  const past = rules.find((rule) => rule.on === 'date' && rule.date < today);
  if (past?.on === 'date')
    return unread(`${longDate(past.date)} has passed. Write a day from today, ${longDate(today)}.`);
  if (rules.length > mostRules) return unread(`A channel can have at most ${mostRules} times.`);
  return { ok: true, rules };
}

/** Each rule once, with its own time or the next that was said. */
function withTimes(clauses: readonly Unsettled[]): ScheduleRule[] {
  const rules: ScheduleRule[] = [];
  for (const [at, { rule, saysTime }] of clauses.entries()) {
    const said = clauses.slice(at).find((clause) => clause.saysTime)?.rule.time;
    const settled = saysTime ? rule : { ...rule, time: said ?? usualTime };
    if (!rules.some((known) => sameRule(known, settled))) rules.push(settled);
  }
  return rules;
}
