import { type Actor, mayReadDigest } from '../domain/access.ts';
import { type DigestContent, digestContentSchema } from '../domain/compose-digest.ts';
import { Refused } from '../domain/errors.ts';
import { parsePeriod } from '../domain/periods.ts';
import { withoutQuotes } from '../domain/pre-election.ts';
import type { DataOf } from '../store/documents.ts';
import type { Deps } from './deps.ts';
import { pageId } from './write-digest.ts';

export type DigestPage = { id: string; digest: DataOf<'digest'>; page: number; content: DigestContent };

const gone = () =>
  new Refused('not-found', 'That digest isn’t there any more. Ask a clerk to send “digest” here.');

/**
 * One page of a digest as it was last said. Readable in the channel it was posted to, and by those who may post
 * digests in their own chat; without quotes where there may be none now. Throws `Refused` `not-found`.
 */
export async function readDigestPage(
  { store }: Deps,
  session: { tenant: string; actor: Actor | null; quotes: boolean },
  channelId: string,
  id: unknown,
  page: number,
): Promise<DigestPage> {
  const period = typeof id === 'string' ? parsePeriod(id.split('~')[0]!) : null;
  const partition = period && { tenant: session.tenant, year: period.year };
  const stored = partition && (await store.read(partition, 'digest', String(id)));
  if (!stored) throw gone();
  if (!mayReadDigest(session.actor, stored.data.channel === channelId)) throw gone();
  const within = Math.min(Math.max(1, page), stored.data.pages);
  const said = await store.read(partition, 'digest-page', pageId(stored.id, stored.data.fingerprint, within));
  if (!said) throw gone();
  const content = digestContentSchema.parse(said.data.content);
  return {
    id: stored.id,
    digest: stored.data,
    page: within,
    content: session.quotes ? content : withoutQuotes(content),
  };
}
