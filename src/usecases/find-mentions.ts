import { documents, type Kind } from '../store/documents.ts';
import type { Partition, Store, Stored } from '../store/store.ts';

/** What tells of a person: their id, and what they are or were called and reached by. */
export type Traces = { id: string; name: string; email: string; conversation: string | null };

/** By what a document tells of the person: `id`, `name`, `email`, `chat`. */
export type Mark = 'id' | 'name' | 'email' | 'chat';

/** A document that tells of a person, and the fields that do: `commentary`, `groups.0.exceptions.1.saidBy`. */
export type Mention = { stored: Stored; fields: { field: string; by: Mark }[] };

/** Every text in a document with the names of the fields that lead to it. */
export function* textsIn(
  value: unknown,
  path: readonly string[] = [],
): Generator<[field: string, text: string]> {
  if (typeof value === 'string') yield [path.join('.'), value];
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* textsIn(inner, [...path, name]);
  }
}

/** The words of a name as they would stand in a text, and not as a part of others. */
const wholly = (words: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${words
      .trim()
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}])`,
    'iu',
  );

/** Their id, or that of something of theirs, such as a message to them: `PERSON~2009-10-14`. */
const isTheirs = (text: string, { id }: Traces): boolean => text === id || text.startsWith(`${id}~`);

/** Their chat, and those that they have left since, which messages to them tell of. */
async function chatsOf(
  { store }: { store: Store },
  partition: Partition,
  traces: Traces,
): Promise<Set<string>> {
  const theirs = (await store.list(partition, 'delivery')).filter(
    ({ data: { message } }) =>
      (message.kind === 'cycle' && isTheirs(message.message, traces)) ||
      (message.kind === 'notice' && message.to === traces.id),
  );
  const chats = theirs.map(({ data }) => data.conversation.id);
  return new Set(traces.conversation === null ? chats : [...chats, traces.conversation]);
}

function markIn(traces: Traces, chats: ReadonlySet<string>): (text: string) => Mark | null {
  const name = traces.name.trim() === '' ? null : wholly(traces.name);
  const email = traces.email.toLowerCase();
  return (text) => {
    if (isTheirs(text, traces)) return 'id';
    if (chats.has(text)) return 'chat';
    if (email !== '' && text.toLowerCase().includes(email)) return 'email';
    return name?.test(text) ? 'name' : null;
  };
}

const fieldsOf = (data: unknown, markOf: ReturnType<typeof markIn>): Mention['fields'] =>
  [...textsIn(data)].flatMap(([field, text]) => {
    const by = markOf(text);
    return by ? [{ field, by }] : [];
  });

/** The fields of one document that tell of a person, by id, name or e-mail address. */
export const fieldsNaming = (data: unknown, traces: Traces): Mention['fields'] =>
  fieldsOf(data, markIn(traces, new Set()));

/** Neither is about people. */
const passedOver: readonly Kind[] = ['lease', 'cycle'];

/** Every document of a partition that tells of a person, by reading them all. Costs as much as the partition is large. */
export async function mentionsIn(
  { store }: { store: Store },
  partition: Partition,
  traces: Traces,
): Promise<Mention[]> {
  const markOf = markIn(traces, await chatsOf({ store }, partition, traces));
  const mentions: Mention[] = [];
  for (const kind of Object.keys(documents) as Kind[]) {
    if (passedOver.includes(kind)) continue;
    for (const stored of await store.list(partition, kind)) {
      const fields = fieldsOf(stored.data, markOf);
      if (isTheirs(stored.id, traces)) fields.unshift({ field: '(its id)', by: 'id' });
      if (fields.length > 0) mentions.push({ stored, fields });
    }
  }
  return mentions;
}
