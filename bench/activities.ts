import { tenant } from './council-settings.ts';
import type { Account } from './generate-council.ts';

let sent = 0;

/** What Teams puts around whatever a person does in personal chat; every activity has an id of its own. */
function around(from: Account, serviceUrl: string) {
  sent += 1;
  return {
    id: `f:${sent.toString(16).padStart(16, '0')}`,
    timestamp: '2010-04-14T10:00:00.000Z',
    localTimestamp: '2010-04-14T11:00:00.000+01:00',
    localTimezone: 'Europe/London',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${from.aadObjectId}`, name: from.name, aadObjectId: from.aadObjectId },
    conversation: { conversationType: 'personal', tenantId: tenant, id: `a:${from.aadObjectId}` },
    recipient: { id: '28:bench-bot', name: 'Planwatch' },
    entities: [
      { locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London', type: 'clientInfo' },
    ],
    channelData: { tenant: { id: tenant }, source: { name: 'message' }, legacy: { replyToId: '1:1' } },
    locale: 'en-GB',
  };
}

/** A button of a card pressed, as the body that Teams sends. */
export const pressed = (from: Account, serviceUrl: string, verb: string, data: object): string =>
  JSON.stringify({
    ...around(from, serviceUrl),
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1271111111111',
    value: { action: { type: 'Action.Execute', title: 'Press', verb, data }, trigger: 'manual' },
  });

/** A message typed, as the body that Teams sends. */
export const typed = (from: Account, serviceUrl: string, text: string): string =>
  JSON.stringify({ ...around(from, serviceUrl), type: 'message', textFormat: 'plain', text });
