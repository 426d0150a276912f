import { daysInWords, isRunning } from '../../domain/cover.ts';
import { addDays, type IsoDate, longDate } from '../../domain/days.ts';
import { snoozeDays } from '../../domain/snooze.ts';
import type { Reminders } from '../../usecases/get-reminders.ts';
import { button } from './button.ts';
import { choiceOf, listLengths, peopleChoices } from './choose-person.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type RemindersView = Foot &
  Omit<Reminders, 'standsInFor'> & {
    today: IsoDate;
    /** The deputy's name, where there is a cover. */
    deputyName: string | null;
    standsInFor: readonly { name: string; from: IsoDate; to: IsoDate }[];
    /** What the press did, and what else is to be known of it. */
    done: string;
    notes: readonly string[];
    /** The part that is open although nothing is wrong in it. */
    part: 'snooze' | 'cover' | null;
    /** What went wrong with the whole, such as that it was changed meanwhile. */
    problem: string;
    typed: Readonly<Record<string, string>>;
    faults: Readonly<Record<string, string>>;
  };

const snoozeFields = ['until', 'untilDay'];
const coverFields = ['deputy', 'deputyNamed', 'from', 'to'];
const fields = [...snoozeFields, ...coverFields];

/** What someone has chosen about being asked; from it reminders are set, and a deputy is named. */
export const remindersCard = (view: RemindersView): Card =>
  fitting(listLengths, (length) => remindersForm(view, length));

function remindersForm(view: RemindersView, length: number): Card {
  const { today, nextDue, cover, stamp, deputies, done, notes, part, problem, faults } = view;
  const offered = snoozeDays(today, nextDue);
  const open = {
    snooze: part === 'snooze' || snoozeFields.some((field) => faults[field]),
    cover: part === 'cover' || coverFields.some((field) => faults[field]),
  };
  const set = { from: cover?.from ?? today, to: cover?.to ?? '', deputy: cover?.person ?? '', ...view.typed };
  const typed = { ...set, deputy: choiceOf(set.deputy, deputies) };
  const snoozes = offered.length > 0 && view.reminders === 'on';
  const parts = [
    { section: 'snooze', title: 'Snooze reminders', shown: snoozes },
    { section: 'cover', title: cover ? 'Change the cover' : 'Name a deputy', shown: true },
  ];
  return renderCard('reminders', { title: 'Reminders and cover' }, view, {
    done,
    notes: notes.map((note) => ({ note })),
    strip: problem || faultCount(faults),
    facts: factsOf(view),
    buttons: buttonsOf(view),
    folded: parts.filter(({ section, shown }) => shown && !open[section as keyof typeof open]),
    open,
    offered: offered.map(({ until, title }) => ({ title, value: until })),
    soonest: addDays(today, 1),
    latest: nextDue ? addDays(nextDue, -1) : '',
    snoozes: snoozes || (open.snooze && offered.length > 0),
    deputies: peopleChoices(deputies, today, length),
    isCut: deputies.length > length,
    earliest: cover && cover.from < today ? cover.from : today,
    today,
    stamp,
    send: cover ? 'Change the cover' : 'Name the deputy',
    typed: everyField(fields, typed, 200),
    faults: faultLines(fields, faults),
  });
}

function factsOf({ reminders, snoozedUntil, nextDue, cover, deputyName, standsInFor, today }: RemindersView) {
  const state = snoozedUntil
    ? `On, none before ${longDate(snoozedUntil)}`
    : reminders === 'on'
      ? 'On'
      : 'Off';
  const now = cover && isRunning(cover, today) ? 'now, ' : '';
  return [
    { title: 'Reminders', value: state },
    ...(nextDue ? [{ title: 'Next due', value: longDate(nextDue) }] : []),
    { title: 'Your deputy', value: cover ? `${deputyName}, ${now}${daysInWords(cover)}` : 'Nobody' },
    ...standsInFor.map(({ name, ...days }) => ({
      title: 'You cover',
      value: `${name}, ${isRunning(days, today) ? 'now, ' : ''}${daysInWords(days)}`,
    })),
  ];
}

function buttonsOf({ reminders, snoozedUntil, cover, stamp }: RemindersView) {
  const turn =
    reminders === 'off'
      ? button('Turn reminders on', 'set-reminders', { reminders: 'on' })
      : button('Turn reminders off', 'set-reminders', { reminders: 'off' });
  return [
    ...(snoozedUntil ? [button('End the snooze', 'set-reminders', { reminders: 'on' })] : []),
    turn,
    ...(cover ? [button('End the cover', 'end-deputy', { seen: stamp })] : []),
  ];
}
