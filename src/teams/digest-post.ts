import { digestContentSchema } from '../domain/compose-digest.ts';
import { openYear } from '../usecases/session.ts';
import { pageId } from '../usecases/write-digest.ts';
import type { DigestCard } from '../worker/send-digest.ts';
import { digestCard } from './cards/digest.ts';
import { type FeatureDeps, footOf } from './features/at-work.ts';

/** The first page of a digest as the card that is posted in its channel. */
export const digestPost =
  (deps: FeatureDeps): DigestCard =>
  async (_deps, tenant, { id, data, partition }) => {
    const year = await openYear(deps, tenant, '', partition.year!);
    const first = await deps.store.read(partition, 'digest-page', pageId(id, data.fingerprint, 1));
    if (!first) throw new Error('a digest without its first page');
    return digestCard({
      ...footOf(deps, year, data.composedAt),
      digest: id,
      content: digestContentSchema.parse(first.data.content),
      page: 1,
      pages: data.pages,
    });
  };
