import { longDate } from '../../domain/days.ts';
import { dateAt } from '../../domain/local-time.ts';
import { listUnreachable } from '../../usecases/list-unreachable.ts';
import type { Session } from '../../usecases/session.ts';
import { unreachableCard } from '../cards/unreachable.ts';
import type { Feature } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, onText, onVerb, pageIn } from './at-work.ts';
import { assertPrivate } from './in-private.ts';

/** Who gets none of the bot's messages, why, and what to do about it. */
export const unreachable =
  (deps: FeatureDeps): Feature =>
  (router) => {
    const show = async (session: Session, turn: Turn): Promise<Answer> => {
      assertPrivate(session, 'unreachable', 'Here others would see who it is about.');
      const people = await listUnreachable(deps, session);
      return unreachableCard({
        ...footOf(deps, session),
        people: people.map(({ person, since, standsInFor, ...line }) => ({
          ...line,
          name: person.name,
          email: person.email,
          since: since && longDate(dateAt(since, session.settings.timeZone)),
          standsInFor: standsInFor.map(({ name }) => name),
        })),
        page: pageIn(turn),
      });
    };
    router.text(
      'unreachable',
      /^(unreachable|not reachable|who can(?:’|'|no)?t be reached\??)$/i,
      onText(deps, show),
    );
    router.verb('unreachable', onVerb(deps, show));
  };
