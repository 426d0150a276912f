import { assertAllowed, mayEver } from '../../domain/access.ts';
import { coverOf, daysInWords, givesUpdates } from '../../domain/cover.ts';
import type { Typed } from '../../domain/form-fields.ts';
import { byName } from '../../usecases/get-reminders.ts';
import { listCover } from '../../usecases/list-cover.ts';
import { personNamed } from '../../usecases/name-deputy.ts';
import type { Session } from '../../usecases/session.ts';
import { type CoverSet, endCover, setCover, stampOf } from '../../usecases/set-cover.ts';
import { coverCard } from '../cards/cover.ts';
import { type SetCoverView, setCoverCard } from '../cards/set-cover.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn } from './at-work.ts';
import { notesOf } from './cover-notes.ts';
import { assertPrivate } from './in-private.ts';
import { chosenPerson, showReminders, typedOf } from './reminders.ts';

type Shown = Partial<Pick<SetCoverView, 'done' | 'notes' | 'problem' | 'typed' | 'faults'>>;

/** Who stands in for whom, and cover that an officer sets for someone who is away already. */
export const cover =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session, turn: Turn): Promise<Answer> => {
      assertNotOverheard(session);
      const lines = await listCover(deps, session);
      return coverCard({
        ...footOf(deps, session),
        lines: lines.map(({ person, deputy, cover: { from, to }, ...line }) => ({
          ...line,
          person: person.name,
          deputy: deputy?.name ?? 'Someone who has left',
          from,
          to,
        })),
        maySet: mayEver(session.actor, 'set-cover'),
        page: pageIn(turn),
      });
    };
    router.text(
      'cover',
      /^(who )?covers?( whom)?\??$/i,
      // Whoever may not see others' cover means their own.
      onText(deps, (session, turn) =>
        !mayEver(session.actor, 'see-cover') && mayEver(session.actor, 'give-update')
          ? showReminders(deps, session, { part: 'cover' })
          : show(session, turn),
      ),
    );
    router.text(
      'cover-form',
      /^(?:set )?cover for (.+)$/i,
      onText(deps, async (session, _turn, [, name]) => {
        assertMaySet(session);
        const person = await personNamed(deps, session, name!);
        return showForm(deps, session, { typed: { person: person.id } });
      }),
    );
    router.verb('cover', onVerb(deps, show));
    router.verb(
      'cover-form',
      onVerb(deps, (session) => showForm(deps, session)),
    );
    router.verb(
      'set-cover',
      onVerb(deps, (session, { data }) => change(deps, session, data, setCover)),
    );
    router.verb(
      'end-cover',
      onVerb(deps, (session, { data }) =>
        change(deps, session, data, (...[given, by, whose, , seen]) => endCover(given, by, whose, seen)),
      ),
    );
  };

const assertNotOverheard = (session: Session): void =>
  assertPrivate(session, 'cover', 'Here others would see who is away.');

function assertMaySet(session: Session): void {
  assertAllowed(session.actor, 'set-cover');
  assertNotOverheard(session);
}

async function showForm(deps: FeatureDeps, session: Session, shown: Shown = {}): Promise<Answer> {
  assertMaySet(session);
  const people = (await deps.store.list(session.council, 'person')).map(({ data }) => data);
  const chosen = people.find(({ id }) => id === shown.typed?.person);
  const set = chosen && coverOf(chosen, session.today);
  return setCoverCard({
    ...footOf(deps, session),
    asAt: null,
    today: session.today,
    people: byName(people.filter(givesUpdates)),
    now: set ? `${session.nameOf(set.person)} stands in for ${chosen.name}, ${daysInWords(set)}` : '',
    stamp: chosen ? stampOf(chosen) : '',
    done: '',
    notes: [],
    problem: '',
    typed: {},
    faults: {},
    ...shown,
  });
}

async function change(
  deps: FeatureDeps,
  session: Session,
  data: Typed,
  make: typeof setCover,
): Promise<Answer> {
  assertMaySet(session);
  const typed = typedOf(data, ['person', 'personNamed', 'deputy', 'deputyNamed', 'from', 'to']);
  const person = await chosenPerson(deps, session, data, 'person');
  const deputy = await chosenPerson(deps, session, data, 'deputy');
  const given = { ...data, deputy: deputy.id };
  const result = await make(deps, session, { of: person.id }, given, data.seen ?? '');
  deps.nudge();
  if (result.outcome === 'faulty') {
    if (person.fault) result.faults.person = person.fault;
    if (deputy.fault) result.faults.deputy = deputy.fault;
  }
  return showForm(deps, session, shownAfter(session, result, { ...typed, person: person.id }));
}

function shownAfter(session: Session, result: CoverSet, typed: Record<string, string>): Shown {
  switch (result.outcome) {
    case 'faulty':
      return { typed, faults: result.faults };
    case 'changed':
      return {
        typed,
        problem: `⚠ ${result.person.name} has a cover already. Look at it, then press again to change or end it.`,
      };
    case 'ended':
      return {
        done: `✔ Nobody stands in for ${result.person.name}`,
        notes: notesOf(result, session),
      };
    case 'kept':
      return {
        done: `✔ ${result.deputy.name} stands in for ${result.person.name}`,
        notes: [`${daysInWords(result.cover)}.`, ...notesOf(result, session)],
      };
  }
}
