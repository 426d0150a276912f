import { assertAllowed } from '../../domain/access.ts';
import { Refused } from '../../domain/errors.ts';
import { countHeld } from '../../usecases/count-held.ts';
import { peopleMeant } from '../../usecases/person-meant.ts';
import type { Session } from '../../usecases/session.ts';
import { heldAboutCard } from '../cards/held-about.ts';
import { personChoicesCard } from '../cards/person-choices.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, textIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';
import { createInTime } from './in-time.ts';

/** What is held about a person, counted by kind: for performance officers, in their own chat. */
export const heldAbout =
  (deps: FeatureDeps): Feature =>
  (router) => {
    // What is kept is read from end to end, which takes its time where there is a lot.
    const inTime = createInTime(deps);
    const count = async (session: Session, words: string) => {
      assertMaySee(session);
      return inTime(session, { verb: 'held-about', data: { person: words } }, async () =>
        heldAboutCard({ ...footOf(deps, session), ...(await countHeld(deps, session, words)) }),
      );
    };
    router.text(
      'held-about',
      /^held[ -]about\b\s*(.*)$/i,
      onText(deps, (session, _turn, [, words]) => choose(deps, session, words!, count)),
    );
    router.verb(
      'held-about',
      onVerb(deps, (session, turn) => count(session, textIn(turn, 'person') ?? '')),
    );
  };

function assertMaySee(session: Session): void {
  assertAllowed(session.actor, 'see-held');
  assertPrivate(session, 'held about', 'Here others would see whom it is about.');
}

async function choose(
  deps: FeatureDeps,
  session: Session,
  words: string,
  count: (session: Session, words: string) => Promise<Answer>,
): Promise<Answer> {
  assertMaySee(session);
  if (words.trim() === '')
    throw new Refused('bad-input', 'Write whom, such as “held about NAME” or their e-mail address.');
  const found = await peopleMeant(deps, session, words);
  if (found.length < 2) return count(session, found[0]?.id ?? words);
  return personChoicesCard({
    ...footOf(deps, session),
    asAt: null,
    title: 'About whom?',
    asked: words,
    people: found.map(({ data }) => data),
    press: { title: 'Show', verb: 'held-about' },
  });
}
