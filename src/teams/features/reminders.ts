import { parseDate } from '../../domain/dates.ts';
import { type IsoDate, longDate } from '../../domain/days.ts';
import { Refused } from '../../domain/errors.ts';
import { endDeputy, nameDeputy } from '../../usecases/name-deputy.ts';
import type { Session } from '../../usecases/session.ts';
import { assertIsAsked, snoozeReminders, turnReminders } from '../../usecases/set-reminders.ts';
import { button } from '../cards/button.ts';
import { messageCard } from '../cards/message.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, onText } from './at-work.ts';

/** What someone chooses about being asked: reminders on, off or later, and who stands in for them. */
export const reminders =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const answer = (session: Session, title: string, ...sentences: string[]): Answer =>
      messageCard({
        ...footOf(deps, session),
        asAt: null,
        title,
        sentences,
        buttons: [button('My updates', 'my-updates')],
      });

    router.text(
      /^reminders?$/i,
      onText(deps, async (session) => showChoices(session, answer)),
    );
    router.text(
      /^reminders? (on|off)$/i,
      onText(deps, async (session, _turn, [, wanted]) => {
        const choice = wanted!.toLowerCase() === 'on' ? 'on' : 'off';
        await turnReminders(deps, session, choice);
        return choice === 'on'
          ? answer(session, 'Reminders are on', 'I remind you of what is missing before it is due and after.')
          : answer(
              session,
              'Reminders are off',
              'I still tell you once when something opens. Send “reminders on” to have them back.',
            );
      }),
    );
    router.text(
      /^snooze(?: until| till| to)?\s*(.*)$/i,
      onText(deps, async (session, _turn, [, day]) => {
        const until = dateIn(day!, 'snooze until 15 October 2009');
        await snoozeReminders(deps, session, until);
        return answer(
          session,
          `No reminder before ${longDate(until)}`,
          'Send “reminders on” to end the snooze. What is overdue is still asked for.',
        );
      }),
    );
    router.text(
      /^deputy (none|off)$/i,
      onText(deps, async (session) => {
        await endDeputy(deps, session);
        return answer(session, 'Nobody stands in for you', 'You are asked for your updates yourself.');
      }),
    );
    router.text(
      /^deputy (.+?) from (.+?) (?:to|until|till) (.+)$/i,
      onText(deps, async (session, _turn, [, name, first, last]) => {
        const example = 'deputy Sam Whitlock from 12 October 2009 to 23 October 2009';
        const [from, to] = [dateIn(first!, example), dateIn(last!, example)];
        const deputy = await nameDeputy(deps, session, name!, from, to);
        return answer(
          session,
          `${deputy.name} stands in for you`,
          `From ${longDate(from)} to ${longDate(to)} ${deputy.name} is asked for your updates and can give them.`,
          'You can still give them too. Send “deputy none” to end it.',
        );
      }),
    );
    router.text(
      /^deputy\b.*$/i,
      onText(deps, async (session) => showChoices(session, answer)),
    );
  };

/** A day that was typed. Throws `Refused` `bad-input` with what is wrong with it and an example. */
function dateIn(text: string, example: string): IsoDate {
  const read = parseDate(text.replace(/[.!]+$/, ''));
  if (read.ok) return read.value;
  throw new Refused('bad-input', `${read.sentence} Write, for example, “${example}”.`);
}

type Say = (session: Session, title: string, ...sentences: string[]) => Answer;

function showChoices(session: Session, answer: Say): Answer {
  assertIsAsked(session);
  const { reminders: choice, snoozedUntil, deputy } = session.actor.person;
  const off = choice === 'off';
  const isSnoozed = !off && snoozedUntil && snoozedUntil > session.today;
  const isCovered = deputy && deputy.to >= session.today;
  const sentences = [
    isSnoozed ? `No reminder comes before ${longDate(snoozedUntil)}.` : null,
    isCovered
      ? `${session.nameOf(deputy.person)} stands in for you from ${longDate(deputy.from)} to ${longDate(deputy.to)}.`
      : 'Nobody stands in for you.',
    'Send “reminders off”, “snooze until” with a day, or “deputy” with a name, “from” a day “to” a day.',
  ];
  return answer(
    session,
    off ? 'Your reminders are off' : 'Your reminders are on',
    ...sentences.filter((sentence) => sentence !== null),
  );
}
