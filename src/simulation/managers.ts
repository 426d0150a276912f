import { addDays, type IsoDate } from '../domain/days.ts';
import { type DaysOff, workingDayFrom } from '../domain/days-off.ts';
import type { DueItem } from '../domain/due-items.ts';
import { cycleItems } from '../usecases/cycle-items.ts';
import type { Deps } from '../usecases/deps.ts';
import { type KpiForm, type MilestoneForm, openForm } from '../usecases/open-form.ts';
import { type OpenYear, openSession, type Session } from '../usecases/session.ts';
import { submitKpiUpdate } from '../usecases/submit-kpi-update.ts';
import { submitMilestoneUpdate } from '../usecases/submit-milestone-update.ts';
import { chance } from './seeded.ts';

export const temperaments = ['early', 'late', 'wrong', 'never'] as const;
export type Temperament = (typeof temperaments)[number];

/** How a person answers all year. */
export function temperamentOf(seed: number, person: string): Temperament {
  const draw = chance(seed, 'temperament', person);
  return draw < 0.5 ? 'early' : draw < 0.75 ? 'late' : draw < 0.9 ? 'wrong' : 'never';
}

/** The first day on which a person gives an item; null for never. */
function answersOn(seed: number, person: string, { id, dates }: DueItem): IsoDate | null {
  const draw = chance(seed, 'day', person, id);
  switch (temperamentOf(seed, person)) {
    case 'early':
      return addDays(dates.opens, Math.floor(draw * 18));
    case 'late':
      return addDays(dates.due, 1 + Math.floor(draw * 24));
    case 'wrong':
      return addDays(dates.opens, 3 + Math.floor(draw * 30));
    case 'never':
      return null;
  }
}

/** The day on which someone who answers wrongly finds out and corrects a figure; null for most. */
function correctsOn(seed: number, person: string, item: DueItem, calendar: DaysOff): IsoDate | null {
  const isWrong = item.kind === 'kpi' && temperamentOf(seed, person) === 'wrong';
  if (!isWrong || chance(seed, 'corrects', person, item.id) > 0.4) return null;
  const days = 2 + Math.floor(chance(seed, 'correction', person, item.id) * 20);
  return workingDayFrom(addDays(item.dates.due, days), calendar);
}

export type Answered = { given: number; corrected: number; askedAgain: number };

/**
 * What the managers do on a day: each opens the forms of the items whose day has come and sends them, by the use
 * cases that the bot's own forms run. Those who answer wrongly send something that can't be read first, and now and
 * then correct what they gave.
 */
export async function managersAnswer(deps: Deps, year: OpenYear, seed: number): Promise<Answered> {
  const answered: Answered = { given: 0, corrected: 0, askedAgain: 0 };
  const { today } = year;
  const { calendar } = year.settings;
  const people = await deps.store.list(year.council, 'person');
  const items = (await cycleItems(deps, year)).map(({ item }) => item).filter(({ locked }) => !locked);
  const byManager = Map.groupBy(items, ({ accountableManager }) => accountableManager);
  for (const { data: person } of people) {
    const theirs = byManager.get(person.id) ?? [];
    const ready = theirs.filter((item) => {
      const day = answersOn(seed, person.id, item);
      return item.state !== 'given' && day !== null && day <= today;
    });
    const wrong = theirs.filter(
      (item) => item.state === 'given' && correctsOn(seed, person.id, item, calendar) === today,
    );
    if (ready.length + wrong.length === 0) continue;
    const session = await openSession(deps, year.tenant, person, 'simulation');
    const work = { deps, session, seed, answered };
    for (const item of ready) await give(work, item);
    for (const item of wrong) await correct(work, item);
  }
  return answered;
}

/** One person at work on their items. */
type AtWork = { deps: Deps; session: Session; seed: number; answered: Answered };

async function give({ deps, session, seed, answered }: AtWork, item: DueItem): Promise<void> {
  const opened = await openForm(deps, session, item.id);
  const submit = opened.kind === 'kpi' ? submitKpiUpdate : submitMilestoneUpdate;
  const send = (typed: object) => submit(deps, session, { form: opened.form, ...typed });
  if (temperamentOf(seed, session.actor.person.id) === 'wrong') {
    const refused = await send({ result: 'about right', state: 'fine' });
    if (refused.outcome === 'asked') answered.askedAgain += 1;
  }
  const typed = opened.kind === 'kpi' ? figures(opened, seed, 'figure') : progress(opened);
  const sent = await send(typed);
  if (sent.outcome === 'kept') answered.given += 1;
  else if ((await send(noResult)).outcome === 'kept') answered.given += 1;
}

async function correct({ deps, session, seed, answered }: AtWork, item: DueItem): Promise<void> {
  const opened = await openForm(deps, session, item.id);
  if (opened.kind !== 'kpi') return;
  const typed = { ...figures(opened, seed, 'correction'), reason: 'Two returns had been counted twice.' };
  const sent = await submitKpiUpdate(deps, session, { form: opened.form, ...typed });
  if (sent.outcome === 'kept') answered.corrected += 1;
}

const noResult = { unavailable: 'true', unavailableReason: 'The return has not arrived yet.' };

/** A figure within a quarter of the target, with words that any rating is content with. */
function figures({ item: { kpi, period, session } }: KpiForm, seed: number, which: string) {
  const share = 0.75 + chance(seed, which, kpi.ref, period.key) / 2;
  const target = Number(kpi.targets[period.key]?.target ?? kpi.target ?? 50);
  const result = kpi.unit === 'yes-no' ? 'yes' : String(Math.round(target * share));
  const parts = { numerator: String(Math.round(share * 700)), denominator: '1000' };
  return {
    ...(kpi.yearToDate === 'ratio' ? parts : { result }),
    commentary: 'Two teams were short of people for a month.',
    action: 'A third team starts.',
    actionBy: addDays(session.today, 30),
  };
}

/** On track until its due date, and complete after it. */
const progress = ({ item: { milestone, session } }: MilestoneForm) =>
  milestone.due < session.today
    ? { state: 'complete', completed: session.today, commentary: 'The contractor began late.' }
    : { state: 'on-track' };
