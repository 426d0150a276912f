import type { Connector, Destination, Sent } from '../worker/connector.ts';
import type { TeamsAdapter } from './adapter.ts';
import { isServiceUrlAllowed } from './admission.ts';
import { cardType } from './replies.ts';

/** PLATFORM "Outbound": what may be tried again. A 504 leaves open whether the message was taken. */
const passing = [412, 429, 502, 503];
const openEnded = [504];

/** Connections that were never made, so that nothing can have been sent. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The names of the SDK's errors from the wire; any other is from before it, such as of getting a token. */
const fromTheWire = ['RestError', 'AbortError'];

type SdkError = {
  name?: string;
  statusCode?: number;
  code?: string;
  response?: { headers?: { get(name: string): string | undefined }; bodyAsText?: string | null };
};

/** `Retry-After` is in seconds or an HTTP date. */
function retryAfterOf({ response }: SdkError): number | null {
  const header = response?.headers?.get('retry-after');
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Teams' own code, `{error: {code}}` in the body. */
function codeOf({ response, code }: SdkError): string | null {
  try {
    return String(JSON.parse(response?.bodyAsText ?? '').error.code);
  } catch {
    return code ?? null;
  }
}

function outcomeOf(error: unknown, isRepeatable: boolean): Sent {
  const failure = (error ?? {}) as SdkError;
  const { name = '', statusCode = 0, code } = failure;
  const wasSent = fromTheWire.includes(name) && !neverSent.includes(code ?? '');
  const isOpen = statusCode === 0 ? wasSent : openEnded.includes(statusCode);
  if (isOpen && !isRepeatable) return { outcome: 'unknown', reason: code ?? `status ${statusCode}` };
  return statusCode === 0 || isOpen || passing.includes(statusCode)
    ? { outcome: 'later', status: statusCode, retryAfterSeconds: retryAfterOf(failure) }
    : { outcome: 'refused', status: statusCode, code: codeOf(failure) };
}

/**
 * Posts and edits cards outside any turn, each once: the SDK's own retries are off, for they make one notice
 * appear four times (PLATFORM "Outbound"). An edit can be repeated without harm, so it is never `unknown`.
 * Never rejects.
 */
export function createConnector(adapter: TeamsAdapter): Connector {
  async function send(to: Destination, card: object, activityId: string | null): Promise<Sent> {
    if (!isServiceUrlAllowed(to.serviceUrl, adapter.mode)) {
      return { outcome: 'refused', status: 0, code: 'WrongServiceUrl' };
    }
    const activity = { type: 'message', attachments: [{ contentType: cardType, content: card }] };
    try {
      const { conversations } = await adapter.connectorFor(to.serviceUrl);
      const { id } = activityId
        ? await conversations.updateActivity(to.id, activityId, activity)
        : await conversations.sendToConversation(to.id, activity);
      // An edited post keeps its id, whatever the answer says.
      if (activityId || id) return { outcome: 'accepted', activityId: activityId ?? id! };
      return { outcome: 'unknown', reason: 'no id in the answer' };
    } catch (error) {
      return outcomeOf(error, activityId !== null);
    }
  }

  return {
    post: (to, card) => send(to, card, null),
    edit: (to, activityId, card) => send(to, card, activityId),
  };
}
