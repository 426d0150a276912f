import type { DataOf } from '../store/documents.ts';
import type { Change, Stored } from '../store/store.ts';
import type { Deps } from '../usecases/deps.ts';

/**
 * The post is out but its digest was written meanwhile, or this process was paused for so long that another took
 * the delivery over and could only call it unknown. The post's id must be kept all the same, or the next delivery
 * would post a second one, and so must what it shows. The digest's newer revision is left to its own delivery. Gives
 * whether this brought the delivery to its end: false where that was done, and told, by whoever took it over.
 */
export async function recordPost(
  { store }: Pick<Deps, 'store'>,
  { id, partition }: Stored<'delivery'>,
  settled: DataOf<'delivery'>,
  wanted: readonly Change[],
): Promise<boolean> {
  for (;;) {
    const delivery = await store.read(partition, 'delivery', id);
    if (delivery?.data.message.kind !== 'digest') return false;
    const digest = await store.read(partition, 'digest', delivery.data.message.digest);
    const { state, sentAgainAs } = delivery.data;
    if (!digest || sentAgainAs || (state !== 'sending' && state !== 'unknown')) return false;
    const kept = {
      ...digest.data,
      activityId: settled.activityId,
      postedBy: null,
      ...shownBy(wanted, digest),
    };
    const written = await store.write(partition, [
      { change: 'replace', kind: 'delivery', id, version: delivery.version, data: settled },
      { change: 'replace', kind: 'digest', id: digest.id, version: digest.version, data: kept },
      ...wanted.filter(({ kind }) => kind === 'digest-shown'),
    ]);
    if (written.ok) return state === 'sending';
  }
}

/** What the post shows once it is out, unless it shows something newer by now. */
function shownBy(
  wanted: readonly Change[],
  { data }: Stored<'digest'>,
): Partial<Pick<DataOf<'digest'>, 'sentRevision' | 'shown'>> {
  for (const change of wanted) {
    if (change.kind !== 'digest' || change.change === 'remove') continue;
    const { sentRevision, shown } = change.data;
    if (sentRevision > data.sentRevision) return { sentRevision, shown };
  }
  return {};
}
