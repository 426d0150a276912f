import type { Notice } from '../domain/notice.ts';
import type { Stored } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';
import { type OpenYear, openYear } from '../usecases/session.ts';
import type { Connector } from './connector.ts';
import { delivered } from './send-cycle-message.ts';
import type { Delivered } from './send-digest.ts';

/** The card that tells someone of what another person did. */
export type NoticeCard = (notice: Notice, year: OpenYear) => object;

/**
 * Sends one notice to the personal chat, at any hour; nothing is sent once the days that it is about are over.
 *
 * @param repeat whether an earlier try of this delivery was cut off, so that the message may already be there
 */
export async function sendNotice(
  deps: Deps,
  connector: Connector,
  card: NoticeCard,
  { partition, data }: Stored<'delivery'>,
  notice: Notice,
  repeat: boolean,
): Promise<Delivered> {
  if (repeat) return { state: 'unknown', reason: 'the process stopped while it was sending' };
  const year = await openYear(deps, partition.tenant, data.cause);
  if (notice.to < year.today) return { state: 'dead', reason: 'the days that it is about were over' };
  return delivered(await connector.post(data.conversation, card(notice, year)));
}
