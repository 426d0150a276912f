import type { YearSettings } from '../domain/council.ts';
import { noRefs, type Refs } from './refs.ts';

/** The directorates and portfolios of council.json, to be referred to. */
export type Places = {
  directorates: Refs;
  portfolios: Refs;
  /** Directorate → the only portfolio that covers it; a plan that names none belongs there. */
  portfolioOf: ReadonlyMap<string, string>;
};

/** What a council's settings define; null when they couldn't be read, so that nothing is said of what is unknown. */
export function placesOf(settings: YearSettings | null): Places {
  const directorates = noRefs('council.json, directorates', settings !== null);
  const portfolios = noRefs('council.json, portfolios', settings !== null);
  const covering = new Map<string, string[]>();
  for (const { ref } of settings?.directorates ?? []) {
    directorates.byName.set(ref.toLowerCase(), { name: ref, row: 0, value: ref });
  }
  for (const { ref, directorates: covered } of settings?.portfolios ?? []) {
    portfolios.byName.set(ref.toLowerCase(), { name: ref, row: 0, value: ref });
    for (const directorate of covered) covering.set(directorate, [...(covering.get(directorate) ?? []), ref]);
  }
  const only = [...covering].filter(([, refs]) => refs.length === 1);
  return {
    directorates,
    portfolios,
    portfolioOf: new Map(only.map(([directorate, [ref]]) => [directorate, ref!])),
  };
}
