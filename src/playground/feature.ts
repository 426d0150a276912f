import { parseDate } from '../domain/dates.ts';
import { longDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import type { Store } from '../store/store.ts';
import { button } from '../teams/cards/button.ts';
import { messageCard } from '../teams/cards/message.ts';
import { type Command, rolesInWords } from '../teams/cards/role-guide.ts';
import { type FeatureDeps, footOf } from '../teams/features/at-work.ts';
import type { Feature } from '../teams/router.ts';
import type { Answer, Turn } from '../teams/turn.ts';
import type { Round } from '../usecases/ask-people.ts';
import { runCycle } from '../usecases/run-cycle.ts';
import { openYear } from '../usecases/session.ts';
import { changePlayground, type PlaygroundClock, readPlayground } from './clock.ts';

export const playgroundCommands: readonly Command[] = [
  { type: 'as Grace Adeyemi', does: 'playground: become another person of the council' },
  { type: 'clock 15 January 2010', does: 'playground: move to another day' },
];

/** `as NAME` and `clock DATE`. They exist in playground mode alone: nothing of teams mode imports this. */
export const playground =
  (deps: FeatureDeps, clock: PlaygroundClock): Feature =>
  (router) => {
    router.text(/^as\s+(.+)$/i, (turn, match) => become(deps, turn, match[1]!));
    router.text(/^clock\s*(.*)$/i, (turn, match) => moveClock(deps, clock, turn, match[1]!));
  };

async function become(deps: FeatureDeps, turn: Turn, name: string): Promise<Answer> {
  const year = await openYear(deps, turn.tenant, turn.correlationId);
  const people = await deps.store.list(year.council, 'person');
  const found = findPeople(
    people.map(({ data }) => data),
    name,
  );
  const [person] = found;
  if (!person) {
    const some = people.slice(0, 5).map(({ data }) => data.name);
    throw new Refused(
      'not-found',
      `Nobody here is called “${name}”. There are, for example, ${some.join(', ')}.`,
    );
  }
  const foot = { ...footOf(deps, year), asAt: null };
  if (found.length > 1) {
    const names = found.map((each) => each.name).join(', ');
    throw new Refused('not-found', `“${name}” could be ${names}. Write more of the name.`);
  }
  await changePlayground(deps.store, turn.tenant, (now) => ({
    ...now,
    personas: { ...now.personas, [turn.from.aadObjectId]: person.id },
  }));
  return messageCard({
    ...foot,
    title: `You are now ${person.name}`,
    sentences: [
      `Role at ${year.settings.name}: ${rolesInWords(person.roles) || 'none yet'}.`,
      'Say “hi” to see what they see.',
    ],
    buttons: [button('Help', 'help')],
  });
}

async function moveClock(
  deps: FeatureDeps,
  clock: PlaygroundClock,
  turn: Turn,
  text: string,
): Promise<Answer> {
  const read = parseDate(text);
  if (!read.ok) {
    throw new Refused('bad-input', 'Write a day, such as “clock 15 January 2010”.');
  }
  await changePlayground(deps.store, turn.tenant, (now) => ({ ...now, date: read.value }));
  await clock.reload(turn.tenant);
  const year = await openYear(deps, turn.tenant, turn.correlationId);
  const { asked } = await runCycle(deps, turn.tenant, turn.correlationId, { anyHour: true });
  return messageCard({
    ...footOf(deps, year),
    asAt: null,
    title: `It is now ${longDate(read.value)}`,
    sentences: ['What is due, late and locked follows this day.', cycleSentence(asked)],
    buttons: [button('My updates', 'my-updates'), button('Off target', 'off-target')],
  });
}

/** What the day's round of the cycle did. */
function cycleSentence({ outcome, written, notReachable }: Round): string {
  if (outcome === 'day-off') return 'The council is closed on this day, so nobody is written to.';
  const people = (count: number) => `${count} ${count === 1 ? 'person' : 'people'}`;
  const away = notReachable.length;
  const unreachable = away ? ` ${people(away)} can’t be reached: they have never said “hi” here.` : '';
  return `The cycle writes to ${people(written.length)} today.${unreachable}`;
}

/** The id of the person whom this tester chose to be, or null when they chose nobody. */
export const chosenPersona = async (
  store: Store,
  tenant: string,
  aadObjectId: string,
): Promise<string | null> => (await readPlayground(store, tenant)).personas[aadObjectId] ?? null;
