import { z } from 'zod';
import type { Action } from './access.ts';

/** Everything that a clerk, an officer or whoever runs the command line does that is kept in the audit trail. */
export const acts = [
  'channel-connected',
  'channel-forgotten',
  'schedule-set',
  'digest-posted',
  'delivery-sent-again',
  'period-moved',
  'cover-set',
  'cover-ended',
  'figure-given',
  'figure-corrected',
  'milestone-given',
  'milestone-corrected',
  'import-begun',
  'import-done',
  'paper-exported',
  'person-erased',
  'hold-added',
  'hold-ended',
  'backup-made',
  'store-restored',
  'pre-election-on',
  'pre-election-off',
  'year-removed',
  'held-about-exported',
] as const;
export type Act = (typeof acts)[number];

/**
 * What each right of the access table leads to when it is used. A right that changes nothing leads to nothing, and
 * its name says so: it is one to see.
 */
export const actsOf: Record<Action, readonly Act[]> = {
  'see-plan': [],
  'see-late': [],
  'see-cover': [],
  'see-unreachable': [],
  'see-shown': [],
  'see-audit': [],
  'see-held': [],
  'see-retention': [],
  'set-cover': ['cover-set', 'cover-ended'],
  'give-update': ['figure-given', 'figure-corrected', 'milestone-given', 'milestone-corrected'],
  'change-after-lock': ['figure-given', 'figure-corrected', 'milestone-given', 'milestone-corrected'],
  'connect-channel': ['channel-connected'],
  'post-digest': ['digest-posted'],
  'set-schedule': ['schedule-set'],
  'handle-deliveries': ['delivery-sent-again'],
  'import-council': ['import-begun', 'import-done'],
  'move-period': ['period-moved'],
  'set-pre-election': ['pre-election-on', 'pre-election-off'],
  'set-hold': ['hold-added', 'hold-ended'],
  'erase-person': ['person-erased'],
};

/** Where something was done: in Teams, on the command line, or by Planwatch itself. */
export const ways = ['teams', 'command-line', 'planwatch'] as const;

/**
 * One entry of a trail: who did what to what, when, and what came of it. Ids and codes alone, nothing typed. Id: its
 * number in eight digits.
 */
export const auditEntrySchema = z.object({
  /** From 1, with no gap, in each trail. */
  number: z.number().int().positive(),
  /** ISO instant by the council's clock. */
  at: z.string(),
  /** The person; null when no one was at work. */
  by: z.string().nullable(),
  via: z.enum(ways),
  act: z.enum(acts),
  /** Ids and codes of what it was done to, by what they are. */
  about: z.record(z.string(), z.string()),
  outcome: z.string(),
  /** Correlation id of the turn or command. */
  cause: z.string(),
  /** The hash of the entry before; null for the first. */
  previous: z.string().nullable(),
  /** SHA-256 of all the above and of which trail it is, as canonical JSON, in hexadecimal. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Where a trail ends: that an entry is cut off its end shows by it. Id: `head`. */
export const auditHeadSchema = z.object({ number: z.number().int().positive(), hash: z.string() });

/** JSON with the fields of every object in order of name, so that the same facts give the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

const words: Record<Act, string> = {
  'channel-connected': 'connected a channel',
  'channel-forgotten': 'a channel was forgotten',
  'schedule-set': 'set when a channel’s digest is posted',
  'digest-posted': 'posted a digest or brought it up to date',
  'delivery-sent-again': 'sent a message again',
  'period-moved': 'moved a period’s dates',
  'cover-set': 'named someone’s deputy',
  'cover-ended': 'ended someone’s cover',
  'figure-given': 'gave a figure',
  'figure-corrected': 'corrected a figure',
  'milestone-given': 'reported on a milestone',
  'milestone-corrected': 'corrected a milestone',
  'import-begun': 'began to load a council folder',
  'import-done': 'loaded a council folder',
  'paper-exported': 'wrote a paper for an agenda',
  'person-erased': 'erased a person',
  'hold-added': 'put a hold on what may be removed',
  'hold-ended': 'ended a hold',
  'backup-made': 'made a backup of the store',
  'store-restored': 'restored the store from a backup',
  'pre-election-on': 'switched the pre-election period on',
  'pre-election-off': 'switched the pre-election period off',
  'year-removed': 'removed a year that was kept long enough',
  'held-about-exported': 'wrote out what is held about a person',
};

/** What was done, in words that go on after a name. */
export const actInWords = (act: Act): string => words[act];
