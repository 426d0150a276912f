import type { Activity } from 'botbuilder';

/** Who may be answered. The token says that Microsoft sent an activity, not whose council it is about. */
export type Admission =
  | { mode: 'teams'; tenants: readonly string[] }
  /** No tokens, so nothing from beyond this machine, and nothing sent beyond it. */
  | { mode: 'playground' };

/** PLATFORM "Inbound": the hosts of Teams' own connector, in the public and the US government clouds. */
const teamsHosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
];
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

export type NotAdmitted = 'wrong-channel' | 'wrong-tenant' | 'wrong-service-url';

/** The council's tenant, or null when the activity names none or two. */
export function tenantOf(activity: Activity): string | null {
  const fromChannel: string | undefined = activity.channelData?.tenant?.id?.toLowerCase();
  const fromConversation = activity.conversation.tenantId?.toLowerCase();
  if (fromChannel && fromConversation && fromChannel !== fromConversation) return null;
  return fromChannel || fromConversation || null;
}

/** Whether the bot may send to this address: its answers go there, with its token. */
export function isServiceUrlAllowed(serviceUrl: string, mode: Admission['mode']): boolean {
  const url = URL.parse(serviceUrl);
  // What some readers of addresses pass over and others don't.
  if (/[\s\\\p{Cc}]/u.test(serviceUrl)) return false;
  if (!url || url.username || url.password || url.search || url.hash) return false;
  if (mode === 'playground') return loopbackHosts.includes(url.hostname);
  return url.protocol === 'https:' && url.port === '' && teamsHosts.includes(url.hostname);
}

/** Why an activity must not be answered, or null when it may be. */
export function refuse(activity: Activity, admission: Admission): NotAdmitted | null {
  if (activity.channelId !== 'msteams') return 'wrong-channel';
  const tenant = tenantOf(activity);
  if (!tenant) return 'wrong-tenant';
  if (admission.mode === 'teams' && !admission.tenants.includes(tenant)) return 'wrong-tenant';
  return isServiceUrlAllowed(activity.serviceUrl, admission.mode) ? null : 'wrong-service-url';
}
