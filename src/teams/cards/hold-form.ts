import type { IsoDate } from '../../domain/days.ts';
import type { Person } from '../../domain/people.ts';
import { choiceOf, listLengths, peopleChoices } from './choose-person.ts';
import { fitting } from './fitting.ts';
import { everyField, faultCount, faultLines } from './form-fields.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type HoldFormView = Foot & {
  /** The form's own id: the same form sent twice is one hold. */
  form: string;
  today: IsoDate;
  /** By name; those who were erased left out. */
  people: readonly Person[];
  /** By title. */
  plans: readonly { ref: string; title: string }[];
  /** The newest first. */
  years: readonly string[];
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
};

const fields = ['on', 'person', 'personNamed', 'plan', 'planNamed', 'year', 'reason'];

/** The form that puts on a hold. What comes back with a fault keeps every value. */
export const holdFormCard = (view: HoldFormView): Card =>
  fitting(listLengths, (length) => {
    const { form, today, people, plans, years, typed, faults } = view;
    return renderCard('hold-form', { title: 'Put on a hold' }, view, {
      strip: faultCount(faults),
      form,
      people: peopleChoices(people, today, length),
      arePeopleCut: people.length > length,
      plans: plans.slice(0, length).map(({ ref, title }) => ({ title: `${title} (${ref})`, value: ref })),
      arePlansCut: plans.length > length,
      years: years.map((year) => ({ title: year, value: year })),
      typed: everyField(fields, { ...typed, person: choiceOf(typed.person ?? '', people) }, 500),
      faults: faultLines(fields, faults),
    });
  });
