import {
  allCards,
  type NamedCard,
  samplesOf,
  screenNames,
  screens,
} from '../../scripts/card-gallery/screens.ts';
import { CARD_LIMIT, sizeOf } from '../../src/teams/cards/fitting.ts';

type Node = Record<string, unknown>;

/** Every object on a card, fallbacks and shown cards included; what a person typed or an action carries is not. */
function nodesOf(value: unknown, found: Node[] = []): Node[] {
  if (Array.isArray(value)) for (const item of value) nodesOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    found.push(value as Node);
    for (const [key, inner] of Object.entries(value)) if (key !== 'data') nodesOf(inner, found);
  }
  return found;
}

const ofType = (nodes: Node[], type: string) => nodes.filter((node) => String(node.type).startsWith(type));
const cards = allCards();
const nodes = new Map(cards.map((named) => [named, nodesOf(named.card)]));

/** Checks every sample of every screen, and says which ones fail. */
function everyCard(check: (all: Node[], named: NamedCard) => unknown[]): void {
  const faults = cards.flatMap((named) =>
    check(nodes.get(named)!, named).map(
      (fault) => `${named.screen} (${named.sample}): ${JSON.stringify(fault)}`,
    ),
  );
  expect(faults).toEqual([]);
}

describe('every card with every sample', () => {
  test('has samples and a module', () => {
    expect(Object.keys(screens).sort()).toEqual(screenNames().sort());
    expect(screenNames().filter((screen) => samplesOf(screen).length < 2)).toEqual([]);
  });

  test('is an Adaptive Card 1.5 with a title', () => {
    everyCard((_, { card }) =>
      card.version === '1.5' &&
      card.$schema === 'http://adaptivecards.io/schemas/adaptive-card.json' &&
      typeof card.fallbackText === 'string'
        ? []
        : [card.version],
    );
  });

  test('is small enough for Teams', () => {
    everyCard((_, { card }) => (sizeOf(card) < CARD_LIMIT ? [] : [sizeOf(card)]));
  });

  test('leaves nothing of its template unfilled', () => {
    // `${x}` is what people type in the hostile samples; no template has it.
    everyCard((_, { card }) => JSON.stringify(card).match(/\$\{(?!x\})[^}]*\}|"\$(?!schema)\w+"/g) ?? []);
  });

  test('acts by Execute with a verb, and by Submit with the same verb and data where Execute is unknown', () => {
    everyCard((all) =>
      ofType(all, 'Action.Execute').filter(({ title, verb, data, fallback }) => {
        const { type, title: spare, data: sent } = fallback as Node;
        const same = JSON.stringify(sent) === JSON.stringify({ ...(data as Node), verb });
        return !(verb && title && type === 'Action.Submit' && spare === title && same);
      }),
    );
  });

  test('puts every action in an action set of at most six', () => {
    everyCard((all, { card }) => [
      ...(card.actions ? ['actions of the card itself'] : []),
      ...all.filter(({ selectAction }) => selectAction),
      ...ofType(all, 'ActionSet').filter(({ actions }) => (actions as Node[]).length > 6),
    ]);
  });

  test('carries opaque ids in its actions and nothing else', () => {
    everyCard((all) =>
      ofType(all, 'Action.Execute').filter(({ data }) =>
        Object.values(data as Node).some(
          (id) => !['string', 'number'].includes(typeof id) || String(id).length > 200,
        ),
      ),
    );
  });

  test('labels every input, and says what is wrong with a required one', () => {
    everyCard((all) =>
      ofType(all, 'Input.').filter(
        ({ id, label, isRequired, errorMessage }) => !id || !label || (isRequired && !errorMessage),
      ),
    );
  });

  test('gives each id once', () => {
    everyCard((all) => {
      const ids = all.map(({ id }) => id).filter(Boolean);
      return ids.filter((id, at) => ids.indexOf(id) !== at);
    });
  });

  test('folds only what is there', () => {
    everyCard((all) => {
      const ids = new Set(all.map(({ id }) => id));
      return ofType(all, 'Action.ToggleVisibility').filter(({ targetElements }) =>
        (targetElements as string[]).some((target) => !ids.has(target)),
      );
    });
  });

  test('wraps every text, and shows no empty one', () => {
    everyCard((all) => [
      ...ofType(all, 'TextBlock').filter(({ text, wrap }) => wrap !== true || !text),
      ...['Input.Toggle', 'Input.ChoiceSet'].flatMap((type) =>
        ofType(all, type).filter(({ wrap }) => wrap !== true),
      ),
    ]);
  });

  test('describes every image, and says in words what a chart shows', () => {
    everyCard((all) => [
      ...ofType(all, 'Image').filter(({ altText }) => !altText),
      ...ofType(all, 'Chart.').filter(({ fallback }) => fallback !== 'drop'),
    ]);
  });

  test('has no coloured words, for no colour is legible in every theme of Teams', () => {
    everyCard((all) => ofType(all, 'TextBlock').filter(({ color }) => color !== undefined));
  });

  test('begins every coloured band with a symbol, so that nothing is said by colour alone', () => {
    const symbol = /^[✔▲✖↔⇧⇩○●?·»–⚠↗↘→]/u;
    everyCard((all) =>
      all.filter(
        ({ style, items }) =>
          ['good', 'warning', 'attention'].includes(String(style)) &&
          Array.isArray(items) &&
          !items.some(({ text }) => symbol.test(String(text))),
      ),
    );
  });
});
