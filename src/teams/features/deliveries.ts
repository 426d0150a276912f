import { listDeliveries } from '../../usecases/list-deliveries.ts';
import { sendAgain } from '../../usecases/send-again.ts';
import type { Session } from '../../usecases/session.ts';
import { deliveriesCard } from '../cards/deliveries.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, inWords, onText, onVerb, pageIn, textIn } from './at-work.ts';

/** What the bot sent unasked, to whom, when, what failed and why; a failed message is sent again. */
export const deliveries =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = (session: Session, turn: Turn) => showDeliveries(deps, session, turn);
    router.text('deliveries', /^(deliveries|delivery|what was sent\??)$/i, onText(deps, show));
    router.verb('deliveries', onVerb(deps, show));
    router.verb(
      'send-again',
      onVerb(deps, async (session, turn) => {
        const { outcome } = await sendAgain(deps, session, textIn(turn, 'delivery'));
        deps.nudge();
        const done = outcome === 'sending' ? 'It is on its way again.' : 'It was sent again already.';
        return showDeliveries(deps, session, turn, done);
      }),
    );
  };

async function showDeliveries(
  deps: FeatureDeps,
  session: Session,
  turn: Turn,
  done?: string,
): Promise<Answer> {
  const lines = await listDeliveries(deps, session);
  return deliveriesCard({
    ...footOf(deps, session),
    withheld: null,
    lines: lines.map(({ createdAt, settledAt, ...line }) => ({
      ...line,
      when: inWords(settledAt ?? createdAt, session.settings),
    })),
    failedOnly: textIn(turn, 'only') === 'failed',
    page: pageIn(turn),
    done,
  });
}
