import { z } from 'zod';
import { auditEntrySchema, auditHeadSchema } from '../domain/audit.ts';
import { channelSchema } from '../domain/channel.ts';
import { councilSchema, moveSchema, yearSettingsSchema } from '../domain/council.ts';
import { askedSchema, entrySchema } from '../domain/cycle.ts';
import { audienceSchema } from '../domain/digest.ts';
import { digestChangeSchema, planLinesSchema } from '../domain/digest-changes.ts';
import { erasureSchema } from '../domain/erasure.ts';
import { holdSchema } from '../domain/hold.ts';
import { kpiSchema, kpiUpdateSchema } from '../domain/kpi.ts';
import { noticeSchema } from '../domain/notice.ts';
import { personSchema } from '../domain/people.ts';
import { engagementSchema, planSchema } from '../domain/plan.ts';
import { milestoneSchema, milestoneUpdateSchema, projectSchema } from '../domain/project.ts';
import { occasionSchema } from '../domain/schedule.ts';
import { json } from './json.ts';

/** The version of the shapes below. A document that carries a newer one is refused, never guessed at. */
export const SCHEMA_VERSION = 1;

/** A form that the bot handed out. Its id is the nonce on the card: the card holds nothing else. */
const formSchema = z.object({
  person: z.string(),
  item: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('kpi'), kpi: z.string(), period: z.string() }),
    z.object({ kind: z.literal('milestone'), milestone: z.string(), period: z.string() }),
  ]),
  /** The revision the person saw when the form was made; 0 for none. */
  baseRevision: z.number().int().min(0),
  issuedAt: z.string(),
  /** Once submitted: the revision it made and the receipt it was answered with, so that a repeat gets the same. */
  used: z.object({ revision: z.number().int(), receipt: json }).nullable(),
  /** Someone else gave a figure meanwhile: the revision that was shown beside what this person had typed. */
  contested: z.object({ seen: z.number().int(), typed: z.record(z.string(), z.string()) }).nullable(),
});

/** What was said of each plan, by the hash of its `digest-lines`, and what was marked as changed since the post. */
const saidLines = z.object({
  lines: z.record(z.string(), z.string()),
  changes: z.array(digestChangeSchema),
  /** Changes that are marked no more because newer ones took their room. */
  earlierChanges: z.number().int().min(0),
});

/**
 * What one digest says now, and where its post is. Id: period and channel, and for all but the first post of a
 * period the moment that it was for. Of a channel's digests of one period the newest alone has no `supersededBy`.
 */
const digestSchema = z.object({
  channel: z.string(),
  audience: audienceSchema,
  period: z.string(),
  revision: z.number().int().positive(),
  pages: z.number().int().positive(),
  /** Hash of what is said, so that saying the same again sends nothing. */
  fingerprint: z.string(),
  /** The post in the channel and the revision it shows, once Teams has accepted it. */
  activityId: z.string().nullable(),
  sentRevision: z.number().int().min(0),
  /** The delivery that is making the first post, so that no other makes a second. */
  postedBy: z.string().nullable(),
  composedAt: z.string(),
  /** Who asked for it. */
  composedBy: z.string().nullable(),
  occasion: occasionSchema.default({ on: 'asked', at: null }),
  /** The channel's next digest of the same period: from then on this one's figures stay as they are. */
  supersededBy: z.string().nullable().default(null),
  /** Whether it says that it is final. */
  final: z.boolean().default(false),
  /** The lock date for which it was sent off to say so. */
  finalAskedFor: z.string().nullable().default(null),
  /** The council's day on which it was last sent off because a day had passed. */
  lookedOn: z.string().optional(),
  said: saidLines.default({ lines: {}, changes: [], earlierChanges: 0 }),
  /** The same of the revision that the post shows; null before Teams has accepted one. */
  shown: saidLines.nullable().default(null),
});

/** What was said of one plan's figures, kept once for all digests that say it. Id: plan and hash. */
const digestLinesSchema = planLinesSchema;

/** One revision of a digest as its post really showed it. Id: digest, revision and the delivery that showed it. */
const digestShownSchema = z.object({
  digest: z.string(),
  channel: z.string(),
  audience: audienceSchema,
  period: z.string(),
  occasion: occasionSchema,
  revision: z.number().int().positive(),
  fingerprint: z.string(),
  pages: z.number().int().positive(),
  final: z.boolean(),
  /** When Teams accepted it. It stood until the channel's next one of the period. */
  from: z.string(),
  /** The refs of all plans that it tells of. */
  plans: z.array(z.string()),
});

