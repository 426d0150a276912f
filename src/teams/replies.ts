import { cardBytes } from './cards/card-bytes.ts';
import type { AdaptiveCard } from './turn.ts';

/** The body of an invoke's answer; the HTTP status around it is always 200 (PLATFORM "Inbound"). */
export type InvokeAnswer = { statusCode: number; type: string; value: unknown };

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** The card that takes the place of the one that was pressed. */
export const replaceCard = (card: AdaptiveCard): InvokeAnswer => ({
  statusCode: 200,
  type: cardType,
  value: card,
});

/** A sentence beside the card, which stays as it is. */
export const say = (sentence: string): InvokeAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: sentence,
});

const faults = {
  'not-json': [400, 'This message could not be read.'],
  'too-large': [413, 'This message is too large.'],
  'not-an-activity': [400, 'This message could not be read.'],
  'wrong-channel': [403, 'Planwatch answers in Microsoft Teams only.'],
  'wrong-tenant': [403, 'Planwatch is not set up for your organisation. Ask your administrator.'],
  'wrong-service-url': [403, 'This message did not come from Microsoft Teams.'],
  'unknown-verb': [400, 'Planwatch does not know this button any more. Send “help” to start again.'],
  failed: [500, 'Something went wrong. Try again in a minute.'],
} as const satisfies Record<string, readonly [number, string]>;

export type FaultCode = keyof typeof faults;

/** The sentence for a fault, with the start of the correlation id: enough to find its lines in the log. */
export const faultSentence = (code: FaultCode, correlationId: string): string =>
  `${faults[code][1]} Reference: ${correlationId.slice(0, 8)}.`;

export function fault(code: FaultCode, correlationId: string): InvokeAnswer {
  return {
    statusCode: faults[code][0],
    type: 'application/vnd.microsoft.error',
    value: { code, message: faultSentence(code, correlationId) },
  };
}

/** An answer as JSON. */
export function answerBytes(answer: InvokeAnswer): Buffer {
  const { value, ...around } = answer;
  if (answer.type !== cardType) return Buffer.from(JSON.stringify(answer));
  return cardBytes(value as AdaptiveCard, `${JSON.stringify(around).slice(0, -1)},"value":`, '}');
}
