import { type Place, placeOfChannel } from '../../domain/access.ts';
import { longDate } from '../../domain/days.ts';
import { clockTime, dateAt } from '../../domain/local-time.ts';
import { quotesElsewhere } from '../../domain/pre-election.ts';
import { findChannel } from '../../usecases/connect-channel.ts';
import type { Deps } from '../../usecases/deps.ts';
import { type OpenYear, openSession, type Session } from '../../usecases/session.ts';
import { messageCard, unknownPersonCard } from '../cards/message.ts';
import type { Foot } from '../cards/render.ts';
import type { Handler, TextHandler } from '../router.ts';
import type { Answer, Turn } from '../turn.ts';

/** What the features are given: the use cases' deps, and what a playground says of itself on every card. */
export type FeatureDeps = Deps & {
  /** Says what day it is in the playground; null where the clock is the world's. */
  dayLine: (tenant: string, year: OpenYear) => string | null;
  /** Called after something was put in the outbox, so that it is delivered without waiting for the next round. */
  nudge: () => void;
};

type AtWork<Rest extends unknown[]> = (session: Session, turn: Turn, ...rest: Rest) => Promise<Answer>;

/**
 * Wraps a handler for someone whom the council's list knows; anyone else is told what to do.
 */
export const atWork =
  <Rest extends unknown[]>({ deps, handle }: { deps: FeatureDeps; handle: AtWork<Rest> }) =>
  async (turn: Turn, ...rest: Rest): Promise<Answer> => {
    if (!turn.person) return stranger(deps, turn);
    const where = await placeOf(deps, turn);
    const session = await openSession(deps, turn.tenant, turn.person, turn.correlationId, where);
    return handle(session, turn, ...rest);
  };

export const onVerb = (deps: FeatureDeps, handle: AtWork<[]>): Handler => atWork({ deps, handle });
export const onText = (deps: FeatureDeps, handle: AtWork<[RegExpExecArray]>): TextHandler =>
  atWork({ deps, handle });

async function placeOf(deps: FeatureDeps, { tenant, conversation }: Turn): Promise<Place> {
  if (conversation.kind === 'personal') return 'private';
  return placeOfChannel(await findChannel(deps, tenant, conversation.postId));
}

async function stranger({ store }: FeatureDeps, turn: Turn): Promise<Answer> {
  const council = await store.read({ tenant: turn.tenant, year: null }, 'council', 'council');
  if (!council) {
    return messageCard({
      title: 'Planwatch is here, but no plans are',
      sentences: [
        'No plans have been loaded for your council yet.',
        'Ask your performance officer to load them.',
      ],
    });
  }
  return unknownPersonCard({ council: council.data.name, name: turn.from.name || null });
}

/** An instant as people read it: `14 October 2009, 9.12am`. */
export const inWords = (instant: string, { timeZone }: { timeZone: string }): string =>
  `${longDate(dateAt(instant, timeZone))}, ${clockTime(instant, timeZone)}`;

/** What stands on every card with figures: as at when, the playground's day, the council's notice, and why it has no quotes. */
export const footOf = (deps: FeatureDeps, session: OpenYear, asAt: string = session.now): Foot => ({
  asAt: inWords(asAt, session.settings),
  dayLine: deps.dayLine(session.tenant, session),
  withheld: session.quotes ? null : quotesElsewhere,
  notice: session.settings.notice,
});

/** Far beyond any id, ref or period that a card of ours carries. */
const longestCarried = 1000;

/**
 * What a card carries in its action's data, such as an id, or null. What is too long was never on one, so it counts
 * as none and is not carried on. What people type in forms is read by `fieldText`.
 */
export const textIn = ({ data }: Turn, field: string): string | null => {
  const value = data[field];
  return typeof value === 'string' && value !== '' && value.length <= longestCarried ? value : null;
};

/** The page that was pressed, 1 when none was. */
export const pageIn = ({ data }: Turn): number => {
  const page = Number(data.page);
  return Number.isInteger(page) && page > 0 ? page : 1;
};
