import { plainText } from './plain-text.ts';

type Json = unknown;
type Node = Record<string, Json>;

/** What a person typed or a server decides by: never shown as Markdown, so never escaped. */
const untouched = new Set(['data', 'value', 'id', 'verb', 'placeholder', 'choices', 'fallbackText']);

/** The lists that hold what an element shows: with nothing in them, it is left out. */
const contents: Record<string, string> = {
  Container: 'items',
  ColumnSet: 'columns',
  FactSet: 'facts',
  ActionSet: 'actions',
  Table: 'rows',
};

const isNode = (value: Json): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isEmpty(node: Node): boolean {
  if (node.type === 'TextBlock') return node.text === '' || node.text === undefined;
  const list = contents[String(node.type)];
  return list !== undefined && Array.isArray(node[list]) && node[list].length === 0;
}

/** Clients older than Action.Execute send the same verb and data with Action.Submit (PLATFORM "Cards"). */
function withFallback({ fallback: _, ...action }: Node): Node {
  const { type: _type, verb, data, ...shown } = action;
  return {
    ...action,
    data: data ?? {},
    fallback: { ...shown, type: 'Action.Submit', data: { ...(data as Node), verb } },
  };
}

function tidyNode(node: Node): Node {
  const isText = node.type === 'TextBlock';
  // A fact is the only thing on a card with a title and a value and no type.
  const isFact = node.type === undefined && typeof node.title === 'string' && typeof node.value === 'string';
  const tidied: Node = {};
  for (const key of Object.keys(node)) {
    const value = node[key];
    if (value === null || (value === '' && key !== 'text')) continue;
    if (isText && key === 'text') tidied[key] = plainText(String(value));
    else if (isFact) tidied[key] = plainText(String(value));
    else tidied[key] = untouched.has(key) ? value : tidy(value);
  }
  return node.type === 'Action.Execute' ? withFallback(tidied) : tidied;
}

/**
 * Makes an expanded template fit to send: people's words are escaped wherever a client reads Markdown, empty
 * elements and properties are left out, and every Execute gets its Submit fallback.
 */
export function tidy(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(tidy).filter((item) => !(isNode(item) && isEmpty(item)));
  }
  return isNode(value) ? tidyNode(value) : value;
}
