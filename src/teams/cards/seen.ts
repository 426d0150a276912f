import { plural } from '../../domain/words.ts';
import { type Button, button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** One thing that was shown, as a line that opens it. */
export type SeenRow = {
  channel: string;
  showing: string;
  /** `From 13 October 2009, 9.12am to 15 October 2009, 10.05am`. */
  when: string;
  /** `Quarter 2 2009/10 (July to September) · Provisional`. */
  what: string;
  headline: string;
  changes: readonly string[];
};

export type SeenView = Foot & {
  channel: string;
  channelName: string;
  /** The day as people read it, and as it goes along with a press. */
  day: string;
  date: string;
  rows: readonly SeenRow[];
  page?: number;
};

const rowsShown = 8;
const changesShown = 3;

/** What a channel was shown on a day, where it was more than one thing: each with its times. */
export function seenCard(view: SeenView): Card {
  const { channel, channelName, day, date, rows, withheld } = view;
  const page = pageOf(rows, rowsShown, view.page);
  const subtitle = `${channelName} · ${plural(rows.length, 'card')}, each as it was${withheld ? ', without what people wrote' : ''}`;
  return renderCard('seen', { title: `What was shown on ${day}`, subtitle }, view, {
    rows: page.shown.map(({ showing, when, what, headline, changes, ...row }) => ({
      when,
      what,
      headline,
      changes: changes.slice(0, changesShown).map((change) => ({ change: `Changed: ${change}` })),
      data: { channel: row.channel, showing, date },
    })),
    pageLine: pageLine(page),
    buttons: pageButtons(page, 'seen', { channel, date }),
  });
}

/** Back from one card of a day to all of them. */
export const backToDay = (channel: string, date: string): Button =>
  button('All of that day', 'seen', { channel, date });
