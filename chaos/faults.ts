import { chance } from '../src/simulation/seeded.ts';

export type Answered = { answers: number; code?: string; retryAfter?: number };

/** What Teams does with one request. */
export type Fault = {
  name: string;
  /** Whether the message is in the conversation, whatever is answered. */
  accepts: boolean;
  does:
    | Answered
    /** The connection is broken. */
    | 'resets'
    /** There is no answer until the sender gives up. */
    | 'hangs'
    /** The process that sends for the council is killed, and the connection broken. */
    | 'kills';
};

const later = (status: number, retryAfter?: number): Fault => ({
  name: `${status}${retryAfter ? ' with Retry-After' : ''}`,
  accepts: false,
  does: { answers: status, retryAfter },
});
const refusal = (status: number, code: string): Fault => ({
  name: `${status} ${code}`,
  accepts: false,
  does: { answers: status, code },
});

const passing = [
  later(429),
  later(429, 5),
  later(429, 20),
  later(412),
  later(502),
  later(503),
  later(503, 3),
];
const open: Fault[] = [
  { name: '504, accepted', accepts: true, does: { answers: 504 } },
  { name: '504, not accepted', accepts: false, does: { answers: 504 } },
  { name: 'reset, accepted', accepts: true, does: 'resets' },
  { name: 'reset, not accepted', accepts: false, does: 'resets' },
  { name: 'silence, accepted', accepts: true, does: 'hangs' },
  { name: 'silence, not accepted', accepts: false, does: 'hangs' },
];
const deadly: Fault[] = [
  { name: 'killed, accepted', accepts: true, does: 'kills' },
  { name: 'killed, not accepted', accepts: false, does: 'kills' },
];
const refusals = [
  refusal(403, 'BotNotInConversationRoster'),
  refusal(403, 'ConversationBlockedByUser'),
  refusal(403, 'MessageWritesBlocked'),
  refusal(403, 'BotDisabledByAdmin'),
  refusal(404, 'ConversationNotFound'),
];
const others = [refusal(500, 'ServiceError'), refusal(400, 'BadSyntax'), refusal(413, 'MessageSizeTooBig')];
/** The post was deleted in the channel. */
export const deleted = refusal(404, 'ActivityNotFoundInConversation');

/** How often each group comes, of all faults. A run's own mood makes one of them twice as likely. */
const groups = [
  { faults: passing, weight: 5 },
  { faults: open, weight: 4 },
  { faults: refusals, weight: 3 },
  { faults: deadly, weight: 2 },
  { faults: others, weight: 0.5 },
  { faults: [deleted], weight: 2 },
];

/** What the seed has Teams do with the `n`th request about a conversation; null for what it should do. */
export function faultFor(seed: number, conversation: string, method: string, n: number): Fault | null {
  const share = 0.35 + 0.45 * chance(seed, 'share of faults');
  const drawn = (what: string) => chance(seed, what, conversation, n);
  if (drawn('fault') > share) return null;
  const mood = Math.floor(chance(seed, 'mood') * groups.length);
  const usable = groups.map(({ faults, weight }, at) => ({
    faults,
    weight: (faults[0] === deleted && method !== 'PUT' ? 0 : weight) * (at === mood ? 2 : 1),
  }));
  const drawnAt = drawn('group') * usable.reduce((sum, { weight }) => sum + weight, 0);
  const group = usable.find((_, at) => {
    const upTo = usable.slice(0, at + 1).reduce((sum, { weight }) => sum + weight, 0);
    return drawnAt < upTo;
  })!;
  return group.faults[Math.floor(drawn('kind') * group.faults.length)]!;
}
