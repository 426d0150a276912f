import MiniSearch from 'minisearch';
import type { Person } from './people.ts';
import { asQuestion } from './typed-text.ts';

/** The people whose name is meant: an exact name alone, else those whose names begin like it or are nearly it. */
export function findPeople(people: readonly Person[], name: string): Person[] {
  const wanted = name.trim().toLowerCase();
  const exact = people.filter((person) => person.name.toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  const index = new MiniSearch({ fields: ['name'] });
  index.addAll(people.map((person) => ({ id: person.id, name: person.name })));
  const hits = index.search(asQuestion(name), { prefix: true, fuzzy: 0.2, combineWith: 'AND' });
  return hits.slice(0, 5).flatMap(({ id }) => people.filter((person) => person.id === id));
}
