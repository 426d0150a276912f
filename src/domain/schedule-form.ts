import { isIsoDate } from './days.ts';
import { readSchedule, type ScheduleRead } from './read-schedule.ts';
import type { ScheduleRule } from './schedule.ts';
import { rulesAsTyped } from './schedule-words.ts';
import { readTimeOfDay } from './time-of-day.ts';
import { plainText } from './typed-text.ts';

/** What the schedule's form sends, by field. `when` is every choice that was taken, with commas between. */
export type ScheduleTyped = Partial<Record<'when' | 'weekday' | 'date' | 'time' | 'words', string>>;

const usualTime = '09:00';
const kinds: readonly ScheduleRule['on'][] = ['due', 'lock', 'weekday', 'month', 'date'];
const asks = (sentence: string): ScheduleRead => ({ ok: false, sentence });

/** Reads the schedule's form. Words, where there are any, count in place of everything else. */
export function readScheduleForm(typed: ScheduleTyped, today: string): ScheduleRead {
  const { when = '', weekday = '', date = '', words = '' } = typed;
  if (plainText(words) !== '') return readSchedule(words, today);
  const chosen = kinds.filter((kind) => when.split(',').includes(kind));
  if (chosen.length === 0) return asks('Choose when the digest is posted, or write it in your own words.');
  const time = readTimeOfDay(plainText(typed.time ?? '').toLowerCase() || usualTime);
  if (!time.ok) return time;
  const day = Number(weekday);
  if (chosen.includes('weekday') && !(Number.isInteger(day) && day >= 1 && day <= 7)) {
    return asks('Choose on which day of the week it is posted.');
  }
  if (chosen.includes('date') && !isIsoDate(date)) return asks('Choose the day on which it is posted once.');
  if (chosen.includes('date') && date < today) return asks('The day that you chose has passed.');
  const rules = chosen.map((on): ScheduleRule => {
    if (on === 'weekday') return { on, weekday: day, time: time.value };
    return on === 'date' ? { on, date, time: time.value } : { on, time: time.value };
  });
  return { ok: true, rules };
}

/** The rules as the form shows them; in words where its fields have no room for them. */
export function typedFor(rules: readonly ScheduleRule[]): ScheduleTyped {
  const times = new Set(rules.map(({ time }) => time));
  const each = new Set(rules.map(({ on }) => on));
  const isWeekend = rules.some((rule) => rule.on === 'weekday' && rule.weekday > 5);
  if (times.size > 1 || each.size < rules.length || isWeekend) return { words: rulesAsTyped(rules) };
  const typed: ScheduleTyped = { when: [...each].join(','), time: [...times][0] ?? usualTime };
  for (const rule of rules) {
    if (rule.on === 'weekday') typed.weekday = String(rule.weekday);
    if (rule.on === 'date') typed.date = rule.date;
  }
  return typed;
}
