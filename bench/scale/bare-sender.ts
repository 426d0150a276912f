import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { createConnector } from '../../src/teams/connector.ts';

// Posts one card over and over with Planwatch's own HTTP client, so many at once: no store, no rules, no limits.
const { SERVICE_URL, CARD_BYTES, SECONDS } = process.env;
const atOnce = 256;
const connector = createConnector(new TeamsAdapter(null));
const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'x'.repeat(Number(CARD_BYTES) - 250), wrap: true }],
};
const until = performance.now() + Number(SECONDS) * 1000;
let sent = 0;
async function line(number: number): Promise<void> {
  while (performance.now() < until) {
    sent += 1;
    const to = { id: `bare-${number}~${sent}`, serviceUrl: SERVICE_URL! };
    const { outcome } = await connector.post(to, card);
    if (outcome !== 'accepted') throw new Error(`the connector's answer was ${outcome}`);
  }
}
const began = performance.now();
await Promise.all(Array.from({ length: atOnce }, (_, number) => line(number)));
process.send?.({ sent, seconds: (performance.now() - began) / 1000 });
process.disconnect?.();
