import { setTimeout as sleep } from 'node:timers/promises';
import { parseDate } from '../domain/dates.ts';
import { addDays, daysBetween, type IsoDate, longDate } from '../domain/days.ts';
import { Refused } from '../domain/errors.ts';
import { findPeople } from '../domain/find-people.ts';
import { quoted } from '../domain/typed-text.ts';
import { plural } from '../domain/words.ts';
import type { Store } from '../store/store.ts';
import { button } from '../teams/cards/button.ts';
import { messageCard } from '../teams/cards/message.ts';
import { type Command, rolesInWords } from '../teams/cards/role-guide.ts';
import { type FeatureDeps, footOf } from '../teams/features/at-work.ts';
import type { Feature } from '../teams/router.ts';
import type { Answer, Turn } from '../teams/turn.ts';
import { openYear } from '../usecases/session.ts';
import { changePlayground, type PlaygroundClock, readPlayground } from './clock.ts';
import { furthestMove, type Moved, moveClock } from './move-clock.ts';

export const playgroundCommands: readonly Command[] = [
  { type: 'as Grace Adeyemi', does: 'playground: become another person of the council' },
  { type: 'clock 15 January 2010', does: 'playground: live the days up to another day' },
];

/** `quiet` resolves once nothing that is in the outbox can go now. */
export type PlaygroundDeps = FeatureDeps & { quiet: () => Promise<void> };

/** `as NAME` and `clock DATE`. They exist in playground mode alone: nothing of teams mode imports this. */
export const playground =
  (deps: PlaygroundDeps, clock: PlaygroundClock): Feature =>
  (router) => {
    router.text('as', /^as\s+(.+)$/i, (turn, match) => become(deps, turn, match[1]!));
    const moveTo = clockMover(deps, clock);
    router.text('clock', /^clock\s*(.*)$/i, (turn, match) => moveTo(turn, match[1]!.trim()));
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
      `Nobody here is called ${quoted(name)}. There are, for example, ${some.join(', ')}.`,
    );
  }
  const foot = { ...footOf(deps, year), asAt: null };
  if (found.length > 1) {
    const names = found.map((each) => each.name).join(', ');
    throw new Refused('not-found', `${quoted(name)} could be ${names}. Write more of the name.`);
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

/** Longer than this an answer isn't waited for: the move goes on, and `clock` says how far it is. */
const patience = 8_000;

/** Answers `clock DATE`. A council's clock is on one way at a time. */
function clockMover(deps: PlaygroundDeps, clock: PlaygroundClock) {
  const underWay = new Set<string>();
  return async (turn: Turn, text: string): Promise<Answer> => {
    const { tenant, correlationId } = turn;
    const { today: from } = await openYear(deps, tenant, correlationId);
    if (text === '') return clockCard(deps, turn, []);
    const to = assertWay(from, text);
    if (underWay.has(tenant)) {
      const sentence = `The clock is on its way already, and it is ${longDate(from)} now.`;
      throw new Refused('busy', `${sentence} Wait until it is there.`);
    }
    underWay.add(tenant);
    const way = { tenant, from, to, correlationId };
    const moving = moveClock(deps, clock, way).finally(() => underWay.delete(tenant));
    const moved = await Promise.race([moving, sleep(patience, null, { ref: false })]);
    if (moved) return clockCard(deps, turn, movedSentences(moved));
    // Whoever asked has their answer; that it stopped halfway shows in the day that `clock` says.
    moving.catch(() => {});
    const sentence = `The clock is on its way to ${longDate(to)}. Send “clock” to see how far it is.`;
    return clockCard(deps, turn, [sentence]);
  };
}

/** The day that was typed. Throws `Refused` `bad-input` when it is none, or too far. */
function assertWay(from: IsoDate, text: string): IsoDate {
  const read = parseDate(text);
  if (!read.ok) throw new Refused('bad-input', 'Write a day, such as “clock 15 January 2010”.');
  if (daysBetween(from, read.value) <= furthestMove) return read.value;
  const furthest = longDate(addDays(from, furthestMove));
  throw new Refused('bad-input', `It is ${longDate(from)} now. Move the clock to ${furthest} at most.`);
}

async function clockCard(deps: PlaygroundDeps, turn: Turn, said: readonly string[]): Promise<Answer> {
  const year = await openYear(deps, turn.tenant, turn.correlationId);
  return messageCard({
    ...footOf(deps, year),
    asAt: null,
    title: `It is now ${longDate(year.today)}`,
    sentences: ['What is due, late and locked follows this day.', ...said],
    buttons: [button('My updates', 'my-updates'), button('Off target', 'off-target')],
  });
}

/** What the cycle did on the way. */
function movedSentences({ days, messages, posted, isDayOff, notReachable }: Moved): string[] {
  const { asked, reminded, chased, told } = messages;
  const way = days > 1 ? `In these ${days} days` : 'Today';
  const said = [
    `${way} the cycle sent: ${asked} for what had opened, ${plural(reminded, 'reminder')}, ${plural(chased, 'chase')}, ${plural(told, 'summary', 'summaries')} to heads of service.`,
  ];
  if (posted > 0)
    said.push(`${plural(posted, 'digest was', 'digests were')} posted by their channels’ schedules.`);
  if (isDayOff) said.push('The council is closed on this day, so nobody is written to.');
  if (notReachable > 0) {
    const people = plural(notReachable, 'person', 'people');
    said.push(`${people} can’t be reached today: they have never said “hi” here.`);
  }
  return said;
}

/** The id of the person whom this tester chose to be, or null when they chose nobody. */
export const chosenPersona = async (
  store: Store,
  tenant: string,
  aadObjectId: string,
): Promise<string | null> => (await readPlayground(store, tenant)).personas[aadObjectId] ?? null;
