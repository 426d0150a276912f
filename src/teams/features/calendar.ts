import { isAllowed } from '../../domain/access.ts';
import { Refused } from '../../domain/errors.ts';
import { type Frequency, frequencies } from '../../domain/frequency.ts';
import { periodName } from '../../domain/periods.ts';
import { plural } from '../../domain/words.ts';
import { type MoveAnswer, type MoveForm, movePeriod, openMoveForm } from '../../usecases/move-period.ts';
import type { Session } from '../../usecases/session.ts';
import { showCalendar } from '../../usecases/show-calendar.ts';
import { button } from '../cards/button.ts';
import { calendarCard, changedDates } from '../cards/calendar.ts';
import { messageCard } from '../cards/message.ts';
import { movePeriodCard } from '../cards/move-period.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, textIn } from './at-work.ts';

/** The year's calendar, and an officer's way to move one period's dates. */
export const calendar =
  (deps: FeatureDeps): Feature =>
  (router) => {
    router.text(
      'calendar',
      /^calendar(?: (\d{4}\/\d{2}))?$/i,
      onText(deps, (session, _turn, [, year]) => show(deps, session, year ?? null, null)),
    );
    router.verb(
      'calendar',
      onVerb(deps, (session, turn) => show(deps, session, textIn(turn, 'year'), textIn(turn, 'frequency'))),
    );
    router.verb(
      'move-period',
      onVerb(deps, async (session, turn) => {
        assertPrivate(session);
        return formCard(deps, await openMoveForm(deps, session, textIn(turn, 'period') ?? ''));
      }),
    );
    router.verb(
      'submit-move',
      onVerb(deps, async (session, turn) => {
        assertPrivate(session);
        const answer = await movePeriod(deps, session, turn.data);
        deps.nudge();
        return answerCard(deps, answer);
      }),
    );
  };

async function show(
  deps: FeatureDeps,
  session: Session,
  named: string | null,
  wanted: string | null,
): Promise<Answer> {
  const frequency = frequencies.find((each): each is Frequency => each === wanted);
  const { year, rows, used, frequency: shown } = await showCalendar(deps, session, named, frequency);
  return calendarCard({
    ...footOf(deps, session),
    year: year.settings.year,
    frequency: shown,
    rows,
    used,
    otherYears: session.years.filter((each) => each !== year.settings.year),
    mayMove: session.actor.where === 'private' && isAllowed(session.actor, 'move-period'),
    nameOf: session.nameOf,
    inWords: (instant) => inWords(instant, year.settings),
  });
}

const formCard = (deps: FeatureDeps, form: MoveForm): Answer =>
  movePeriodCard({ ...footOf(deps, form.year), asAt: null, ...form });

function answerCard(deps: FeatureDeps, answer: MoveAnswer): Answer {
  if (answer.outcome === 'asked') return formCard(deps, answer.form);
  const { year, period, was, now, affected } = answer;
  return messageCard({
    ...footOf(deps, year),
    title: `✔ ${periodName(period)} is moved`,
    sentences: [
      ...changedDates(now, was).map(({ title, value }) => `${title} ${value}.`),
      affected === 0
        ? 'Nobody is asked for anything in it.'
        : `${plural(affected, 'person has', 'people have')} something in it. Each is told in their next daily message, on a working day. To undo it, move the dates back.`,
    ],
    buttons: [button('Calendar', 'calendar', { year: period.year, frequency: period.frequency })],
  });
}

function assertPrivate({ actor }: Session): void {
  if (actor.where === 'private') return;
  throw new Refused('not-allowed', 'Send “calendar” to me in our own chat to move a period’s dates.');
}
