import { type PreElection, readPreElection, setPreElection } from '../../usecases/pre-election.ts';
import type { Session } from '../../usecases/session.ts';
import { button } from '../cards/button.ts';
import { messageCard } from '../cards/message.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, textIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

/** The pre-election period: whether it is on, and switching it, for performance officers in their own chat. */
export const preElection =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const set = async (session: Session, on: boolean): Promise<Answer> => {
      assertPrivate(session, 'pre-election', 'It concerns every channel.');
      const now = await setPreElection(deps, session, on);
      deps.nudge();
      return card(deps, session, now);
    };
    router.text(
      'pre-election',
      /^(?:pre-?election|purdah)(?: period)?(?: (on|off))?$/i,
      onText(deps, async (session, _turn, [, wanted]) =>
        wanted
          ? set(session, wanted.toLowerCase() === 'on')
          : card(deps, session, await readPreElection(deps, session)),
      ),
    );
    router.verb(
      'set-pre-election',
      onVerb(deps, (session, turn) => set(session, textIn(turn, 'on') === 'yes')),
    );
  };

function card(deps: FeatureDeps, session: Session, now: PreElection): Answer {
  return messageCard({
    ...footOf(deps, session),
    title: now ? 'The pre-election period is on' : 'The pre-election period is off',
    sentences: now
      ? [
          `It is on since ${inWords(now.since, session.settings)}.`,
          'In channels and papers I show figures and ratings, and nothing that a named person wrote. Scheduled digests wait. Each card and paper says why.',
          'In your own chat with me everything is as always, and so it is for everyone in theirs.',
          'When you switch it off, what waited is posted once.',
        ]
      : [
          'Channels and papers quote managers, and digests are posted by their schedules.',
          'Switch it on from the notice of election until the poll. Digests that are in channels are brought in line.',
        ],
    buttons: [
      now
        ? button('Switch it off', 'set-pre-election', { on: 'no' })
        : button('Switch it on', 'set-pre-election', { on: 'yes' }),
    ],
  });
}
