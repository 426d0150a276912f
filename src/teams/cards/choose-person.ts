import { type IsoDate, longDate } from '../../domain/days.ts';
import type { Person } from '../../domain/people.ts';
import { remember } from '../../domain/remember.ts';

export type Choice = { title: string; value: string };

/** How many people a list shows: as many as there are, or fewer where Teams would refuse the card. */
export const listLengths = [1000, 500, 300, 150, 60] as const;

/** The names that several of these people have. */
const sharedNames = remember((people: readonly Person[]) => {
  const known = new Set<string>();
  return new Set(people.flatMap(({ name }) => (known.size === known.add(name).size ? [name] : [])));
});

/**
 * What a choice sends: the name, because some clients show the value of a filtered list in place of its title, and
 * send whatever was typed into it. Where two people have one name, it is the id.
 */
const sentFor = ({ id, name }: Person, people: readonly Person[]): string =>
  sharedNames(people).has(name) ? id : name;

/** People to choose from, each with their absence if they have one; namesakes with their e-mail address. */
export const peopleChoices = (people: readonly Person[], today: IsoDate, length: number): Choice[] =>
  people.slice(0, length).map((person) => {
    const { name, email, deputy } = person;
    const value = sentFor(person, people);
    const known = value === name ? name : `${name}, ${email}`;
    const away = deputy && deputy.to >= today ? ` (away until ${longDate(deputy.to)})` : '';
    return { title: `${known}${away}`, value };
  });

/** The value of the choice of the person with this id; anything else as it is. */
export function choiceOf(text: string, people: readonly Person[]): string {
  const person = people.find(({ id }) => id === text);
  return person ? sentFor(person, people) : text;
}
