import { assertAllowed } from '../domain/access.ts';
import { Refused } from '../domain/errors.ts';
import type { Change, Stored } from '../store/store.ts';
import { writeAct } from './audit-trail.ts';
import type { Deps } from './deps.ts';
import { failed } from './list-deliveries.ts';
import { deliver } from './outbox.ts';
import { isInDoubt } from './post-digest.ts';
import type { OpenYear, Session } from './session.ts';

export type SentAgain = { id: string; outcome: 'sending' | 'already' };

/**
 * Puts a failed message in the outbox once more, as a delivery of its own; pressing twice does it once. Whoever
 * asks has looked whether an uncertain one is there. Throws `Refused` `not-allowed`, `not-found`, `busy`, or
 * `bad-input` for a message that didn't fail.
 */
export function sendAgain(deps: Deps, session: Session, id: unknown): Promise<SentAgain> {
  assertAllowed(session.actor, 'handle-deliveries');
  return sendAgainIn(deps, session, id);
}

const tries = 5;

/** The same with no one at work: for the command line. */
export async function sendAgainIn(deps: Deps, year: OpenYear, id: unknown): Promise<SentAgain> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const stored = await findDelivery(deps, year, id);
    const { data, partition, version } = stored;
    if (data.sentAgainAs) return { id: data.sentAgainAs, outcome: 'already' };
    if (!failed.includes(data.state)) {
      throw new Refused('bad-input', 'That message did not fail, so there is nothing to send again.');
    }
    const again = deliver(deps, year, data.conversation, data.message);
    const changes: Change[] = [
      again,
      {
        change: 'replace',
        kind: 'delivery',
        id: stored.id,
        version,
        data: { ...data, sentAgainAs: again.id },
      },
      ...(await withoutDoubt(deps, stored)),
    ];
    const acted = { act: 'delivery-sent-again', about: { delivery: stored.id, as: again.id } } as const;
    if ((await writeAct(deps, partition, year, acted, changes)).ok)
      return { id: again.id, outcome: 'sending' };
  }
  throw new Refused('busy', 'This message is being changed right now. Nothing was sent; press again.');
}

async function findDelivery({ store }: Deps, year: OpenYear, id: unknown): Promise<Stored<'delivery'>> {
  const wanted = typeof id === 'string' ? id : '';
  const found =
    (await store.read(year.year, 'delivery', wanted)) ??
    (await store.read(year.lastYear, 'delivery', wanted)) ??
    (await store.read(year.council, 'delivery', wanted));
  if (!found) throw new Refused('not-found', 'That message is not there. Send “deliveries” to see what is.');
  return found;
}

/** A first post that may or may not have arrived no longer holds up the next. */
async function withoutDoubt(deps: Deps, { partition, data }: Stored<'delivery'>): Promise<Change[]> {
  if (data.message.kind !== 'digest') return [];
  const digest = await deps.store.read(partition, 'digest', data.message.digest);
  if (!digest || !(await isInDoubt(deps, digest))) return [];
  const { id, version } = digest;
  return [{ change: 'replace', kind: 'digest', id, version, data: { ...digest.data, postedBy: null } }];
}
