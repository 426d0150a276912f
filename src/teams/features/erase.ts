import { assertAllowed } from '../../domain/access.ts';
import { Refused } from '../../domain/errors.ts';
import {
  type FieldFaults,
  fieldText,
  isTicked,
  limitedText,
  saysSomething,
} from '../../domain/form-fields.ts';
import { quoted } from '../../domain/typed-text.ts';
import { beforeErasure } from '../../usecases/before-erasure.ts';
import { erasePerson } from '../../usecases/erase-person.ts';
import { peopleMeant } from '../../usecases/person-meant.ts';
import { type Erased, readErased } from '../../usecases/read-erased.ts';
import type { Session } from '../../usecases/session.ts';
import { type EraseView, eraseCard } from '../cards/erase.ts';
import { erasedCard } from '../cards/erased.ts';
import { personChoicesCard } from '../cards/person-choices.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn, textIn } from './at-work.ts';
import { subjectOf } from './holds.ts';
import { assertPrivate } from './in-private.ts';
import { createInTime } from './in-time.ts';

/** Erasing a person on their request: for performance officers, in their own chat, after they saw what it does. */
export const erase =
  (deps: FeatureDeps): Feature =>
  (router) => {
    // What is kept is read from end to end, which takes its time where there is a lot.
    const inTime = createInTime(deps);
    const show = (session: Session, id: string, page = 1) =>
      inTime(session, { verb: 'erase', data: { person: id, page: String(page) } }, () =>
        cardOf(deps, session, id, page),
      );
    router.text(
      'erase',
      /^erase\b\s*(.*)$/i,
      onText(deps, async (session, _turn, [, words]) => {
        assertMayErase(session);
        return choose(deps, session, words!, show);
      }),
    );
    router.verb(
      'erase',
      onVerb(deps, async (session, turn) => {
        assertMayErase(session);
        return show(session, textIn(turn, 'person') ?? '', pageIn(turn));
      }),
    );
    router.verb(
      'erase-person',
      onVerb(deps, async (session, turn) => {
        assertMayErase(session);
        const typed = ['person', 'reason', 'force', 'confirmed'].map((name) => [
          name,
          fieldText(turn.data, name),
        ]);
        const again = { verb: 'erase-person', data: Object.fromEntries(typed) };
        return inTime(session, again, () => submit(deps, session, turn));
      }),
    );
  };

function assertMayErase(session: Session): void {
  assertAllowed(session.actor, 'erase-person');
  assertPrivate(session, 'erase', 'Here others would see whom it is about.');
}

async function choose(
  deps: FeatureDeps,
  session: Session,
  words: string,
  show: (session: Session, id: string) => Promise<Answer>,
): Promise<Answer> {
  if (words.trim() === '')
    throw new Refused('bad-input', 'Write whom, such as “erase NAME” or “erase” and their e-mail address.');
  const found = await peopleMeant(deps, session, words);
  const [only] = found;
  if (!only)
    throw new Refused('not-found', `Nobody here is called ${quoted(words)}. Give their e-mail address.`);
  if (found.length === 1) return show(session, only.id);
  return personChoicesCard({
    ...footOf(deps, session),
    asAt: null,
    title: 'Who is to be erased?',
    asked: words,
    people: found.map(({ data }) => data),
    press: { title: 'Look', verb: 'erase' },
  });
}

type Shown = Pick<EraseView, 'typed' | 'faults'>;

/** What erasing would do, with the form; or what it did, for someone who was erased. */
async function cardOf(
  deps: FeatureDeps,
  session: Session,
  id: string,
  page: number,
  shown: Shown = { typed: {}, faults: {} },
): Promise<Answer> {
  const erased = await readErased(deps, session, id);
  if (erased) return doneCard(deps, session, erased, page);
  const { person, holds, accountable, ...counts } = await beforeErasure(deps, session, id);
  return eraseCard({
    ...footOf(deps, session),
    asAt: null,
    person: { id, name: person.name, email: person.email },
    ...counts,
    accountable,
    holds: await Promise.all(
      holds.map(async (hold) => ({ on: await subjectOf(deps, session, hold), reason: hold.reason })),
    ),
    ...shown,
  });
}

const doneCard = (deps: FeatureDeps, session: Session, erased: Erased, page: number): Answer =>
  erasedCard({
    ...footOf(deps, session),
    ...erased,
    asAt: null,
    at: inWords(erased.at, session.settings),
    page,
  });

const longestReason = 500;

async function submit(deps: FeatureDeps, session: Session, turn: Turn): Promise<Answer> {
  const { data } = turn;
  const id = textIn(turn, 'person') ?? '';
  const erased = await readErased(deps, session, id);
  if (erased && !erased.cutOff) return doneCard(deps, session, erased, 1);
  if (!erased) {
    const { accountable, holds } = await beforeErasure(deps, session, id);
    const faults: FieldFaults = {};
    const reason = limitedText(data, 'reason', longestReason, faults);
    if (!saysSomething(reason)) faults.reason ??= 'Say why, such as the number of the request.';
    if (accountable.length > 0 && !isTicked(data, 'force'))
      faults.force = 'Tick this, or name someone else in the council folder first.';
    if (!isTicked(data, 'confirmed')) faults.confirmed = 'Tick this if you are sure.';
    if (holds.length > 0 || Object.keys(faults).length > 0) {
      const typed = { reason, force: String(isTicked(data, 'force')), confirmed: 'false' };
      return cardOf(deps, session, id, 1, { typed, faults });
    }
    await erasePerson(deps, session, id, { reason, force: accountable.length > 0 });
  } else await erasePerson(deps, session, id, { reason: erased.reason });
  return cardOf(deps, session, id, 1);
}
