import type { IsoDate } from '../../domain/days.ts';
import type { Person } from '../../domain/people.ts';
import { choiceOf, listLengths, peopleChoices } from './choose-person.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type SetCoverView = Foot & {
  today: IsoDate;
  /** All who give updates, by name. */
  people: readonly Person[];
  /** The cover of the person who was chosen, in words; empty for none. */
  now: string;
  /** That cover's stamp, for the form to carry. */
  stamp: string;
  done: string;
  notes: readonly string[];
  problem: string;
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
};

const fields = ['person', 'personNamed', 'deputy', 'deputyNamed', 'from', 'to'];

/** Cover for someone who is away already, set by an officer. */
export const setCoverCard = (view: SetCoverView): Card =>
  fitting(listLengths, (length) => {
    const { today, people, now, stamp, done, notes, problem, typed, faults } = view;
    const title = 'Set cover for someone';
    const choices = peopleChoices(people, today, length);
    return renderCard('set-cover', { title }, view, {
      done,
      notes: notes.map((note) => ({ note })),
      strip: problem || faultCount(faults),
      facts: now ? [{ title: 'Set now', value: now }] : [],
      people: choices,
      deputies: choices,
      isCut: people.length > length,
      earliest: [typed.from, today].filter((day) => day).sort()[0],
      today,
      stamp,
      typed: everyField(
        fields,
        {
          from: today,
          ...typed,
          person: choiceOf(typed.person ?? '', people),
          deputy: choiceOf(typed.deputy ?? '', people),
        },
        200,
      ),
      faults: faultLines(fields, faults),
    });
  });
