import type { Person } from '../../domain/people.ts';
import { cut } from '../../domain/typed-text.ts';
import { plural } from '../../domain/words.ts';
import { type Card, type Foot, renderCard } from './render.ts';
import { rolesInWords } from './role-guide.ts';

export type PersonChoicesView = Foot & {
  title: string;
  /** What was typed. */
  asked: string;
  people: readonly Pick<Person, 'id' | 'name' | 'email' | 'roles'>[];
  /** What each person's button says and does. */
  press: { title: string; verb: string };
};

/** Several people are meant: one press chooses one. */
export const personChoicesCard = (view: PersonChoicesView): Card => {
  const { title, asked, people, press } = view;
  const subtitle = `${plural(people.length, 'person', 'people')} could be meant by “${cut(asked, 60)}”.`;
  return renderCard('person-choices', { title, subtitle }, view, {
    people: people.map(({ id, name, email, roles }) => ({
      name,
      about: [email, rolesInWords(roles)].filter(Boolean).join(' · '),
      press: press.title,
      tooltip: `${press.title}: ${name}`,
      verb: press.verb,
      person: id,
    })),
  });
};
