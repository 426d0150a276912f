import type { Button } from './button.ts';
import { type Card, type Foot, renderCard } from './render.ts';

export type ChannelChoicesView = Foot & {
  title: string;
  /** What will be done with the one that is chosen. */
  intro: string;
  channels: readonly { id: string; name: string }[];
  /** What to press, with whatever goes along. */
  press: Pick<Button, 'title' | 'verb' | 'data'>;
  fault?: string | null;
};

/** In the chat with the bot: which connected channel is meant, however many there are. */
export function channelChoicesCard(view: ChannelChoicesView): Card {
  const { title, intro, channels, press, fault } = view;
  return renderCard('channel-choices', { title }, view, {
    intro,
    fault: fault ? `⚠ ${fault}` : '',
    channel: channels.length === 1 ? channels[0]!.id : '',
    channels: channels
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB'))
      .map(({ id, name }) => ({ title: name, value: id })),
    press: press.title,
    verb: press.verb,
    data: press.data,
  });
}
