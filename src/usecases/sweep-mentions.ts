import type { TextLeft } from '../domain/erasure.ts';
import { Refused } from '../domain/errors.ts';
import type { Person } from '../domain/people.ts';
import type { Change, Partition } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { type Mention, mentionsIn, type Traces } from './find-mentions.ts';
import type { OpenYear } from './session.ts';

export type Swept = { removed: number; renamed: number; left: TextLeft[] };

/** Changes at once, each of which may be a digest's page. */
const atOnce = 20;
const attempts = 20;

/** Removes and renames until nothing is left to: what someone else writes meanwhile is looked at again. */
export async function sweepMentions(
  deps: Deps,
  year: OpenYear,
  partition: Partition,
  traces: Traces,
  pseudonym: string,
): Promise<Swept> {
  const swept: Swept = { removed: 0, renamed: 0, left: [] };
  const isShared = await isSharedName(deps, year, traces);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const mentions = await mentionsIn(deps, partition, traces);
    const changes = mentions.flatMap((each) => becomes(each, traces, isShared ? null : pseudonym) ?? []);
    if (changes.length === 0) {
      swept.left = mentions.flatMap(leftIn);
      return swept;
    }
    for (let at = 0; at < changes.length; at += atOnce) {
      const batch = changes.slice(at, at + atOnce);
      if (!(await deps.store.write(partition, batch)).ok) continue;
      swept.removed += batch.filter(({ change }) => change === 'remove').length;
      swept.renamed += batch.filter(
        ({ change, kind }) => change === 'replace' && kind === 'digest-page',
      ).length;
    }
  }
  throw new Refused(
    'busy',
    'Others keep writing about this person. What was done stays; run it again for the rest.',
  );
}

/** Whether someone else has the same name: then no text of it can be told to be theirs. */
export const isSharedName = async (
  { store }: Deps,
  { council }: OpenYear,
  { id, name }: Pick<Traces, 'id' | 'name'>,
): Promise<boolean> =>
  (await store.list(council, 'person')).some(({ data }) => data.id !== id && data.name === name);

/** What becomes of one document of an erased person; null where it stays. Without a pseudonym nothing is renamed. */
export function becomes(
  { stored, fields }: Mention,
  traces: Traces,
  pseudonym: string | null,
): Change | null {
  const { kind, id, version, data } = stored;
  const gone = { change: 'remove', kind, id, version } as Change;
  const replaced = (more: object) => ({ change: 'replace', kind, id, version, data: more }) as Change;
  if (kind === 'asked' && id === traces.id) return gone;
  if ((kind === 'cycle-message' || kind === 'form') && (data as { person: string }).person === traces.id)
    return gone;
  if (kind === 'delivery' && fields.some(({ by }) => by === 'chat')) return gone;
  if (kind === 'person' && id !== traces.id) {
    const person = data as Person;
    return person.deputy?.person === traces.id ? replaced({ ...person, deputy: null }) : null;
  }
  if (kind !== 'digest-page' || pseudonym === null) return null;
  const renamed = withName(data, traces.name, pseudonym);
  return renamed === data ? null : replaced(renamed as object);
}

/** The same with every text that is the name and nothing else put another way; the very same when there is none. */
function withName(value: unknown, name: string, pseudonym: string): unknown {
  if (value === name) return pseudonym;
  if (Array.isArray(value)) {
    const inner = value.map((each) => withName(each, name, pseudonym));
    return inner.some((each, at) => each !== value[at]) ? inner : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, withName(each, name, pseudonym)] as const);
  const isChanged = fields.some(([key, each]) => each !== (value as Record<string, unknown>)[key]);
  return isChanged ? Object.fromEntries(fields) : value;
}

/** Texts with the name in them: ids stay, for they mean nothing without it. */
const leftIn = ({ stored, fields }: Mention): TextLeft[] =>
  stored.kind === 'person' && (stored.data as Person).erasing
    ? []
    : fields
        .filter(({ by }) => by === 'name' || by === 'email')
        .map(({ field }) => ({ year: stored.partition.year, kind: stored.kind, id: stored.id, field }));
