import { Refused } from '../../domain/errors.ts';
import type { Session } from '../../usecases/session.ts';

/** Throws `Refused` `not-allowed` where others read along: what is personal is answered in one's own chat. */
export function assertPrivate({ actor }: Session, words: string, why: string): void {
  if (actor.where === 'private') return;
  throw new Refused('not-allowed', `Send “${words}” to me in our own chat. ${why}`);
}
