import { Refused } from './errors.ts';
import type { Person, Role } from './people.ts';
import type { Plan } from './plan.ts';
import { remember } from './remember.ts';

export const actions = [
  'see-plan',
  'see-late',
  'see-cover',
  'set-cover',
  'see-unreachable',
  'give-update',
  'change-after-lock',
  'connect-channel',
  'post-digest',
  'set-schedule',
  'see-shown',
  'handle-deliveries',
  'import-council',
  'move-period',
  'see-audit',
  'set-pre-election',
  'set-hold',
  'erase-person',
  'see-held',
  'see-retention',
] as const;
export type Action = (typeof actions)[number];

/** How far a role's right to an action reaches; a right with several scopes reaches each of them. */
export const scopes = ['own', 'own-plans', 'portfolio', 'unrestricted', 'its-channel', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** Who may do what (DESIGN "The people"). What isn't here is refused. */
export const accessTable: Record<Action, Partial<Record<Role, readonly Scope[]>>> = {
  'see-plan': {
    manager: ['own', 'unrestricted'],
    'head-of-service': ['own', 'own-plans', 'unrestricted'],
    'cabinet-member': ['portfolio', 'unrestricted'],
    'scrutiny-member': ['unrestricted'],
    clerk: ['all'],
    'performance-officer': ['all'],
  },
  'see-late': { 'head-of-service': ['own-plans'], clerk: ['all'], 'performance-officer': ['all'] },
  'see-cover': { 'head-of-service': ['own-plans'], clerk: ['all'], 'performance-officer': ['all'] },
  // A person names their own deputy without any right; this is for someone else, who is away already.
  'set-cover': { 'performance-officer': ['all'] },
  'see-unreachable': { clerk: ['all'], 'performance-officer': ['all'] },
  'give-update': { manager: ['own'], 'head-of-service': ['own'], 'performance-officer': ['all'] },
  'change-after-lock': { 'performance-officer': ['all'] },
  'connect-channel': { clerk: ['all'], 'performance-officer': ['all'] },
  'post-digest': { clerk: ['all'], 'performance-officer': ['all'] },
  'set-schedule': { clerk: ['all'], 'performance-officer': ['all'] },
  'see-shown': {
    'cabinet-member': ['its-channel'],
    'scrutiny-member': ['its-channel'],
    clerk: ['all'],
    'performance-officer': ['all'],
  },
  'handle-deliveries': { clerk: ['all'], 'performance-officer': ['all'] },
  'import-council': { 'performance-officer': ['all'] },
  'move-period': { 'performance-officer': ['all'] },
  'see-audit': { 'performance-officer': ['all'] },
  'set-pre-election': { 'performance-officer': ['all'] },
  'set-hold': { 'performance-officer': ['all'] },
  'erase-person': { 'performance-officer': ['all'] },
  'see-held': { 'performance-officer': ['all'] },
  'see-retention': { 'performance-officer': ['all'] },
};

/** Where someone acts: alone with the bot, or where others of a channel see the answer. */
export type Place = 'private' | 'channel' | 'cleared-channel';

/** Someone who acts: themselves, those they stand in for today, and where they are. */
export type Actor = { person: Person; standsInFor: ReadonlySet<string>; where: Place };

/** What is acted on, as far as access asks about it. */
export type Subject = {
  plan?: Pick<Plan, 'portfolio' | 'classification' | 'headOfService'>;
  /** Accountable managers: of the one item acted on, or of all items of a plan that is looked at. */
  managers?: Iterable<string | null>;
  /** Whether it is asked in the very channel that it was said in. */
  isInItsChannel?: boolean;
};

const withDeputies = remember((people: readonly { data: Person }[]) =>
  people.filter(({ data }) => data.deputy !== null),
);

/** The people whose updates `person` may give today: their own, and those who named them deputy. */
export function actorOn(
  person: Person,
  people: readonly { data: Person }[],
  today: string,
  where: Place = 'private',
): Actor {
  const standsInFor = new Set([person.id]);
  for (const { data } of withDeputies(people)) {
    const { deputy } = data;
    if (deputy?.person === person.id && deputy.from <= today && today <= deputy.to) standsInFor.add(data.id);
  }
  return { person, standsInFor, where };
}

const reaches: Record<Scope, (actor: Actor, subject: Subject) => boolean> = {
  all: () => true,
  unrestricted: (_, { plan }) => plan?.classification === 'unrestricted',
  portfolio: ({ person }, { plan }) => plan !== undefined && person.portfolios.includes(plan.portfolio),
  'own-plans': ({ standsInFor }, { plan }) => standsInFor.has(plan?.headOfService ?? ''),
  'its-channel': (_, { isInItsChannel }) => isInItsChannel === true,
  own: ({ standsInFor }, { managers = [] }) => {
    for (const manager of managers) if (manager !== null && standsInFor.has(manager)) return true;
    return false;
  },
};

/**
 * Whether the table lets this person do this to this subject, where they are. The one place where access is
 * decided. An exempt or confidential plan stays out of a channel that isn't cleared, whoever asks.
 */
export const isAllowed = (actor: Actor, action: Action, subject: Subject = {}): boolean =>
  (subject.plan === undefined || isShownIn(actor.where, subject.plan)) &&
  actor.person.roles.some((role) =>
    accessTable[action][role]?.some((scope) => reaches[scope](actor, subject)),
  );

/**
 * Whether a plan may be seen in a place at all, whoever is there: what is exempt or confidential is for some. A plan
 * that is not on the register any more can't be asked, so it counts as one that isn't for everyone.
 */
export const isShownIn = (where: Place, plan: Pick<Plan, 'classification'> | undefined): boolean =>
  where !== 'channel' || plan?.classification === 'unrestricted';

/** What a channel is as a place; one that isn't connected is not cleared either. */
export const placeOfChannel = (channel?: { cleared: boolean } | null): Place =>
  channel?.cleared ? 'cleared-channel' : 'channel';

/**
 * Whether a digest may be read: by whoever is in the channel that it is for, and by those who post digests when they
 * are alone with the bot. In another channel it would be read by those whom it is not for.
 */
export const mayReadDigest = (actor: Actor | null, inItsChannel: boolean): boolean =>
  inItsChannel || (actor?.where === 'private' && isAllowed(actor, 'post-digest'));

/** Whether a role of this person has the action at all, on whatever subject: decides what is offered. */
export const mayEver = ({ person }: Actor, action: Action): boolean =>
  person.roles.some((role) => accessTable[action][role] !== undefined);

const refusals: Record<Action, string> = {
  'see-plan': 'You can’t see that plan. Ask a clerk or your performance officer if you think you should.',
  'see-late': 'Only clerks, performance officers and heads of service can see whose updates are late.',
  'see-cover': 'Only clerks, performance officers and heads of service can see who stands in for whom.',
  'set-cover':
    'Only a performance officer can name someone else’s deputy. Ask one of them, or send “reminders” for your own.',
  'see-unreachable': 'Only clerks and performance officers can see whom I can’t reach.',
  'give-update':
    'Only the accountable manager, or their deputy, can give this update. Send “my updates” to see yours.',
  'change-after-lock':
    'This period is locked. Ask your performance officer, who can still change a figure and must give a reason.',
  'connect-channel':
    'Only a clerk or a performance officer can connect a channel. Ask one of them to do it here.',
  'post-digest': 'Only a clerk or a performance officer can post a digest. Ask one of them to do it here.',
  'set-schedule':
    'Only a clerk or a performance officer can say when digests are posted. Ask one of them to do it here.',
  'see-shown':
    'Members can ask what was shown in the channel it was shown in; clerks and performance officers can ask anywhere.',
  'handle-deliveries':
    'Only a clerk or a performance officer can see what was sent. Ask one of them to look.',
  'import-council': 'Only a performance officer can load plans.',
  'move-period': 'Only a performance officer can move a period’s dates. Ask yours to do it.',
  'see-audit': 'Only a performance officer can see the audit trail.',
  'set-pre-election':
    'Only a performance officer can see or switch the pre-election period. Ask yours to do it.',
  'set-hold': 'Only a performance officer can see or set holds. Ask yours to do it.',
  'erase-person': 'Only a performance officer can erase someone. Ask yours to do it.',
  'see-held': 'Only a performance officer can see what is held about someone. Ask yours to look.',
  'see-retention': 'Only a performance officer can see what is kept for how long. Ask yours to look.',
};

/** Throws `Refused` with a sentence that says whom to ask. */
export function assertAllowed(actor: Actor, action: Action, subject: Subject = {}): void {
  if (!isAllowed(actor, action, subject)) throw new Refused('not-allowed', refusals[action]);
}
