import { daysInWords } from '../../domain/cover.ts';
import { type IsoDate, longDate } from '../../domain/days.ts';
import { Refused } from '../../domain/errors.ts';
import { fieldDate, fieldText, type Typed } from '../../domain/form-fields.ts';
import { getReminders } from '../../usecases/get-reminders.ts';
import { personNamed } from '../../usecases/name-deputy.ts';
import type { Session } from '../../usecases/session.ts';
import { type CoverSet, endCover, setCover } from '../../usecases/set-cover.ts';
import { assertIsAsked, snoozeReminders, turnReminders } from '../../usecases/set-reminders.ts';
import { type RemindersView, remindersCard } from '../cards/reminders.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onVerb } from './at-work.ts';
import { notesOf } from './cover-notes.ts';
import { assertPrivate } from './in-private.ts';

type Shown = Partial<Pick<RemindersView, 'done' | 'notes' | 'part' | 'problem' | 'typed' | 'faults'>>;

/** The card “Reminders and cover”: what someone chooses about being asked, and who stands in for them. */
export const reminders =
  (deps: FeatureDeps): Feature =>
  (router) => {
    router.verb(
      'reminders',
      onVerb(deps, (session) => showReminders(deps, session)),
    );
    router.verb(
      'set-reminders',
      onVerb(deps, (session, { data }) => turn(deps, session, data.reminders === 'off' ? 'off' : 'on')),
    );
    router.verb(
      'snooze-reminders',
      onVerb(deps, (session, { data }) => snoozeFromForm(deps, session, data)),
    );
    router.verb(
      'name-deputy',
      onVerb(deps, (session, { data }) => nameFromForm(deps, session, data)),
    );
    router.verb(
      'end-deputy',
      onVerb(deps, (session, { data }) => endOwnCover(deps, session, data.seen)),
    );
  };

/** What is set now, in the chat with the bot alone. Throws `Refused` `not-allowed` in a channel. */
export async function showReminders(deps: FeatureDeps, session: Session, shown: Shown = {}): Promise<Answer> {
  assertInPrivate(session);
  const { standsInFor, ...now } = await getReminders(deps, session);
  return remindersCard({
    ...footOf(deps, session),
    asAt: null,
    ...now,
    today: session.today,
    deputyName: now.cover && session.nameOf(now.cover.person),
    standsInFor: standsInFor.map(({ person, cover: { from, to } }) => ({ name: person.name, from, to })),
    done: '',
    notes: [],
    part: null,
    problem: '',
    typed: {},
    faults: {},
    ...shown,
  });
}

export const assertInPrivate = (session: Session): void =>
  assertPrivate(session, 'reminders', 'What you choose is nobody else’s business.');

export async function turn(deps: FeatureDeps, session: Session, choice: 'on' | 'off'): Promise<Answer> {
  assertInPrivate(session);
  await turnReminders(deps, session, choice);
  return showReminders(deps, session, {
    done: `✔ Reminders are ${choice}`,
    notes: [
      choice === 'on'
        ? 'I remind you of what is missing before it is due and after.'
        : 'I still tell you once when something opens.',
    ],
  });
}

/** Snoozes to a day. Throws `Refused` as `snoozeReminders` does. */
export async function snoozeUntil(deps: FeatureDeps, session: Session, until: IsoDate): Promise<Answer> {
  assertInPrivate(session);
  await snoozeReminders(deps, session, until);
  const notes = ['What is overdue is still asked for. “End the snooze” brings reminders back.'];
  return showReminders(deps, session, { done: `✔ No reminder before ${longDate(until)}`, notes });
}

/** Snoozes to the day that was chosen on the card, or to the one that was given in its place. */
async function snoozeFromForm(deps: FeatureDeps, session: Session, data: Typed): Promise<Answer> {
  assertInPrivate(session);
  assertIsAsked(session);
  const faults: Record<string, string> = {};
  const typed = typedOf(data, ['until', 'untilDay']);
  const own = fieldDate(data, 'untilDay', faults);
  const chosen = fieldDate(data, 'until', faults);
  if (own && chosen && own !== chosen) faults.untilDay = 'Choose a day above or give one here, not both.';
  const until = own ?? chosen;
  if (!until && Object.keys(faults).length === 0) faults.until = 'Choose a day.';
  if (until && Object.keys(faults).length === 0) {
    try {
      return await snoozeUntil(deps, session, until);
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'bad-input')) throw error;
      faults[own ? 'untilDay' : 'until'] = error.sentence;
    }
  }
  return showReminders(deps, session, { typed, faults, part: 'snooze' });
}

async function nameFromForm(deps: FeatureDeps, session: Session, data: Turn['data']): Promise<Answer> {
  assertInPrivate(session);
  assertIsAsked(session);
  const typed = typedOf(data, ['deputy', 'deputyNamed', 'from', 'to']);
  const found = await chosenPerson(deps, session, data, 'deputy');
  const result = await setCover(deps, session, {}, { ...data, deputy: found.id }, data.seen ?? '');
  if (found.fault && result.outcome === 'faulty') result.faults.deputy = found.fault;
  return answerCover(deps, session, result, typed);
}

export async function endOwnCover(deps: FeatureDeps, session: Session, seen?: unknown): Promise<Answer> {
  assertInPrivate(session);
  return answerCover(deps, session, await endCover(deps, session, {}, seen), {});
}

/** What became of one's own cover, on the card. */
export function answerCover(
  deps: FeatureDeps,
  session: Session,
  result: CoverSet,
  typed: Record<string, string>,
): Promise<Answer> {
  deps.nudge();
  switch (result.outcome) {
    case 'faulty':
      return showReminders(deps, session, { typed, faults: result.faults, part: 'cover' });
    case 'changed':
      return showReminders(deps, session, {
        typed,
        part: 'cover',
        problem: '⚠ Your cover was changed meanwhile. Look at what is set now, then press again.',
      });
    case 'ended':
      return showReminders(deps, session, {
        done: '✔ Nobody stands in for you',
        notes: ['I ask you for your updates yourself.', ...notesOf(result, session)],
      });
    case 'kept':
      return showReminders(deps, session, {
        done: `✔ ${result.deputy.name} stands in for you`,
        notes: [
          `${daysInWords(result.cover)}. You can still give your updates too.`,
          ...notesOf(result, session),
        ],
      });
  }
}

/** The values of a form as they were typed, to be shown again. */
export const typedOf = (data: Typed, fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, fieldText(data, field)]));

/** Whom a form names: by a choice, which is a name or an id, or by a name where the list has no room for everyone. */
export async function chosenPerson(
  deps: FeatureDeps,
  session: Session,
  data: Typed,
  field: string,
): Promise<{ id: string; fault: string | null }> {
  const name = fieldText(data, field) || fieldText(data, `${field}Named`);
  if (name === '' || (await deps.store.read(session.council, 'person', name)))
    return { id: name, fault: null };
  try {
    return { id: (await personNamed(deps, session, name)).id, fault: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id: '', fault: error.sentence };
  }
}
