import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../usecases/session.ts';
import { button } from '../cards/button.ts';
import { messageCard } from '../cards/message.ts';
import type { Answer } from '../turn.ts';
import { type FeatureDeps, footOf } from './at-work.ts';

/** Milliseconds that an answer is waited for. Past 10 s the client says that something went wrong (PLATFORM "Inbound"). */
const usualPatience = 7_000;
/** Milliseconds that an answer which came later is kept for whoever asks again. */
const keptFor = 60_000;

/** What is pressed to ask for the same again. */
export type Again = { verb: string; data: Record<string, string> };

/**
 * Gives an answer that may take longer than Teams waits, such as one that all that is kept is read for. It is worked
 * on all the same, and the same person's asking for the same again waits for it anew, or gets it: nothing is done
 * twice at once. Rejects as `work` does. Whether they may ask is for the caller to decide, each time.
 *
 * @example
 * const inTime = createInTime(deps);
 * return inTime(session, { verb: 'erase', data: { person } }, () => cardOf(person));
 */
export function createInTime(deps: FeatureDeps, patience = usualPatience) {
  const underWay = new Map<string, Promise<Answer>>();

  return async (session: Session, again: Again, work: () => Promise<Answer>): Promise<Answer> => {
    const key = JSON.stringify([session.tenant, session.actor.person.id, again]);
    const working = underWay.get(key) ?? work();
    underWay.set(key, working);
    const forget = () => void (underWay.get(key) === working && underWay.delete(key));
    const tooLong = Symbol();
    try {
      const answer = await Promise.race([working, sleep(patience, tooLong, { ref: false })]);
      if (answer !== tooLong) {
        forget();
        return answer as Answer;
      }
    } catch (error) {
      forget();
      throw error;
    }
    const forgetLater = () => sleep(keptFor, null, { ref: false }).then(forget);
    working.then(forgetLater, forgetLater);
    return messageCard({
      ...footOf(deps, session),
      asAt: null,
      title: 'This takes a little longer',
      sentences: ['There is a lot to go through. It goes on by itself.', 'Look again in a few seconds.'],
      buttons: [button('Look again', again.verb, again.data)],
    });
  };
}
