import type { Entry } from '../domain/cycle.ts';
import { addDays, type IsoDate } from '../domain/days.ts';
import { dateAt } from '../domain/local-time.ts';
import type { Answered } from './managers.ts';

/** What happened in one week. Each name stands for one message; one message may do several things. */
export type Week = {
  /** The Monday. */
  from: IsoDate;
  asked: string[];
  reminded: string[];
  chased: string[];
  told: string[];
  /** Messages to people, whatever they said. */
  messages: number;
  given: number;
  corrected: number;
  /** Answers that could not be read, so that the form came back with what was typed. */
  askedAgain: number;
  /** What was posted: `Quarter 1 2009/10 (April to June) to Scrutiny`. */
  posted: string[];
  /** How often a post that was there was brought up to date. */
  edited: number;
};

export type Totals = Record<Exclude<keyof Week, 'from'>, number>;

/** What was sent, as its receiver would put it. */
export type SentMessage =
  | { kind: 'cycle'; person: string; entries: readonly Entry[] }
  | { kind: 'post'; title: string }
  | { kind: 'edit' };

const heard = { opens: 'asked', remind: 'reminded', chase: 'chased', tell: 'told' } as const;

const emptyWeek = (from: IsoDate): Week => ({
  from,
  asked: [],
  reminded: [],
  chased: [],
  told: [],
  messages: 0,
  given: 0,
  corrected: 0,
  askedAgain: 0,
  posted: [],
  edited: 0,
});

// 1 January 1970 was a Thursday.
const mondayOf = (date: IsoDate): IsoDate => addDays(date, -((Date.parse(date) / 86_400_000 + 3) % 7));

/** Counts by week what is sent and what is given. */
export function createRecord(timeZone: string) {
  const weeks = new Map<IsoDate, Week>();
  const weekAt = (instant: string): Week => {
    const from = mondayOf(dateAt(instant, timeZone));
    const week = weeks.get(from) ?? emptyWeek(from);
    weeks.set(from, week);
    return week;
  };
  return {
    weeks: () => [...weeks.values()],
    /** A week is in the record even if nothing happens in it. */
    live: weekAt,
    sent(at: string, message: SentMessage): void {
      const week = weekAt(at);
      if (message.kind === 'post') week.posted.push(message.title);
      else if (message.kind === 'edit') week.edited += 1;
      else {
        week.messages += 1;
        for (const why of new Set(message.entries.map((entry) => entry.why))) {
          if (why in heard) week[heard[why as keyof typeof heard]].push(message.person);
        }
      }
    },
    answered(at: string, { given, corrected, askedAgain }: Answered): void {
      const week = weekAt(at);
      week.given += given;
      week.corrected += corrected;
      week.askedAgain += askedAgain;
    },
  };
}

export type SimulationRecord = ReturnType<typeof createRecord>;

/** The sums over all weeks. */
export function totalsOf(weeks: readonly Week[]): Totals {
  const { from: _from, ...nothing } = emptyWeek('');
  const sum = (key: keyof Totals) =>
    weeks.reduce((all, week) => {
      const here = week[key];
      return all + (typeof here === 'number' ? here : here.length);
    }, 0);
  return Object.fromEntries(
    Object.keys(nothing).map((key) => [key, sum(key as keyof Totals)]),
  ) as unknown as Totals;
}
