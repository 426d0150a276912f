import { Temporal } from 'temporal-polyfill';
import type { IsoDate } from '../domain/days.ts';

/** The instant at an hour of a day in a time zone, as ISO text. */
export const instantOn = (date: IsoDate, hour: number, timeZone: string): string =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour }) })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });
