import { assertAllowed } from '../domain/access.ts';
import { datesOf, moveOf } from '../domain/calendar.ts';
import {
  checkMove,
  hasOpened,
  isMovedSo,
  type MovedDates,
  type MoveTyped,
  moveFields,
  whyFixed,
} from '../domain/check-move.ts';
import type { YearSettings } from '../domain/council.ts';
import { Refused } from '../domain/errors.ts';
import { affectedBy } from '../domain/period-moves.ts';
import type { Period } from '../domain/periods.ts';
import type { Change } from '../store/store.ts';
import { plansByRef } from './cycle-items.ts';
import type { Deps } from './deps.ts';
import { digestsToRefresh } from './digests-to-refresh.ts';
import { loadParts } from './plan-reports.ts';
import { choosePeriod, type OpenYear, type Session } from './session.ts';
import { wakeCycle } from './wake-cycle.ts';
import { type Prepared, writeAfresh } from './write-afresh.ts';

/** The form in which an officer moves one period's dates. */
export type MoveForm = {
  year: OpenYear;
  period: Period;
  now: MovedDates;
  /** Once a period has opened, its opening stays. */
  opened: boolean;
  /** How many moves the officer has seen: what the card carries, so that none is written over unseen. */
  seen: number;
  typed: MoveTyped;
  faults: MoveTyped;
  /** Set when someone else moved the period meanwhile: who. */
  movedBy: string | null;
};

export type PeriodMoved = {
  outcome: 'moved';
  year: OpenYear;
  period: Period;
  was: MovedDates;
  now: MovedDates;
  /** How many managers and heads of service have something in the period; those who stand in for them come on top. */
  affected: number;
};
export type MoveAnswer = PeriodMoved | { outcome: 'asked'; form: MoveForm };

/** Throws `Refused` `not-allowed`, and `bad-period` for what is no period or one that is over. */
export async function openMoveForm(deps: Deps, session: Session, named: string): Promise<MoveForm> {
  assertAllowed(session.actor, 'move-period');
  const { session: year, period } = await choosePeriod(deps, session, named || '?');
  const { calendar } = year.settings;
  assertMovable(year, period);
  return formOf(year, period, year.settings, { ...asDates(datesOf(period, calendar)), reason: '' }, {});
}

/**
 * Moves one period's dates: the year's settings, the move for good and the digests that it changes in one batch. The
 * people concerned hear of it from the cycle. The same form sent twice is one move; a move that someone else made
 * meanwhile is shown and never written over unseen.
 *
 * @param data the pressed action's data with the card's inputs, as the client sent them
 * @throws `Refused` as `openMoveForm` does
 */
export async function movePeriod(
  deps: Deps,
  session: Session,
  data: Readonly<Record<string, unknown>>,
): Promise<MoveAnswer> {
  assertAllowed(session.actor, 'move-period');
  const typed = typedIn(data);
  const named = typeof data.period === 'string' ? data.period : '?';
  const { session: year, period } = await choosePeriod(deps, session, named);
  const by = session.actor.person.id;
  const answer = await writeAfresh<MoveAnswer>(deps, () =>
    prepare(deps, year, period, typed, by, Number(data.seen)),
  );
  if (answer.outcome === 'moved') await wakeCycle(deps, session);
  return answer;
}

/**
 * The same with no one at work, for the command line: what isn't given stays. Throws `Refused` `bad-input` with all
 * that is wrong.
 */
export async function movePeriodIn(
  deps: Deps,
  open: OpenYear,
  named: string,
  typed: MoveTyped,
): Promise<PeriodMoved> {
  const { session: year, period } = await choosePeriod(deps, open, named);
  const answer = await writeAfresh<MoveAnswer>(deps, () => prepare(deps, year, period, typed, null, null));
  if (answer.outcome === 'moved') {
    await wakeCycle(deps, open);
    return answer;
  }
  const said = Object.entries(answer.form.faults).map(([field, fault]) => `${field}: ${fault}`);
  throw new Refused('bad-input', said.join('\n'));
}

async function prepare(
  deps: Deps,
  year: OpenYear,
  period: Period,
  typed: MoveTyped,
  by: string | null,
  seen: number | null,
): Promise<Prepared<MoveAnswer>> {
  const stored = await deps.store.read(year.year, 'settings', 'settings');
  if (!stored) throw new Refused('bad-period', 'The plans of that year are not loaded any more.');
  const { data: settings } = stored;
  const { calendar } = settings;
  const before = moveOf(period, calendar);
  const number = before?.number ?? 0;
  const again = isMovedSo(period, typed, calendar) && before!.by === by;
  if (again && (seen === null || seen < number)) {
    const was = await datesBefore(deps, year, period, number, before!.was);
    return unchanged(year, await movedAnswer(deps, year, period, settings, was, asDates(before!)));
  }
  assertMovable({ ...year, settings }, period);
  if (seen !== null && seen !== number) {
    return unchanged(year, { outcome: 'asked', form: formOf(year, period, settings, typed, {}, before?.by) });
  }
  const checked = checkMove(period, typed, calendar, year.today);
  if (!checked.ok) {
    return unchanged(year, { outcome: 'asked', form: formOf(year, period, settings, typed, checked.faults) });
  }
  const { dates: to, reason } = checked;
  const from = asDates(datesOf(period, calendar));
  const said = { number: number + 1, reason, by, at: year.now };
  const moves = { ...calendar.moves, [period.key]: { ...said, ...to, was: before?.was ?? from } };
  const after = { ...settings, calendar: { ...calendar, moves } };
  const history = { ...said, period: period.key, from, to };
  const changes: Change[] = [
    { change: 'replace', kind: 'settings', id: 'settings', version: stored.version, data: after },
    { change: 'create', kind: 'period-move', id: `${period.key}#${said.number}`, data: history },
  ];
  const deliveries = await digestsToRefresh(deps, year);
  const answer = await movedAnswer(deps, year, period, after, from, to);
  const acted = { act: 'period-moved', about: { period: period.key, move: String(said.number) } } as const;
  return { answer, session: year, changes, deliveries, acted };
}

const unchanged = (session: OpenYear, answer: MoveAnswer): Prepared<MoveAnswer> => ({
  answer,
  session,
  changes: [],
});

function assertMovable({ settings, today }: OpenYear, period: Period): void {
  const why = whyFixed(period, settings.calendar, today);
  if (why) throw new Refused('bad-period', why);
}

const asDates = ({ opens, due, locks }: MovedDates): MovedDates => ({ opens, due, locks });

/** What a period's dates were before a move, as the history has it. */
async function datesBefore(
  { store }: Deps,
  { year }: OpenYear,
  { key }: Period,
  number: number,
  planned: MovedDates,
): Promise<MovedDates> {
  return (await store.read(year, 'period-move', `${key}#${number}`))?.data.from ?? planned;
}

function formOf(
  open: OpenYear,
  period: Period,
  settings: YearSettings,
  typed: MoveTyped,
  faults: MoveTyped,
  movedBy?: string | null,
): MoveForm {
  const { calendar } = settings;
  return {
    year: { ...open, settings },
    period,
    now: asDates(datesOf(period, calendar)),
    opened: hasOpened(period, calendar, open.today),
    seen: moveOf(period, calendar)?.number ?? 0,
    typed,
    faults,
    movedBy: movedBy === undefined ? null : movedBy === null ? 'The command line' : open.nameOf(movedBy),
  };
}

async function movedAnswer(
  deps: Deps,
  open: OpenYear,
  period: Period,
  settings: YearSettings,
  was: MovedDates,
  now: MovedDates,
): Promise<PeriodMoved> {
  const items = affectedBy(
    period,
    await loadParts(deps, open),
    await plansByRef(deps, open),
    settings,
    open.today,
  );
  const people = new Set(items.flatMap(({ manager, plan }) => [manager, plan.headOfService]));
  people.delete(null);
  return { outcome: 'moved', year: { ...open, settings }, period, was, now, affected: people.size };
}

function typedIn(data: Readonly<Record<string, unknown>>): MoveTyped {
  const typed: MoveTyped = {};
  for (const field of moveFields) {
    const value = data[field];
    if (typeof value === 'string') typed[field] = value;
  }
  return typed;
}
