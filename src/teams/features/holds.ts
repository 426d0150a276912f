import { assertAllowed } from '../../domain/access.ts';
import { longDate } from '../../domain/days.ts';
import type { Hold } from '../../domain/hold.ts';
import { dateAt } from '../../domain/local-time.ts';
import { byName } from '../../usecases/get-reminders.ts';
import { endHold, readHolds } from '../../usecases/holds.ts';
import type { Session } from '../../usecases/session.ts';
import { setHold } from '../../usecases/set-hold.ts';
import { type HoldFormView, holdFormCard } from '../cards/hold-form.ts';
import { type HoldsView, holdsCard } from '../cards/holds.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn, textIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

/** What may not be erased or removed for now: for performance officers, in their own chat. */
export const holds =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = (session: Session, turn: Turn) => showHolds(deps, session, pageIn(turn));
    router.text('holds', /^(?:legal )?holds?$/i, onText(deps, show));
    router.verb('holds', onVerb(deps, show));
    router.verb(
      'hold-form',
      onVerb(deps, (session) => showForm(deps, session)),
    );
    router.verb(
      'add-hold',
      onVerb(deps, async (session, { data }) => {
        assertUnseen(session);
        const set = await setHold(deps, session, data);
        if (set.outcome === 'faulty') return showForm(deps, session, set, textIn({ data } as Turn, 'form'));
        return showHolds(deps, session, 1, {
          done: `✔ A hold is on ${await subjectOf(deps, session, set.hold)}`,
          note: 'Nothing that it covers is erased or removed until you end it.',
        });
      }),
    );
    router.verb(
      'end-hold',
      onVerb(deps, async (session, turn) => {
        assertUnseen(session);
        const ended = await endHold(deps, session, textIn(turn, 'hold') ?? '');
        return showHolds(deps, session, pageIn(turn), {
          done: `✔ The hold on ${await subjectOf(deps, session, ended)} has ended`,
          note: 'What it covered can be erased, and goes when it has been kept long enough.',
        });
      }),
    );
  };

const assertUnseen = (session: Session): void =>
  assertPrivate(session, 'holds', 'Here others would see whom a request is about.');

async function showHolds(
  deps: FeatureDeps,
  session: Session,
  page: number,
  shown: Pick<HoldsView, 'done' | 'note'> = { done: '', note: '' },
): Promise<Answer> {
  assertAllowed(session.actor, 'set-hold');
  assertUnseen(session);
  const day = (at: string) => longDate(dateAt(at, session.settings.timeZone));
  const stored = await readHolds(deps, session);
  const all = await Promise.all(
    stored.map(async ({ id, data }) => ({
      id,
      on: await subjectOf(deps, session, data),
      reason: data.reason,
      since: `${day(data.addedAt)}, by ${data.addedBy ? session.nameOf(data.addedBy) : 'the command line'}`,
      ended: data.endedAt && day(data.endedAt),
    })),
  );
  return holdsCard({ ...footOf(deps, session), asAt: null, ...shown, holds: all, page });
}

/** What a hold is on, in words that go on in a sentence. */
export async function subjectOf(deps: FeatureDeps, session: Session, { on, of }: Hold): Promise<string> {
  if (on === 'everything') return 'everything';
  if (on === 'person') return session.nameOf(of);
  if (on === 'year') return `the year ${of}`;
  const plan = await deps.store.read(session.year, 'plan', of);
  return plan ? `the plan ${plan.data.title}` : `the plan ${of}`;
}

async function showForm(
  deps: FeatureDeps,
  session: Session,
  shown: Pick<HoldFormView, 'typed' | 'faults'> = { typed: {}, faults: {} },
  form: string | null = null,
): Promise<Answer> {
  assertAllowed(session.actor, 'set-hold');
  assertUnseen(session);
  const [people, plans] = await Promise.all([
    deps.store.list(session.council, 'person'),
    deps.store.list(session.year, 'plan'),
  ]);
  return holdFormCard({
    ...footOf(deps, session),
    asAt: null,
    form: form ?? deps.newId(),
    today: session.today,
    people: byName(people.map(({ data }) => data).filter(({ erased }) => !erased)),
    plans: plans
      .map(({ data: { ref, title } }) => ({ ref, title }))
      .sort((one, other) => one.title.localeCompare(other.title, 'en-GB')),
    years: session.years.toReversed(),
    typed: shown.typed,
    faults: shown.faults,
  });
}
