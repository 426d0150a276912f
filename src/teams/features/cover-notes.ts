import type { Session } from '../../usecases/session.ts';
import type { CoverSet, Told } from '../../usecases/set-cover.ts';

/** What there is to know beside a change of cover: who was told of it, and who can't be. */
export function notesOf(
  result: Extract<CoverSet, { outcome: 'kept' | 'ended' }>,
  { actor }: Session,
): string[] {
  const others = result.told.filter(({ person }) => person.id !== actor.person.id);
  const reached = others.filter((each) => each.reached).map(({ person }) => person.name);
  const notes = reached.length > 0 ? [`I have told ${listed.format(reached)}.`] : [];
  notes.push(...others.filter((each) => !each.reached).map(({ person: { name } }) => notReached(name)));
  if (result.outcome === 'ended') return notes;
  const { person, leftAlone } = result;
  const who = person.id === actor.person.id ? 'You stand' : `${person.name} stands`;
  return [...notes, ...leftAlone.map((each) => alone(who, each))];
}

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const notReached = (name: string): string =>
  `⚠ I can’t reach ${name}: Planwatch isn’t in their Teams, or is blocked there. Tell them yourself, and ask them to add Planwatch and send it “hi”.`;

const alone = (who: string, { person: { name }, reached }: Told): string =>
  reached
    ? `⚠ ${who} in for ${name} in these days. I have told ${name} to name someone else.`
    : `⚠ ${who} in for ${name} in these days, and I can’t reach ${name}. Tell them to name someone else.`;
