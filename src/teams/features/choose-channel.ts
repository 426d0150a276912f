import { Refused } from '../../domain/errors.ts';
import { audienceTitle } from '../../usecases/connect-channel.ts';
import type { Session } from '../../usecases/session.ts';
import { type ChannelChoicesView, channelChoicesCard } from '../cards/channel-choices.ts';
import type { Answer, Turn } from '../turn.ts';
import { type FeatureDeps, footOf, textIn } from './at-work.ts';

type Asking = Pick<ChannelChoicesView, 'title' | 'intro' | 'press' | 'fault'>;

/**
 * In the chat with the bot: which connected channel is meant. Whoever calls it has asked whether this person may.
 * Throws `Refused` `channel-not-connected` when there is none.
 */
export async function chooseChannel(deps: FeatureDeps, session: Session, asking: Asking): Promise<Answer> {
  const channels = await deps.store.list(session.council, 'channel');
  if (channels.length === 0) {
    throw new Refused(
      'channel-not-connected',
      'No channel is connected yet. Send “connect” in a channel first.',
    );
  }
  return channelChoicesCard({
    ...footOf(deps, session),
    asAt: null,
    ...asking,
    channels: channels.map(({ id, data }) => ({
      id,
      name: [data.name, audienceTitle(session, data.audience)].filter(Boolean).join(' – '),
    })),
  });
}

/** The channel that a turn is about: the one it is in, or in the chat with the bot the one that was chosen. */
export const channelMeant = (turn: Turn): string | null =>
  turn.conversation.kind === 'personal' ? textIn(turn, 'channel') : turn.conversation.postId;
