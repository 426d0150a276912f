import type { Channel } from '../domain/channel.ts';
import type { Audience } from '../domain/digest.ts';
import type { Period } from '../domain/periods.ts';
import { sameAudience } from './connect-channel.ts';
import type { Deps } from './deps.ts';
import { isInDoubt, type PostedDigest, putDigest } from './post-digest.ts';
import type { OpenYear } from './session.ts';
import { digestsOf, newestOf } from './write-digest.ts';

/** The channels that are connected to an audience. */
export async function channelsOf({ store }: Deps, year: OpenYear, audience: Audience): Promise<Channel[]> {
  const channels = await store.list(year.council, 'channel');
  return channels.map(({ data }) => data).filter((channel) => sameAudience(channel.audience, audience));
}

/** `in-doubt`: an earlier post may be there already, so someone must look before there is another. */
export type PutInChannel = { channel: Channel; outcome: PostedDigest['outcome'] | 'in-doubt' };

/**
 * Posts an audience's digest of a period in every channel that is connected to it, or brings the posts up to
 * date: for whoever runs the council's own commands, with no one at work.
 */
export async function postToAudience(
  deps: Deps,
  year: OpenYear,
  audience: Audience,
  period: Period,
): Promise<PutInChannel[]> {
  const put: PutInChannel[] = [];
  for (const channel of await channelsOf(deps, year, audience)) {
    const stored = newestOf(await digestsOf(deps, year.year, channel.conversationId, period));
    if (stored && (await isInDoubt(deps, stored))) {
      put.push({ channel, outcome: 'in-doubt' });
      continue;
    }
    const { outcome } = await putDigest(deps, year, channel, period, { by: null, before: async (it) => it });
    put.push({ channel, outcome });
  }
  return put;
}
