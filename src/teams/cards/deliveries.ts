import { plural } from '../../domain/words.ts';
import type { DeliveryLine, DeliveryState } from '../../usecases/list-deliveries.ts';
import { button } from './button.ts';
import { pageButtons, pageLine, pageOf } from './pages.ts';
import { type Card, type Foot, renderCard } from './render.ts';

/** `when`: in words, such as `14 October 2009, 9.12am`. */
export type ShownDelivery = Omit<DeliveryLine, 'createdAt' | 'settledAt' | 'attempts'> & { when: string };

export type DeliveriesView = Foot & {
  lines: readonly ShownDelivery[];
  /** Whether only those are shown that failed and weren't sent again. */
  failedOnly: boolean;
  page?: number;
  /** What the last press did. */
  done?: string;
};

const PAGE = 10;

/** A message that failed and that nobody has sent again. */
const isOpen = ({ state, sentAgain }: ShownDelivery) =>
  (state === 'unknown' || state === 'dead') && !sentAgain;

const words: Record<DeliveryState, string> = {
  waiting: '○ Waiting to be sent',
  sending: '→ Being sent',
  sent: '✔ Sent',
  unknown: '? Not known whether it arrived',
  dead: '✖ Not sent',
};

/** What was sent, to whom, when, what failed and why; a failed message is sent again by a press. */
export function deliveriesCard(view: DeliveriesView): Card {
  const { lines, failedOnly, done = '' } = view;
  const open = lines.filter(isOpen).length;
  const page = pageOf(failedOnly ? lines.filter(isOpen) : lines, PAGE, view.page);
  const only = failedOnly ? 'failed' : 'all';
  const subtitle =
    lines.length === 0
      ? ''
      : `${plural(lines.length, 'message')}, ${open === 0 ? 'none' : open} that may not have arrived.`;
  return renderCard('deliveries', { title: 'What was sent', subtitle }, view, {
    done,
    empty:
      page.shown.length > 0
        ? ''
        : failedOnly
          ? 'Nothing has failed.'
          : 'Nothing was sent yet. Digests and their changes will be listed here.',
    lines: page.shown.map((line) => ({
      what: line.what,
      to: `${line.to} · ${line.when}`,
      state: words[line.state],
      reason: reasonOf(line),
      again: isOpen(line)
        ? [{ delivery: line.id, only, page: page.page, spoken: `Send again: ${line.what}, to ${line.to}` }]
        : [],
    })),
    pageLine: pageLine(page),
    buttons: [
      ...pageButtons(page, 'deliveries', { only }),
      failedOnly
        ? button('Show all', 'deliveries', { only: 'all' })
        : button('Only what failed', 'deliveries', { only: 'failed' }),
    ],
  });
}

function reasonOf({ state, reason, sentAgain }: ShownDelivery): string {
  if (state === 'sent' || !reason) return '';
  const why = reason.replace(/^./u, (letter) => letter.toUpperCase()).replace(/\.?$/, '.');
  if (sentAgain) return `${why} It was sent again since.`;
  return state === 'unknown'
    ? `${why} Look there first: sending again makes a second post if it is there.`
    : why;
}
