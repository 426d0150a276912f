import { mayEver } from './access.ts';
import { addDays, type IsoDate, longDate } from './days.ts';
import type { FieldFaults } from './form-fields.ts';
import type { Person } from './people.ts';

/** Who gives someone's updates in which days, both included. */
export type Cover = NonNullable<Person['deputy']>;
type Days = Pick<Cover, 'from' | 'to'>;

/** Longer than any leave; a later last day is a slip of the pen. */
const longestCoverDays = 366;

const overlap = (one: Days, other: Days): boolean => one.from <= other.to && other.from <= one.to;

/** A person's cover that is running or to come; null when there is none or it is over. */
export const coverOf = ({ deputy }: Person, today: IsoDate): Cover | null =>
  deputy && deputy.to >= today ? deputy : null;

export const isRunning = ({ from, to }: Days, today: IsoDate): boolean => from <= today && today <= to;

/** Whether someone's role lets them give updates at all, for themselves or for others. */
export const givesUpdates = (person: Person): boolean =>
  mayEver({ person, standsInFor: new Set([person.id]), where: 'private' }, 'give-update');

/** Those whose deputy `person` is in some of these days. */
export const coveredBy = (people: readonly { data: Person }[], { id }: Person, days: Days): Person[] =>
  people.map(({ data }) => data).filter(({ deputy }) => deputy?.person === id && overlap(deputy, days));

/** Those for whom `person` stands in now or later. */
export const coversFor = (people: readonly { data: Person }[], person: Person, today: IsoDate): Person[] =>
  coveredBy(people, person, { from: today, to: addDays(today, 10 * longestCoverDays) });

/** `12 October 2009 to 23 October 2009`. */
export const daysInWords = ({ from, to }: Days): string =>
  from === to ? longDate(from) : `${longDate(from)} to ${longDate(to)}`;

/**
 * What is wrong with someone standing in for `person`, by field: `deputy`, `from` and `to`. Days in the past are
 * refused, but a cover that is running may keep its first day.
 */
export function coverFaults(
  person: Person,
  deputy: Person | null,
  from: IsoDate | null,
  to: IsoDate | null,
  today: IsoDate,
): FieldFaults {
  const faults: FieldFaults = {};
  if (!from) faults.from = 'Give the first day.';
  else if (from < today && from !== coverOf(person, today)?.from) {
    faults.from = `That day is over. Give ${longDate(today)} or a later day.`;
  }
  if (!to) faults.to = 'Give the last day.';
  else if (to < today) faults.to = `That day is over. Give ${longDate(today)} or a later day.`;
  else if (from && to < from)
    faults.to = `The last day is before the first. Give ${longDate(from)} or later.`;
  else if (from && to > addDays(from, longestCoverDays)) {
    faults.to = `That is more than a year. Give ${longDate(addDays(from, longestCoverDays))} or an earlier day.`;
  }
  const days = from && to ? { from, to } : null;
  const fault = deputyFault(person, deputy, days);
  if (fault) faults.deputy = fault;
  return faults;
}

function deputyFault(person: Person, deputy: Person | null, days: Days | null): string | null {
  if (!deputy) return 'Choose who stands in.';
  const { name, deputy: their } = deputy;
  if (deputy.id === person.id) return 'Nobody can stand in for themselves. Choose someone else.';
  if (!givesUpdates(deputy)) return `${name} can’t give updates. Choose a manager or a head of service.`;
  if (days && their && overlap(their, days)) {
    return `${name} is away too, from ${longDate(their.from)} to ${longDate(their.to)}. Choose someone else.`;
  }
  return null;
}
