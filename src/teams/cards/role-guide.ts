import type { Role } from '../../domain/people.ts';
import { type Button, button } from './button.ts';

const roleNames: Record<Role, string> = {
  manager: 'accountable manager',
  'head-of-service': 'head of service',
  'cabinet-member': 'Cabinet Member',
  'scrutiny-member': 'scrutiny committee member',
  clerk: 'clerk',
  'performance-officer': 'performance officer',
};

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `accountable manager and head of service`; empty for no role. */
export const rolesInWords = (roles: readonly Role[]): string =>
  listed.format(roles.map((role) => roleNames[role]));

/** What each role came for, in the words of that role. */
const purposes: Record<Role, string> = {
  manager: 'Give your KPI results and milestones here, in short forms. I tell you what is due.',
  'head-of-service': 'See how the plans of your service stand, and whose updates are late.',
  'cabinet-member': 'See which plans in your portfolio are off target, and why.',
  'scrutiny-member': 'See which plans are off target, why, and for how long.',
  clerk: 'Ask for any plan’s status, see who is late, and post digests to channels.',
  'performance-officer': 'See every plan and who is late, and connect channels to their digests.',
};
export const purposesFor = (roles: readonly Role[]): string[] => roles.map((role) => purposes[role]);

const presses: Record<Role, string[]> = {
  manager: ['my-updates'],
  'head-of-service': ['my-updates', 'off-target', 'late'],
  'cabinet-member': ['off-target'],
  'scrutiny-member': ['off-target'],
  clerk: ['late', 'off-target'],
  'performance-officer': ['late', 'off-target'],
};
const titles: Record<string, string> = {
  'my-updates': 'My updates',
  'off-target': 'Off target',
  late: 'Late',
};

/** The buttons that fit these roles, the most wanted first. */
export const buttonsFor = (roles: readonly Role[]): Button[] =>
  [...new Set(roles.flatMap((role) => presses[role]))].map((verb, at) =>
    button(titles[verb]!, verb, {}, { style: at === 0 ? 'positive' : 'default' }),
  );

export type Command = { type: string; does: string };

const commands: Record<string, Command> = {
  'my updates': { type: 'my updates', does: 'what you are asked for, the most urgent first' },
  reminders: {
    type: 'reminders',
    does: 'turn reminders off, snooze them, or name a deputy; also “reminders off”, “snooze until 15 October 2009”',
  },
  deputy: {
    type: 'deputy NAME from DATE to DATE',
    does: 'let someone give your updates for you; “deputy none” ends it',
  },
  status: { type: 'status highways', does: 'how a plan stands; use any part of its name' },
  'off target': { type: 'off target', does: 'plans that are off target or at risk, and why' },
  late: { type: 'late', does: 'whose updates are awaited or overdue' },
  calendar: { type: 'calendar', does: 'when each period opens, is due and locks' },
  connect: { type: 'connect', does: 'in a channel: choose whose digest it shows' },
  digest: { type: 'digest', does: 'in a channel: post the digest or bring it up to date' },
  cover: { type: 'cover', does: 'who stands in for whom, and for how long' },
  'set cover': { type: 'cover for NAME', does: 'have someone stand in for a manager who is away already' },
  unreachable: { type: 'unreachable', does: 'who gets none of my messages, why, and what to do' },
  schedule: {
    type: 'schedule every friday at 9',
    does: 'in a channel: say when its digest is posted by itself; “schedule” alone shows it',
  },
  seen: {
    type: 'seen 14 October 2009',
    does: 'what the channel was shown on a day, exactly as it was',
  },
  deliveries: { type: 'deliveries', does: 'what was sent, to whom, and what did not arrive' },
  'pre-election': {
    type: 'pre-election on',
    does: 'leave quotes out of channels and papers and let scheduled digests wait; “pre-election off” ends it',
  },
  audit: { type: 'audit', does: 'what clerks and officers did, and when' },
  holds: { type: 'holds', does: 'what may not be erased or removed while a request is open' },
  'held about': { type: 'held about NAME', does: 'what is held about someone, by kind, and why' },
  erase: { type: 'erase NAME', does: 'what erasing someone would do, and the form that does it' },
  retention: { type: 'retention', does: 'what is kept for how long, and what goes next' },
};
const commandsOf: Record<Role, string[]> = {
  manager: ['my updates', 'status', 'calendar', 'reminders', 'deputy'],
  'head-of-service': [
    'my updates',
    'status',
    'off target',
    'late',
    'cover',
    'calendar',
    'reminders',
    'deputy',
  ],
  'cabinet-member': ['off target', 'status', 'seen'],
  'scrutiny-member': ['off target', 'status', 'seen'],
  clerk: [
    'status',
    'off target',
    'late',
    'cover',
    'unreachable',
    'calendar',
    'connect',
    'digest',
    'schedule',
    'seen',
    'deliveries',
  ],
  'performance-officer': [
    'status',
    'off target',
    'late',
    'cover',
    'set cover',
    'unreachable',
    'calendar',
    'connect',
    'digest',
    'schedule',
    'seen',
    'deliveries',
    'pre-election',
    'audit',
    'holds',
    'held about',
    'erase',
    'retention',
  ],
};

/** What people of these roles can type. */
export const commandsFor = (roles: readonly Role[]): Command[] =>
  [...new Set(roles.flatMap((role) => commandsOf[role]))].map((name) => commands[name]!);
