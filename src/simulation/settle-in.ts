import type { Audience } from '../domain/digest.ts';
import type { Deps } from '../usecases/deps.ts';

const serviceUrl = 'https://simulation.invalid/';

/** Everyone has installed the bot, and every portfolio and the scrutiny committee has its channel. */
export async function settleIn(
  { store }: Pick<Deps, 'store'>,
  tenant: string,
  portfolios: readonly { ref: string; name: string }[],
): Promise<void> {
  const council = { tenant, year: null };
  for (const { id, version, data } of await store.list(council, 'person')) {
    const reachable = { ...data, conversation: { id: `chat-${id}`, serviceUrl } };
    await store.write(council, [{ change: 'replace', kind: 'person', id, version, data: reachable }]);
  }
  const audiences: Audience[] = [
    { kind: 'scrutiny' },
    ...portfolios.map(({ ref }): Audience => ({ kind: 'portfolio', portfolio: ref })),
  ];
  for (const [at, audience] of audiences.entries()) {
    const id = `channel-${at}`;
    const data = {
      conversationId: id,
      serviceUrl,
      name: id,
      audience,
      cleared: false,
      boundBy: 'simulation',
      boundAt: new Date(0).toISOString(),
    };
    await store.write(council, [{ change: 'create', kind: 'channel', id, data }]);
  }
}
