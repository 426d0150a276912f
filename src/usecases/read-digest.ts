import { type Actor, mayReadDigest, placeOfChannel } from '../domain/access.ts';
import { type DigestContent, digestContentSchema } from '../domain/compose-digest.ts';
import { Refused } from '../domain/errors.ts';
import { parsePeriod } from '../domain/periods.ts';
import { withoutQuotes } from '../domain/pre-election.ts';
import { withholdPlans } from '../domain/withhold-plans.ts';
import type { DataOf } from '../store/documents.ts';
import type { Deps } from './deps.ts';
import { hiddenPlans } from './hidden-plans.ts';
import { pageId } from './write-digest.ts';

export type DigestPage = { id: string; digest: DataOf<'digest'>; page: number; content: DigestContent };

const gone = () =>
  new Refused('not-found', 'That digest isn’t there any more. Ask a clerk to send “digest” here.');

/**
 * One page of a digest as it was last said. Readable in the channel it was posted to, and by those who may post
 * digests in their own chat; without quotes where there may be none now, and in its channel without plans that the
 * channel may not see any more, whether or not its post is brought in line yet. Throws `Refused` `not-found`.
 */
export async function readDigestPage(
  deps: Deps,
  session: { tenant: string; actor: Actor | null; quotes: boolean },
  channelId: string,
  id: unknown,
  page: number,
): Promise<DigestPage> {
  const { store } = deps;
  const period = typeof id === 'string' ? parsePeriod(id.split('~')[0]!) : null;
  const partition = period && { tenant: session.tenant, year: period.year };
  const stored = partition && (await store.read(partition, 'digest', String(id)));
  if (!stored) throw gone();
  const inItsChannel = stored.data.channel === channelId;
  if (!mayReadDigest(session.actor, inItsChannel)) throw gone();
  const within = Math.min(Math.max(1, page), stored.data.pages);
  const said = await store.read(partition, 'digest-page', pageId(stored.id, stored.data.fingerprint, within));
  if (!said) throw gone();
  const channel = await store.read({ ...partition, year: null }, 'channel', stored.data.channel);
  const where = inItsChannel ? placeOfChannel(channel?.data) : 'private';
  const hidden = await hiddenPlans(deps, partition, Object.keys(stored.data.said.lines), where);
  const content = withholdPlans(digestContentSchema.parse(said.data.content), hidden);
  return {
    id: stored.id,
    digest: stored.data,
    page: within,
    content: session.quotes ? content : withoutQuotes(content),
  };
}
