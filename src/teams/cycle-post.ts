import type { Entry } from '../domain/cycle.ts';
import { longDate } from '../domain/days.ts';
import { formalPointOf, periodName } from '../domain/periods.ts';
import { formalWords, plural } from '../domain/words.ts';
import type { MessageNow } from '../usecases/recheck-message.ts';
import type { CycleCard } from '../worker/send-cycle-message.ts';
import { button } from './cards/button.ts';
import { changedDates } from './cards/calendar.ts';
import { messageCard } from './cards/message.ts';
import { myUpdatesCard } from './cards/my-updates.ts';
import { type FeatureDeps, footOf } from './features/at-work.ts';

/** How many people of a summary are named; “Late” shows them all. */
const namedAtMost = 8;

/** The one card that someone gets from the cycle in a day: what is missing, and what is late in their plans. */
export const cyclePost =
  (deps: FeatureDeps): CycleCard =>
  (message) => {
    const { session, mine, entries } = message;
    const told = summary(message);
    const lateButton = button('Who is late', 'late');
    const moved = movesInWords(message);
    const moves = moved ? [button('Calendar', 'calendar')] : [];
    const asked = entries.some(({ why }) => why === 'opens' || why === 'remind' || why === 'chase');
    if (!asked && (!moved || mine.items.length === 0)) {
      const said = [told, moved].filter((each) => each !== null);
      return messageCard({
        ...footOf(deps, session),
        title: said[0]!.title,
        sentences: said.flatMap(({ title, sentences }, at) => (at === 0 ? sentences : [title, ...sentences])),
        buttons: [...(told ? [lateButton] : []), ...moves],
      });
    }
    const { title, sentences: about } = request(message);
    const sentences = moved ? [...moved.sentences, ...about] : about;
    return myUpdatesCard({
      ...footOf(deps, session),
      ...mine,
      today: session.today,
      news: {
        title,
        sentences: told ? [...sentences, told.title, ...told.sentences] : sentences,
        buttons: [...(told ? [lateButton] : []), ...moves],
      },
    });
  };

type Said = { title: string; sentences: string[] };

function request({ entries, mine, session }: MessageNow): Said {
  const count = (why: Entry['why']) => entries.filter((entry) => entry.why === why).length;
  const overdue = mine.items.filter(({ state }) => state === 'overdue').length;
  const next = mine.items.find(({ state }) => state === 'due')?.dates.due;
  const covered = [...new Set(entries.filter(({ why }) => why !== 'tell').map(({ of }) => of))].filter(
    (id) => id !== session.actor.person.id,
  );
  const sentences = [];
  if (count('opens') > 0) sentences.push('This is everything that you are asked for now.');
  sentences.push(...formalPoints(entries));
  if (overdue > 0) sentences.push(`${plural(overdue, 'update is', 'updates are')} overdue.`);
  if (next)
    sentences.push(`The next ${next === session.today ? 'is due today' : `is due ${longDate(next)}`}.`);
  if (covered.length > 0) sentences.push(`You give updates for ${covered.map(session.nameOf).join(', ')}.`);
  sentences.push('Press “Give” to open a form. I stop asking for an update as soon as it is given.');
  const title =
    count('opens') > 0
      ? 'Your updates are open'
      : count('chase') > 0
        ? 'Updates are overdue'
        : count('remind') > 0
          ? 'Updates are due soon'
          : movedTitle;
  return { title, sentences };
}

/** What opens at a formal monitoring point is said to be so: then everything is to be confirmed. */
function formalPoints(entries: readonly Entry[]): string[] {
  const points = entries.filter(({ why }) => why === 'opens').map(({ end }) => formalPointOf({ end }));
  return [...new Set(points)]
    .filter((point) => point !== null)
    .map(
      (point) =>
        `This is the ${formalWords[point].toLowerCase()}, when the plans are formally monitored. Give every result, and confirm each milestone even if nothing has changed.`,
    );
}

const movedTitle = 'Dates have moved';

/** Which periods have other dates than this person has in mind, and why; null when none has. */
function movesInWords({ moves }: MessageNow): Said | null {
  if (moves.length === 0) return null;
  const sentences = moves.slice(0, namedAtMost).flatMap(({ period, was, now, move }) => {
    const dates = changedDates(now, was).map(({ title, value }) => `${title.toLowerCase()} ${value}`);
    return [`${periodName(period)} has new dates: ${dates.join('; ')}.`, `Why: ${move.reason}`];
  });
  const more = moves.length - namedAtMost;
  if (more > 0) sentences.push(`${plural(more, 'more period has', 'more periods have')} new dates.`);
  return { title: movedTitle, sentences };
}

/** What is late in a head of service's plans, by person; null when they aren't told of anything. */
function summary({ late, entries, session }: MessageNow): Said | null {
  const newly = entries.filter(({ why }) => why === 'tell').length;
  if (newly === 0) return null;
  const byPerson = [...Map.groupBy(late, ({ item }) => item.accountableManager)];
  const lines = byPerson
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([manager, items]) => {
      const since = items.map(({ item }) => item.dates.due).sort()[0]!;
      const whose = manager === null ? 'No one is named' : session.nameOf(manager);
      return `${whose}: ${plural(items.length, 'update', 'updates')}, due ${longDate(since)}`;
    });
  const more = lines.length - namedAtMost;
  const rest = more > 0 ? [`And ${plural(more, 'more person', 'more people')}.`] : [];
  const since =
    newly < late.length ? [`${plural(newly, 'is', 'are')} newly late, since the last summary.`] : [];
  return {
    title: `${plural(late.length, 'update is', 'updates are')} late in your plans`,
    sentences: [...since, ...lines.slice(0, namedAtMost), ...rest],
  };
}
