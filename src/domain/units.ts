import type { Unit } from './kpi.ts';

const times = ['days', 'hours', 'minutes', 'seconds'] as const;
export type TimeUnit = (typeof times)[number];

export const isTime = (unit: Unit): unit is TimeUnit => (times as readonly string[]).includes(unit);

/** `rate:1000` → `1000`; null for every other unit. */
export const ratePer = (unit: Unit): string | null => (unit.startsWith('rate:') ? unit.slice(5) : null);

/** Commas between the thousands of a row of digits. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
