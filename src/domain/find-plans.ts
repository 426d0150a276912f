import MiniSearch from 'minisearch';
import type { Plan } from './plan.ts';
import { asQuestion } from './typed-text.ts';

export type FoundPlans =
  | { kind: 'one'; plan: Plan }
  /** The best match first. */
  | { kind: 'several'; plans: Plan[] }
  /** The plans, at most five, whose names look most like the words. */
  | { kind: 'none'; nearest: Plan[] };

type Directorates = readonly { ref: string; name: string }[];

/** Lower-case words without accents and apostrophes: `Children’s` is `childrens`. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that say nothing of which plan is meant. */
const filler = new Set(['the', 'a', 'an', 'of', 'and', 'for', 'in', 'to', 'plan', 'business', 'status']);
const withoutFiller = (words: string[]) => words.filter((word) => !filler.has(word));

/** `KHS-01` and `khs 01` are one ref; `Environment & Waste` and `Environment and Waste` are one title. */
const key = (text: string): string => withoutFiller(wordsOf(text)).join('');

/** The singular, near enough that `libraries` and `library` are one word. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

type Index = {
  words: MiniSearch;
  /** By whole ref, whole title, and whole name or ref of a directorate; the first that fits wins. */
  exact: Map<string, Plan[]>[];
};

function buildIndex(plans: readonly Plan[], directorates: Directorates): Index {
  const names = new Map(directorates.map(({ ref, name }) => [ref, name]));
  const words = new MiniSearch({
    fields: ['ref', 'title', 'units', 'directorate'],
    tokenize: (text) => withoutFiller(wordsOf(text)),
    processTerm: singular,
  });
  words.addAll(
    plans.map(({ ref, title, units, directorate }, id) => ({
      id,
      ref,
      title,
      units: units.join(' '),
      directorate: `${directorate} ${names.get(directorate) ?? ''}`,
    })),
  );
  return {
    words,
    exact: [
      Map.groupBy(plans, ({ ref }) => key(ref)),
      Map.groupBy(plans, ({ title }) => key(title)),
      Map.groupBy(plans, ({ directorate }) => key(directorate)),
      Map.groupBy(plans, ({ directorate }) => key(names.get(directorate) ?? directorate)),
    ],
  };
}

const indexes = new WeakMap<readonly Plan[], { directorates: Directorates; index: Index }>();

function indexFor(plans: readonly Plan[], directorates: Directorates): Index {
  const known = indexes.get(plans);
  if (known?.directorates === directorates) return known.index;
  const index = buildIndex(plans, directorates);
  indexes.set(plans, { directorates, index });
  return index;
}

const named = ['ref', 'title'];
const everywhere = ['ref', 'title', 'units', 'directorate'];
const boost = { ref: 4, title: 3, units: 1.5 };
const byTypo = (word: string) => (word.length > 3 && !/\d/.test(word) ? 0.25 : false);

/**
 * From the surest way of matching to the loosest; the first that finds a plan decides. A word that is written
 * right is never taken for a typo of another.
 */
const ways = [
  { fields: named, fuzzy: false },
  { fields: everywhere, fuzzy: false },
  { fields: named, fuzzy: byTypo },
  { fields: everywhere, fuzzy: byTypo },
] as const;

/** A best match that scores this many times the next is taken as the one that was meant. */
const clearly = 2;

const prefix = (word: string) => word.length > 1;

function search({ words }: Index, asked: string, plans: readonly Plan[]): FoundPlans | null {
  for (const { fields, fuzzy } of ways) {
    const hits = words.search(asked, { fields: [...fields], fuzzy, prefix, boost, combineWith: 'AND' });
    const [best, next] = hits;
    if (!best) continue;
    if (!next || best.score >= next.score * clearly) return { kind: 'one', plan: plans[best.id]! };
    return { kind: 'several', plans: hits.map(({ id }) => plans[id]!) };
  }
  return null;
}

function pairsOf(text: string): Set<string> {
  const letters = key(text);
  return new Set(
    Array.from({ length: Math.max(letters.length - 1, 0) }, (_, at) => letters.slice(at, at + 2)),
  );
}

/** How alike two texts are by their pairs of letters: 0 to 1 (Dice). */
function likeness(pairs: ReadonlySet<string>, text: string): number {
  const others = pairsOf(text);
  let shared = 0;
  for (const pair of others) if (pairs.has(pair)) shared += 1;
  return shared === 0 ? 0 : (2 * shared) / (others.size + pairs.size);
}

const byTitle = (a: Plan, b: Plan) => a.title.localeCompare(b.title, 'en-GB');
const faintest = 0.2;

/** Plans with some of the words, then those whose names have most letters in common. */
function nearest({ words }: Index, plans: readonly Plan[], asked: string): Plan[] {
  const partly = words.search(asked, { fuzzy: byTypo, prefix, boost, combineWith: 'OR' });
  const pairs = pairsOf(asked);
  const alike = plans
    .map((plan) => ({
      plan,
      by: Math.max(...[plan.title, ...plan.units].map((name) => likeness(pairs, name))),
    }))
    .filter(({ by }) => by >= faintest)
    .sort((a, b) => b.by - a.by);
  const found = new Set([...partly.map(({ id }) => plans[id]!), ...alike.map(({ plan }) => plan)]);
  return [...found].slice(0, 5);
}

/**
 * Finds plans by ref, title, unit or directorate, beginnings of words and typos included: `highwys`, `libary`,
 * `yuth ofending`. A whole ref, title or directorate wins over everything; a title over a unit or directorate.
 *
 * @param plans those that the person may see; the index is kept for as long as this very array is
 */
export function findPlans(plans: readonly Plan[], directorates: Directorates, text: string): FoundPlans {
  const question = asQuestion(text);
  const index = indexFor(plans, directorates);
  const asked = withoutFiller(wordsOf(question)).join(' ');
  if (asked === '') return { kind: 'none', nearest: [] };
  for (const exact of index.exact) {
    const plans = exact.get(key(question));
    if (plans)
      return plans.length === 1
        ? { kind: 'one', plan: plans[0]! }
        : { kind: 'several', plans: plans.toSorted(byTitle) };
  }
  return search(index, asked, plans) ?? { kind: 'none', nearest: nearest(index, plans, asked) };
}