/** One page of one revision of a digest, as it was said. */
const digestPageSchema = z.object({
  digest: z.string(),
  revision: z.number().int(),
  page: z.number().int().positive(),
  content: json,
});

export const deliveryStates = ['waiting', 'sending', 'sent', 'unknown', 'dead'] as const;

/** One message to one place: the outbox. `dueAt` of its envelope is when it may be tried next. */
const deliverySchema = z.object({
  conversation: z.object({ id: z.string(), serviceUrl: z.string() }),
  message: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('digest'), digest: z.string() }),
    z.object({ kind: z.literal('cycle'), message: z.string() }),
    /** `to` is whom it is for. */
    z.object({ kind: z.literal('notice'), notice: noticeSchema, to: z.string().optional() }),
  ]),
  state: z.enum(deliveryStates),
  attempts: z.number().int().min(0),
  createdAt: z.string(),
  claimedBy: z.string().nullable(),
  activityId: z.string().nullable(),
  /** Why it is unknown or dead, or what the last failure was. */
  reason: z.string().nullable(),
  /** Correlation id of the turn or command that caused it. */
  cause: z.string(),
  /** Teams' own code of a refusal. */
  code: z.string().nullable().optional(),
  /** When it came to its end: sent, unknown or dead. */
  settledAt: z.string().optional(),
  /** When it was put in the outbox anew after it had been refused: from then on it waits. */
  waitsAgainSince: z.string().optional(),
  /** The delivery that a clerk or officer had sent in place of this one. */
  sentAgainAs: z.string().optional(),
});

/** Who does a piece of work that only one process may do at a time. Id: the work's name. */
const leaseSchema = z.object({
  /** The process, or null when it gave the work back. */
  holder: z.string().nullable(),
  /** Grows with every change of hands. */
  token: z.number().int().positive(),
  /** When it runs out by the holder's own clock. */
  until: z.string(),
});

/** One message of the cycle, as it was decided. Id: person and day, so that nobody gets two a day. */
const cycleMessageSchema = z.object({
  person: z.string(),
  date: z.string(),
  entries: z.array(entrySchema),
  writtenAt: z.string(),
});

/** A council's reporting cycle. `dueAt` of its envelope is when its next round is wanted. Id: `cycle`. */
const cycleSchema = z.object({
  /** When the last round began, by the machine's clock. */
  ranAt: z.string().nullable(),
});

/** Playground only: the simulated date and whom each tester has chosen to be. */
const playgroundSchema = z.object({
  date: z.string().nullable(),
  personas: z.record(z.string(), z.string()),
});

/** Every kind of document. Council partition: council, person, channel, lease, playground, asked, cycle-message and its deliveries; the rest is a year's. */
export const documents = {
  council: councilSchema,
  person: personSchema,
  channel: channelSchema,
  playground: playgroundSchema,
  /** What a person was asked for already. Id: the person's. */
  asked: askedSchema,
  cycle: cycleSchema,
  'cycle-message': cycleMessageSchema,
  settings: yearSettingsSchema,
  /** One move of a period's dates, for good. Id: period and number. */
  'period-move': moveSchema,
  plan: planSchema,
  engagement: engagementSchema,
  kpi: kpiSchema,
  'kpi-update': kpiUpdateSchema,
  'kpi-update-revision': kpiUpdateSchema,
  project: projectSchema,
  milestone: milestoneSchema,
  'milestone-update': milestoneUpdateSchema,
  'milestone-update-revision': milestoneUpdateSchema,
  form: formSchema,
  digest: digestSchema,
  'digest-page': digestPageSchema,
  'digest-lines': digestLinesSchema,
  'digest-shown': digestShownSchema,
  delivery: deliverySchema,
  lease: leaseSchema,
  /** What clerks and officers did, in the partition of what it was done to. */
  'audit-entry': auditEntrySchema,
  'audit-head': auditHeadSchema,
  /** What may not be erased or removed for now. */
  hold: holdSchema,
  /** What came of erasing a person. Id: the person's. */
  erasure: erasureSchema,
} as const;

export type Kind = keyof typeof documents;
export type DataOf<K extends Kind> = z.infer<(typeof documents)[K]>;

/**
 * What may be done to documents of kinds that are not to be tampered with, whoever asks: an entry of the audit trail
 * is made and never changed or removed, and where the trail ends moves on and never goes.
 */
export const permitted: Partial<Record<Kind, readonly ('create' | 'replace' | 'remove')[]>> = {
  'audit-entry': ['create'],
  'audit-head': ['create', 'replace'],
};
