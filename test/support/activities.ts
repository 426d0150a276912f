import { randomUUID } from 'node:crypto';

export const tenant = '6b1f0d5e-2009-4010-8a38-000000000001';
export const botId = '6b1f0d5e-2009-4010-8a38-0000000000b0';
export const priya = {
  id: 'user-priya-raman',
  name: 'Priya Raman',
  aadObjectId: '6b1f0d5e-2009-4010-8a38-000000000101',
};

export type Activity = Record<string, unknown>;

/** What Teams puts on every activity of a personal chat; `over` replaces fields. */
export function activity(serviceUrl: string, over: object = {}): Activity {
  return {
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    from: priya,
    recipient: { id: botId, name: 'Planwatch' },
    conversation: { conversationType: 'personal', tenantId: tenant, id: 'personal-chat' },
    channelData: { tenant: { id: tenant } },
    locale: 'en-GB',
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web' }],
    timestamp: '2009-10-14T09:12:00.000Z',
    ...over,
  };
}

export const message = (serviceUrl: string, text: string, over: object = {}) =>
  activity(serviceUrl, { type: 'message', text, textFormat: 'plain', ...over });

export const execute = (serviceUrl: string, verb: string, data: object = {}, over: object = {}) =>
  activity(serviceUrl, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1795298356833',
    value: { action: { type: 'Action.Execute', title: 'Save', verb, data }, trigger: 'manual' },
    ...over,
  });

export const submit = (serviceUrl: string, verb: string, data: object = {}, over: object = {}) =>
  activity(serviceUrl, { type: 'message', replyToId: '1795298356833', value: { verb, ...data }, ...over });

/** A message in a channel: its conversation names the thread, and the text the bot. */
export const channelMessage = (serviceUrl: string, text: string) =>
  message(serviceUrl, `<at>Planwatch</at> ${text}`, {
    conversation: {
      isGroup: true,
      conversationType: 'channel',
      tenantId: tenant,
      id: '19:scrutiny@thread.tacv2;messageid=1795298533117',
    },
    entities: [
      { type: 'mention', mentioned: { id: botId, name: 'Planwatch' }, text: '<at>Planwatch</at>' },
      { type: 'clientInfo', locale: 'en-GB' },
    ],
    channelData: {
      tenant: { id: tenant },
      team: { id: '19:general@thread.tacv2' },
      channel: { id: '19:scrutiny@thread.tacv2' },
    },
  });

/** Both ways in which Teams and the Playground tell of one installation. */
export const installed = (serviceUrl: string) => [
  activity(serviceUrl, { type: 'installationUpdate', action: 'add' }),
  activity(serviceUrl, {
    type: 'conversationUpdate',
    membersAdded: [{ id: priya.id, aadObjectId: priya.aadObjectId }, { id: botId }],
  }),
];
