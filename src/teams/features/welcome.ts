import { searchPlans } from '../../usecases/get-plan-status.ts';
import type { Session } from '../../usecases/session.ts';
import { helpCard } from '../cards/help.ts';
import { messageCard } from '../cards/message.ts';
import type { Command } from '../cards/role-guide.ts';
import { welcomeCard } from '../cards/welcome.ts';
import type { Feature } from '../router.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb } from './at-work.ts';
import { chooseAmong } from './plan-status.ts';

/** First words, help, and an answer to whatever nothing else understood. `extra` is what the playground adds. */
export const welcome =
  (deps: FeatureDeps, extra: readonly Command[] = []): Feature =>
  (router) => {
    const greet = async (session: Session) =>
      welcomeCard({
        ...plainFoot(deps, session),
        name: session.actor.person.name,
        council: session.settings.name,
        year: session.settings.year,
        roles: session.actor.person.roles,
      });
    const help = async (session: Session, notUnderstood: string | null) =>
      helpCard({ ...plainFoot(deps, session), roles: session.actor.person.roles, notUnderstood, extra });

    router.event('installed', async (turn) =>
      turn.conversation.kind === 'personal' ? onVerb(deps, greet)(turn) : greetChannel(),
    );
    router.text(
      'hello',
      /^(hi|hello|hey|good (morning|afternoon|evening)|start)[!. ]*$/i,
      onText(deps, greet),
    );
    router.text(
      'help',
      /^(help|\?|what can (you|i) do\??|menu)$/i,
      onText(deps, (session) => help(session, null)),
    );
    router.verb(
      'help',
      onVerb(deps, (session) => help(session, null)),
    );
    router.otherwise(
      onVerb(deps, async (session, turn) => {
        // People type a plan's name alone: a clear find is offered, everything else gets help.
        const found = turn.text.length <= 80 ? await searchPlans(deps, session, turn.text) : null;
        if (found?.kind === 'one' || found?.kind === 'several') {
          const plans = found.kind === 'one' ? [found.plan] : found.plans;
          return chooseAmong(deps, session, turn.text, 'several', plans);
        }
        return help(session, turn.text || 'nothing');
      }),
    );
  };

const plainFoot = (deps: FeatureDeps, session: Session) => ({ ...footOf(deps, session), asAt: null });

/** One greeting for a whole channel: its members are not greeted one by one (PLATFORM "Teams app"). */
const greetChannel = (): Answer =>
  messageCard({
    title: 'Planwatch posts this channel’s digest',
    sentences: [
      'A card for each reporting period shows which business plans are off target and why, and is kept up to date.',
      'A clerk or performance officer starts it: send “@Planwatch connect” here.',
    ],
  });
