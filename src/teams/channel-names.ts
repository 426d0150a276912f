import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Log } from '../log.ts';
import type { Conversation } from './turn.ts';

/** Milliseconds that a turn waits for a name; it can do without. */
const patience = 3_000;
const mostNames = 2000;

/**
 * Channels' names. Teams gives one when the bot is installed or a channel is renamed, and leaves it out of what
 * is typed and pressed there; so it is remembered, and asked for once where it isn't known.
 */
export function createChannelNames(log: Log) {
  const names = new Map<string, string | null>();

  function keep(id: string, name: string | null): void {
    if (names.size >= mostNames) names.clear();
    names.set(id, name);
  }

  async function ask(context: TurnContext): Promise<void> {
    const channels = await TeamsInfo.getTeamChannels(context);
    // Teams itself leaves out the name of the General channel.
    for (const { id, name } of channels) if (id) keep(id, name || 'General');
  }

  return async ({ postId, kind, name }: Conversation, context: TurnContext): Promise<string | null> => {
    if (name) keep(postId, name);
    if (name || kind !== 'channel') return name;
    const known = names.get(postId);
    if (known !== undefined) return known;
    keep(postId, null);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, patience);
    const asked = ask(context).catch((error) => log.error(error, {}, 'channel-names-not-told'));
    await Promise.race([asked, late.promise]);
    clearTimeout(timer);
    return names.get(postId) ?? null;
  };
}
