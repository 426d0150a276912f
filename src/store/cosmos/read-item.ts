import type { Container } from '@azure/cosmos';
import { type Item, itemId } from './items.ts';

/** Longest that a turn may wait for one document or batch, in milliseconds. */
export const patience = 8_000;

/** A point read; null when there is no such item. */
export async function readItem(
  container: Container,
  pk: string,
  kind: string,
  id: string,
): Promise<Item | null> {
  const options = { abortSignal: AbortSignal.timeout(patience) };
  const { resource } = await container.item(itemId(kind, id), pk).read<Item>(options);
  return resource ?? null;
}
