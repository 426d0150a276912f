import { parseDate } from '../../domain/dates.ts';
import type { IsoDate } from '../../domain/days.ts';
import { Refused } from '../../domain/errors.ts';
import { nameDeputy } from '../../usecases/name-deputy.ts';
import type { Feature } from '../router.ts';
import { type FeatureDeps, onText } from './at-work.ts';
import { answerCover, assertInPrivate, endOwnCover, showReminders, snoozeUntil, turn } from './reminders.ts';

/** The same choices as on the card “Reminders and cover”, typed. */
export const remindersInWords =
  (deps: FeatureDeps): Feature =>
  (router) => {
    router.text(
      'reminders',
      /^reminders?(?: and cover)?$/i,
      onText(deps, (session) => showReminders(deps, session)),
    );
    router.text(
      'set-reminders',
      /^reminders? (on|off)$/i,
      onText(deps, (session, _turn, [, wanted]) =>
        turn(deps, session, wanted!.toLowerCase() === 'on' ? 'on' : 'off'),
      ),
    );
    router.text(
      'snooze-reminders',
      /^snooze$/i,
      onText(deps, (session) => showReminders(deps, session, { part: 'snooze' })),
    );
    router.text(
      'snooze-reminders',
      /^snooze(?: until| till| to)?\s*(.*)$/i,
      onText(deps, async (session, _turn, [, day]) =>
        snoozeUntil(deps, session, dateIn(day!, 'snooze until 15 October 2009')),
      ),
    );
    router.text(
      'name-deputy',
      /^deputy (none|off)$/i,
      onText(deps, (session) => endOwnCover(deps, session)),
    );
    router.text(
      'name-deputy',
      /^deputy (.+?) from (.+?) (?:to|until|till) (.+)$/i,
      onText(deps, async (session, _turn, [, name, first, last]) => {
        assertInPrivate(session);
        const example = 'deputy Sam Whitlock from 12 October 2009 to 23 October 2009';
        const [from, to] = [dateIn(first!, example), dateIn(last!, example)];
        return answerCover(deps, session, await nameDeputy(deps, session, name!, { from, to }), {});
      }),
    );
    router.text(
      'name-deputy',
      /^deputy\b.*$/i,
      onText(deps, (session) => showReminders(deps, session, { part: 'cover' })),
    );
  };

/** A day that was typed. Throws `Refused` `bad-input` with what is wrong with it and an example. */
function dateIn(text: string, example: string): IsoDate {
  const read = parseDate(text.replace(/[.!]+$/, ''));
  if (read.ok) return read.value;
  throw new Refused('bad-input', `${read.sentence} Write, for example, “${example}”.`);
}
