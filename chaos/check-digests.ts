import { periodOf } from '../src/domain/periods.ts';
import type { Stored } from '../src/store/store.ts';
import { digestPost } from '../src/teams/digest-post.ts';
import { composeSaid } from '../src/usecases/compose-said.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { openYear } from '../src/usecases/session.ts';
import { nextRevision } from '../src/usecases/write-digest.ts';
import type { Broken, Ended } from './check.ts';
import { isAmbiguous } from './check-messages.ts';
import { audiences, inCouncil, inYear, tenant, year } from './council.ts';
import { channelId, digestOn } from './people.ts';

/** Each digest has one post, and at the end of a day without faults the newest says what the store says. */
export async function checkDigests(ended: Ended, deps: Deps): Promise<Broken[]> {
  const deliveries = (await ended.store.list(inYear, 'delivery')).filter(
    ({ data }) => data.message.kind === 'digest',
  );
  const broken: Broken[] = [];
  const known = new Set((await ended.store.list(inYear, 'digest')).map(({ id }) => id));
  const posted = new Set(
    ended.teams.requests
      .filter(({ conversation, method }) => conversation.startsWith('19:') && method === 'POST')
      .map(({ card }) => digestOn(card) ?? 'no digest'),
  );
  for (const digest of posted) {
    if (!known.has(digest)) broken.push(`${digest} was posted and is not in the store`);
    const own = deliveries.filter(
      ({ data }) => data.message.kind === 'digest' && data.message.digest === digest,
    );
    broken.push(...checkPosts(ended, digest, own));
  }
  for (const at of audiences.keys()) {
    broken.push(...(await checkContent(ended, deps, channelId(at), deliveries)));
  }
  for (const { id, data } of deliveries) {
    if (data.state === 'sent' && data.activityId !== null && !ended.teams.posts.has(data.activityId)) {
      broken.push(`delivery ${id} is said to be sent as ${data.activityId} and never arrived`);
    }
  }
  return broken;
}

/** A second post only where a clerk asked again after the first was in doubt, or after the first was deleted. */
function checkPosts({ teams, people }: Ended, digest: string, deliveries: Stored<'delivery'>[]): Broken[] {
  const broken: Broken[] = [];
  const posts = teams.requests.filter(({ method, card }) => method === 'POST' && digestOn(card) === digest);
  const shown = posts.filter(({ accepted, activity }) => accepted && !teams.posts.get(activity!)!.deleted);
  const doubts = deliveries.filter(({ data }) => data.state === 'unknown').length;
  if (shown.length > 1 + doubts) {
    broken.push(`${digest} has the posts ${shown.map(({ activity }) => activity)}, and ${doubts} doubts`);
  }
  for (const [at, post] of posts.entries()) {
    const doubtful = posts.slice(0, at).findLast(isAmbiguous);
    if (!doubtful) continue;
    const isAsked = people.asks.some(
      (ask) => ask.channel === doubtful.conversation && doubtful.at <= ask.until && ask.at <= post.at,
    );
    const isDeleted = doubtful.activity !== null && teams.posts.get(doubtful.activity)?.deleted === true;
    if (!isAsked && !isDeleted) broken.push(`${digest} was posted again after “${doubtful.fault}”, unasked`);
  }
  return broken;
}

/** Of a channel's digests the newest: its last delivery went out, and its post shows what was given. */
async function checkContent(
  { store, teams }: Ended,
  deps: Deps,
  channel: string,
  deliveries: readonly Stored<'delivery'>[],
): Promise<Broken[]> {
  const bound = await store.read(inCouncil, 'channel', channel);
  if (!bound) return [`${channel} is connected no more, although the clerk connected it`];
  const [digest, ...others] = await store.list(inYear, 'digest', { channel, supersededBy: null });
  if (!digest || others.length > 0)
    return [`${channel} has ${others.length + (digest ? 1 : 0)} newest digests`];
  const { activityId, revision, sentRevision } = digest.data;
  const last = deliveries
    .filter(({ data }) => data.message.kind === 'digest' && data.message.digest === digest.id)
    .sort((a, b) => Date.parse(a.data.createdAt) - Date.parse(b.data.createdAt))
    .at(-1);
  // A machine with much else to do can be too late with an answer even on a day without faults.
  if (last?.data.state === 'unknown') return [];
  if (last?.data.state !== 'sent') {
    const { state, reason } = last?.data ?? {};
    return [`${digest.id}: the last delivery ${last?.id} is ${state} on a day without faults: ${reason}`];
  }
  const post = teams.posts.get(activityId ?? '');
  if (!post || post.deleted) return [`${digest.id}: the post ${activityId} is not there`];
  if (revision !== sentRevision) return [`${digest.id}: revision ${sentRevision} of ${revision} was sent`];
  const session = await openYear(deps, tenant, 'check', year);
  const period = periodOf(digest.data.period);
  const said = await composeSaid(deps, session, bound.data, period);
  const asked = { now: session.now, by: null };
  const { changes } = await nextRevision(deps, session, bound.data, period, said, digest, asked);
  if (changes.length > 0) return [`${digest.id} doesn’t say what was given`];
  const card = await digestPost({ ...deps, dayLine: () => null, nudge: () => {} })(deps, tenant, digest);
  const isSame = JSON.stringify(JSON.parse(JSON.stringify(card))) === JSON.stringify(post.card);
  return isSame
    ? []
    : [`${digest.id}: the post ${activityId} shows something else than revision ${revision}`];
}
